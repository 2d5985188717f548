"""A finding: the person stays the same evening, its recordings are noted, and somebody judges."""

from bot.store import cases
from bot.store.tables import TrainingCase
from bot.store.turn import Turn
from drills.cases import State
from tests.stories.bank import Bank
from tests.stories.facts import states


async def enters(branch: Bank, who: str, person: str = "王芳") -> None:
    """An inspector enters that somebody did not count before the customer."""
    one = branch.person(who)
    await one.says("/finding")
    if one.sees("哪个网点"):
        await one.taps("城东网点")
    await one.taps(person)
    await one.taps("现金业务")
    await one.taps("当面清点")
    await one.taps("看录像")


async def test_found_at_four_trained_tonight_proved_judged_reviewed_and_drilled_first(day: Bank) -> None:
    branch, wang, zhao = day, day.王芳, day.赵敏
    await branch.at("16:00")
    await enters(branch, "吴查")
    assert branch.吴查.sees("登记好了：「当面清点」", "王芳今天晚补练", "接下来几天会先考")
    assert wang.sees("今晚 17:40 补练「当面清点」", "今天的检查发现做得不到位（看录像）")
    assert zhao.sees("检查发现（看录像）", "王芳 · 当面清点")

    await branch.at("17:40")
    await wang.taps("开始 5 题")
    assert await wang.answers() == 0
    assert await branch.look(states, wang.id) == [("proving", "2026-11-23")]
    await zhao.says("/recordings")
    assert zhao.sees("那晚 1 人补练", "学习 缺", "演练 缺", "点评 缺")
    await zhao.taps("登记学习")
    await zhao.says("一号柜台 17:40-17:45")
    assert zhao.sees("登记好了：学习", "一号柜台 17:40-17:45")
    await zhao.taps("登记演练")
    await zhao.taps("一号柜台")
    await zhao.taps("17:40-17:55")
    assert zhao.sees("请判定：王芳 · 当面清点", "学习 一号柜台 17:40-17:45", "[过关]")
    await zhao.taps("过关")
    assert wang.sees("「当面清点」判定过关")
    assert await branch.look(states, wang.id) == [("passed", "2026-11-23")]

    await branch.at("11-24 08:03")
    await wang.taps("开始")
    await branch.李强.taps("开始")
    asked = (await branch.李强.sittings("morning"))[-1]
    assert [slot.reason for slot in asked.slots if slot.checkpoint == "cash.count-before-customer"][:1] == ["found"]
    await branch.at("10:03")
    assert branch.吴查.sees("录像移交", "城东网点（1 人）：缺 点评")


async def test_nobody_enters_a_finding_about_themselves_nor_of_another_county(day: Bank) -> None:
    await day.at("16:00")
    await day.王芳.says("/finding")
    assert not day.王芳.sees("登记检查发现")
    await day.周外.forges(f"fd:{day.unit('城东网点')}:{day.王芳.id}:camera:cash.count-before-customer")
    assert day.周外.sees("不在您的查看范围里")
    assert await day.look(cases.of_unit, day.unit("城东网点")) == []


async def test_found_after_the_evening_has_begun_waits_for_the_next_open_one(day: Bank) -> None:
    await day.at("17:45")
    await enters(day, "陈主任")
    assert day.陈主任.sees("王芳11月24日晚补练")
    assert await day.look(states, day.王芳.id) == [("confirmed", "2026-11-24")]


async def test_an_evening_not_done_is_told_to_the_head_and_then_upwards(day: Bank) -> None:
    await day.at("16:00")
    await enters(day, "吴查")
    await day.at("21:00")
    assert day.陈主任.sees("城东网点有 1 件补练逾期没做", "11月23日晚的")
    await day.at("11-24 21:00")
    assert not day.郑总.heard("逾期没做")
    await day.at("11-27 21:00")
    assert day.郑总.heard("逾期没做") == 0, "the county's level, which nobody holds, is day three"
    await day.at("11-30 21:00")
    assert day.郑总.heard("逾期没做") == 1


async def test_an_evening_near_the_cap_is_asked_about_twice_and_above_it_refused(proposed: Bank) -> None:
    zhao = proposed.赵敏
    await proposed.do(set_evenings, proposed.王芳.id, 2)
    await zhao.taps("全部确认")
    assert zhao.sees("已确认 0 人", "另有 1 件快到补练时间上限")
    await zhao.taps("逐个看")
    await zhao.taps("确认")
    assert zhao.sees("当天补练共 45 分钟（上限 60）", "[仍然确认]")
    await zhao.taps("仍然确认")
    assert zhao.sees("王芳：已确认")
    assert proposed.王芳.sees("补练「当面清点」")


async def test_above_the_cap_it_has_to_be_another_day(proposed: Bank) -> None:
    await proposed.do(set_evenings, proposed.王芳.id, 4)
    await proposed.赵敏.taps("逐个看")
    await proposed.赵敏.taps("确认")
    assert proposed.赵敏.sees("超过上限 60", "请改到别的日子")
    assert not proposed.王芳.heard("今晚 17:40 补练")


def set_evenings(turn: Turn, person: int, n: int) -> None:
    """So many other evenings are set for today already."""
    (case,) = cases.of_person(turn, person)
    for number in range(n):
        kept = case.model_dump(exclude={"id", "checkpoint", "state"})
        cases.propose(turn, TrainingCase(**kept, checkpoint=f"other-{number}", state=State.CONFIRMED))
