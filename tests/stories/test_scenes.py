"""Scenes: two act, a colleague ticks what was shown, and the one who acted hears how it went."""

from collections.abc import Collection

import pytest

from bot.store import scenes
from bot.store.tables import SceneMark
from bot.store.turn import Reader
from tests.stories.bank import Bank
from tests.stories.people import Someone

ALL = "ABCDE"
"""The five points of the scene of counting; F says that there was none of it."""


async def marks_by_taps(observer: Someone, seen: str = ALL, broken: str = "") -> None:
    """Tick, hand in, say what may not be done, hand in; where there is a form the same is ticked on it."""
    run = observer.button("sct")[1].data.split(":")[1]
    number, _ = observer.button("sct")
    places = ",".join(str(ord(c) - ord("A")) for c in seen)
    await observer.forges(f"sco:{run}:{places}", number)
    wrong = ",".join(str(ord(c) - ord("A")) for c in broken) or "1"
    await observer.forges(f"scm:{run}:{places}:{wrong}", observer.button("scg")[0])


async def begun(bank: Bank) -> None:
    """赵敏 has 王芳 act, 孙丽 play the customer and 李强 tick."""
    zhao = bank.赵敏
    await zhao.says("/scene")
    await zhao.taps("取一笔现金")
    await zhao.taps("王芳")
    await zhao.taps("孙丽")
    await zhao.taps("李强")


async def test_each_gets_their_own_part_and_a_passed_scene_is_told_kindly(day: Bank) -> None:
    await begun(day)
    assert day.赵敏.sees("王芳演，孙丽扮客户，李强打勾")
    assert day.王芳.sees("请您来演「取一笔现金」", "客户来取三千元")
    assert not day.王芳.sees("怕少一张"), "what the customer hides is for the customer"
    assert not day.王芳.sees("请客户当面清点"), "nor does the actor read the rubric"
    assert day.孙丽.sees("请您扮客户", "取三千", "怕少一张")
    assert day.李强.sees("看王芳演，勾要点", "请客户当面清点")
    await marks_by_taps(day.李强, "ABCD")
    assert day.王芳.sees("✓ 演过了：9/10 分", "还差：道再见", "您当面点一下")
    assert day.李强.sees("谢谢，已告诉王芳：9/10 分")
    assert not day.赵敏.heard("没过")


async def test_ticks_are_put_and_taken_back_one_by_one(day: Bank) -> None:
    await begun(day)
    run = day.李强.button("sct")[1].data.split(":")[1]
    await day.李强.forges(f"sct:{run}:0,2", day.李强.button("sct")[0])
    assert day.李强.sees("[✓ A]", "[✓ C]", "[B]")
    await day.李强.forges(f"scm:{run}::")
    assert day.李强.sees("先选一项，再提交")
    await day.李强.forges(f"sct:{run}:5", day.李强.button("sct")[0])
    assert day.李强.sees("[A]", "[✓ F]"), "nothing at all was shown"


async def test_a_first_failure_is_acted_again_and_the_second_is_told_to_the_trainer(day: Bank) -> None:
    await begun(day)
    await marks_by_taps(day.李强, "ABDE")
    assert day.王芳.sees("✗ 这次还没过：7/10 分", "还差：请客户当面清点", "[再演一次]")
    assert not day.赵敏.heard("没过")
    await day.王芳.taps("再演一次")
    assert day.李强.sees("看王芳演，勾要点")
    await marks_by_taps(day.李强, "A")
    assert day.王芳.sees("✗ 这次还没过：2/10 分", "还差：请客户当面清点、唱付金额、双手递款")
    assert day.赵敏.sees("王芳演「取一笔现金」没过：2/10 分", "同一要点近期演过也没过")
    await day.赵敏.taps("看这一件")
    assert day.赵敏.sees("王芳 · 当面清点", "情景演练没过「当面清点」", "[确认]")
    await day.赵敏.taps("确认")
    assert day.王芳.sees("补练「当面清点」", "今天情景演练没过")


async def test_what_may_not_be_done_makes_it_nothing_and_is_told_at_once(day: Bank) -> None:
    await begun(day)
    await marks_by_taps(day.李强, ALL, broken="A")
    assert day.王芳.sees("✗ 这次还没过：0/10 分", "这样做不行：催客户快走")
    assert day.赵敏.sees("王芳演「取一笔现金」没过：0/10 分", "出现了不该做的：催客户快走")


async def test_nobody_marks_themselves_and_a_stranger_changes_nothing(day: Bank) -> None:
    await begun(day)
    run = int(day.李强.button("sct")[1].data.split(":")[1])
    for someone, answer in (
        (day.王芳, "自己的事要由别人来定"),
        (day.孙丽, "这张卡不是您的"),
        (day.周外, "这张卡不是您的"),
        (day.何训, "这张卡不是您的"),
    ):
        for data in (f"sct:{run}:0", f"sco:{run}:0", f"scg:{run}:0:1", f"scm:{run}:0,1,2,3,4:1"):
            await someone.forges(data)
            assert someone.sees(answer), (someone, data)
    assert await day.look(marks, run) == []
    await day.赵敏.forges(f"scb:count:{day.王芳.id}:{day.孙丽.id}:{day.王芳.id}")
    assert day.赵敏.sees("自己的事要由别人来定"), "nor can a leader name them for it"


async def test_a_scene_is_marked_once_and_by_who_leads_too(day: Bank) -> None:
    await begun(day)
    run = int(day.李强.button("sct")[1].data.split(":")[1])
    await day.陈主任.forges(f"scm:{run}:0,1,2,3,4:1")
    assert day.王芳.sees("✓ 演过了：10/10 分")
    await day.李强.forges(f"scm:{run}:0:1")
    assert day.李强.sees("已经定过了，不用再按")
    assert [(one.points, one.by_id) for one in await day.look(marks, run)] == [(10, day.陈主任.id)]
    await day.李强.forges(f"sct:{run}:0")
    assert day.李强.sees("已经定过了，不用再按")


async def test_two_colleagues_practise_and_nobody_hears_of_it(day: Bank) -> None:
    wang = day.王芳
    await wang.says("/scene")
    assert not wang.has_button("迎第一位客户"), "that is the lobby's"
    await wang.taps("取一笔现金")
    await wang.taps("孙丽")
    await wang.taps("孙丽")
    assert day.孙丽.sees("请您扮客户", "看王芳演，勾要点"), "one plays and ticks, where two are all there are"
    await marks_by_taps(day.孙丽, "A", broken="A")
    assert wang.sees("这次是练习，不计分", "[再演一次]")
    assert not day.赵敏.heard("没过")
    await wang.forges(f"scb:count:{day.李强.id}:{wang.id}:{day.孙丽.id}")
    assert wang.sees("不在您的查看范围里"), "a colleague is drilled by who leads, or by themselves"


async def test_the_dice_say_who_and_only_those_there_are_drawn(day: Bank) -> None:
    zhao = day.赵敏
    await zhao.says("/scene")
    await zhao.taps("迎第一位客户")
    await zhao.taps("随机")
    assert zhao.sees("孙丽演"), "the one whose post it is"
    await zhao.forges(f"scb:count:{day.王芳.id}:{day.周外.id}:{day.李强.id}")
    assert zhao.sees("有人今天不在岗")
    await zhao.forges(f"scb:greet:{day.王芳.id}:{day.孙丽.id}:{day.李强.id}")
    assert zhao.sees("王芳的岗位没有这个情景")


async def test_the_same_scene_is_not_begun_twice(day: Bank) -> None:
    await begun(day)
    await day.赵敏.forges(f"scb:count:{day.王芳.id}:{day.孙丽.id}:{day.李强.id}")
    assert day.赵敏.sees("这个情景已经开始了")
    assert day.王芳.heard("请您来演") == 1


@pytest.mark.parametrize("data", ["scb:count", "scw:1", "scx", "scm:1:x:1", "sct:-1:0", "scr:1", "scb:none:1:2:3"])
async def test_forged_buttons_change_nothing(day: Bank, data: str) -> None:
    await day.赵敏.forges(data)
    assert not day.王芳.heard("请您来演")


def marks(turn: Reader, run: int) -> Collection[SceneMark]:
    return scenes.marks(turn, run)
