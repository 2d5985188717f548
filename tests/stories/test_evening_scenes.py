"""The scene of an evening: whoever has to show what is said asks a colleague, who ticks it."""

from random import Random

from bot.services import acting, causes
from bot.services.spending import of
from bot.store import people, scenes, units
from bot.store.turn import Reader, Turn
from drills.people import Post
from drills.staying import Rule
from tests.stories.bank import Bank
from tests.stories.facts import states
from tests.stories.test_scenes import marks_by_taps

GREETING = "manners.greeting"


def stays(turn: Turn, person: int, checkpoint: str = GREETING) -> None:
    """Somebody is to stay tonight for what they say to a customer."""
    unit = units.branches(turn, "/")[0]
    case = causes.bring(turn, unit, person, rule=Rule.FAILED_SCENE, checkpoint=checkpoint, by=None, confirmed=True)
    assert case is not None


async def asked(day: Bank) -> None:
    """孙丽 has passed tonight's questions, and is asked for the scene."""
    await day.do(stays, day.孙丽.id)
    await day.at("17:40")
    assert day.孙丽.sees("补练「迎客」", "题过了再演一个情景")
    await day.孙丽.taps("开始 5 题")
    await day.孙丽.answers(wrong=["跨行转账收费"], faults=1)


async def test_questions_and_scene_passed_are_the_evening_in_three_presses_more(day: Bank) -> None:
    sun = day.孙丽
    await asked(day)
    assert sun.sees("题过了：", "还差一个情景", "「迎第一位客户」", "没有同事在场就不用演，21:00 后只按题目算")
    assert sun.sees("[赵敏]", "[李强]")
    assert not day.赵敏.heard("补练通过"), "nothing is decided yet"
    await sun.taps("李强")
    assert sun.sees("已发给李强", "请您来演「迎第一位客户」")
    assert day.李强.sees("请您扮客户", "看孙丽演，勾要点")
    await marks_by_taps(day.李强, "ABCD")
    assert sun.sees("✓ 演过了：9/10 分", "补练通过：", "下次晨会点评一次")
    assert day.赵敏.sees("孙丽 · 迎客：补练通过")
    assert await day.look(states, sun.id) == [("passed", "2026-11-23")]
    assert await day.look(about, sun.id) == [(GREETING, "evening")]
    (evening,) = await sun.sittings("evening")
    await sun.forges(f"s:{evening.sitting.id}")
    assert sun.sees("补练通过："), "pressed again, it says how it ended"


async def test_a_failed_scene_is_another_evening_and_acting_it_again_is_practice(day: Bank) -> None:
    sun = day.孙丽
    await asked(day)
    await sun.taps("李强")
    await marks_by_taps(day.李强, "A", broken="A")
    assert sun.sees("✗ 这次还没过：0/10 分", "情景这次没过", "11月24日 17:40 再练一次")
    assert day.赵敏.sees("孙丽 · 迎客：题对", "情景没过，11月24日再练")
    assert not day.赵敏.heard("请您看看要不要再练"), "there is a case already"
    assert await day.look(states, sun.id) == [("again", "2026-11-24")]
    await sun.taps("再演一次")
    await marks_by_taps(day.李强)
    assert sun.sees("这次是练习，不计分")
    assert await day.look(states, sun.id) == [("again", "2026-11-24")]


async def test_where_nobody_has_ticked_by_nine_the_questions_decide_alone(day: Bank) -> None:
    await asked(day)
    await day.孙丽.taps("李强")
    await day.at("21:00")
    assert day.孙丽.sees("补练通过：")
    assert day.赵敏.sees("孙丽 · 迎客：补练通过", "情景没有人打勾")
    assert await day.look(states, day.孙丽.id) == [("passed", "2026-11-23")]
    await marks_by_taps(day.李强, "A")
    assert await day.look(states, day.孙丽.id) == [("passed", "2026-11-23")], "too late to decide anything"


async def test_questions_failed_are_the_end_of_it_and_so_are_they_where_nobody_is_there(day: Bank) -> None:
    await day.do(stays, day.孙丽.id)
    await day.at("17:40")
    await day.孙丽.taps("开始 5 题")
    await day.孙丽.answers(wrong=["迎客", "跨行转账收费"])
    assert day.孙丽.sees("这次没过")
    for name in ("王芳", "李强", "赵敏", "陈主任"):
        day.channel.blocked.add(day.person(name).address)
    await day.at("11-24 17:40")
    assert not day.孙丽.sees("再演一个情景")
    await day.孙丽.taps("开始 5 题")
    await day.孙丽.answers()
    assert day.孙丽.sees("补练通过：5 题对 5")


async def test_an_evening_that_was_down_at_nine_is_settled_in_the_morning(day: Bank) -> None:
    await asked(day)
    await day.at("11-24 09:00", asleep=True)
    await day.wake()
    assert day.孙丽.sees("补练通过：")
    assert await day.look(states, day.孙丽.id) == [("passed", "2026-11-23")]


async def test_its_minutes_count_and_whoever_ticks_late_costs_the_actor_none(day: Bank) -> None:
    await asked(day)
    await day.孙丽.taps("李强")
    await day.at("19:40")
    await marks_by_taps(day.李强)
    spent = await day.look(of, day.孙丽.id, day.today)
    assert [one.minutes for one in spent] == [0, 5]


async def test_nobody_begins_anothers_nor_one_that_is_not_to_come_nor_marks_their_own(day: Bank) -> None:
    await asked(day)
    case = day.孙丽.button("sce")[1].data.split(":")[1]
    await day.李强.forges(f"sce:{case}:{day.王芳.id}")
    assert day.李强.sees("这张卡不是您的")
    await day.孙丽.forges(f"sce:{case}:{day.孙丽.id}")
    assert day.孙丽.sees("自己的事要由别人来定")
    await day.孙丽.forges(f"sce:{case}:{day.周外.id}")
    assert day.孙丽.sees("有人今天不在岗")
    await day.孙丽.taps("李强")
    await marks_by_taps(day.李强)
    await day.孙丽.forges(f"sce:{case}:{day.王芳.id}")
    assert day.孙丽.sees("这张卡过期了")
    assert len(await day.look(about, day.孙丽.id)) == 1


async def test_a_teller_for_whom_there_is_no_such_scene_answers_questions_only(day: Bank) -> None:
    await day.do(stays, day.王芳.id)
    await day.do(stays, day.李强.id, "cash.count-before-customer")
    await day.at("17:40")
    for one in (day.王芳, day.李强):
        assert not one.sees("再演一个情景")
        await one.taps("开始 5 题")
        await one.answers()
        assert one.sees("补练通过：5 题对 5")


async def test_the_meeting_acts_what_the_branch_is_weakest_in(day: Bank) -> None:
    await day.answer_all("王芳", "李强")
    await day.孙丽.starts(misses="迎客")
    assert await day.look(of_the_day) == "greet"


def of_the_day(turn: Reader) -> str:
    """The scene that 孙丽, alone with a post among those present, would act today."""
    unit = units.branches(turn, "/")[0]
    here = [p for p in people.on_unit(turn, unit.id or 0) if not p.post or p.post == Post.LOBBY]
    drawn = {acting.of_the_day(turn, unit, turn.now.date(), here, Random(n)) for n in range(8)}
    (code,) = {one[0] for one in drawn if one}
    return code


def about(turn: Reader, person: int) -> list[tuple[str, str]]:
    """What somebody's scenes were about, and why they were acted."""
    runs = [scenes.find(turn, number) for number in range(1, 9)]
    return [(run.checkpoint, run.occasion) for run in runs if run and run.actor_id == person]
