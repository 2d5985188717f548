"""The day's settings: a county sets, a branch has its own word; and a time moved on either side of the push."""

from datetime import time

import pytest

from bot.store import steps
from bot.store.tables import RoleHeld
from bot.store.turn import Turn
from drills.people import Role
from drills.policy import Policy
from tests.stories.bank import Bank
from tests.stories.edition import body, publish


async def test_a_county_sets_and_a_branch_overrides(branch: Bank) -> None:
    zheng, chen = branch.郑总, branch.陈主任
    await zheng.says("/settings")
    assert zheng.sees("某市分行 · 设置", "晨会 08:15", "[看下级]")
    await zheng.taps("看下级")
    await zheng.taps("某县支行")
    await zheng.taps("题数")
    await zheng.taps("3 题")
    assert zheng.sees("题数改为 3 题", "明天（11月24日）起", "自己设过的网点不变")
    await chen.says("/settings")
    assert chen.sees("题数 5 题", "明天（11月24日）起：题数 3 题")
    await branch.at("08:03")
    assert branch.王芳.sees("今天 5 题"), "from tomorrow, said the county"
    await branch.at("11-24 07:00")
    await chen.says("/settings")
    assert chen.sees("题数 3 题（沿用某县支行）")
    await chen.taps("题数")
    await chen.taps("6 题")
    assert chen.sees("题数改为 6 题。今天起。", "题数 6 题（自己设的）")
    await branch.at("08:03")
    assert branch.王芳.sees("今天 6 题")
    assert branch.周外.sees("今天 3 题")
    await chen.says("/settings")
    await chen.taps("题数")
    await chen.taps("沿用上级")
    assert chen.sees("题数改为 3 题。今天的题已经发出，明天（11月25日）起。")
    await branch.at("11-25 08:03")
    assert branch.王芳.sees("今天 3 题")


async def test_a_meeting_moved_before_the_push_moves_the_whole_morning(branch: Bank) -> None:
    await branch.赵敏.says("/settings")
    await branch.赵敏.taps("晨会")
    assert branch.赵敏.sees("07:00 到 10:00 都可以")
    await branch.赵敏.taps("08:40")
    assert branch.赵敏.sees("晨会改为 08:40。推送 08:28，09:10 收。今天起。")
    await branch.at("08:27")
    assert not branch.王芳.heard("早上好")
    assert branch.周外.heard("早上好") == 1, "the neighbour's morning is its own"
    await branch.at("08:28")
    assert branch.王芳.sees("09:10 前都算")
    await branch.at("08:50")
    assert not branch.王芳.heard("还有 5 题没答"), "the old reminder's and closing's times are past"
    await branch.王芳.starts()
    assert branch.王芳.sees("5 题对 5")
    await branch.at("08:58")
    assert branch.李强.heard("还有 5 题没答，约 3 分钟，09:10 收") == 1
    await branch.at("09:10")
    assert branch.王芳.sees("今天的题收了", "参与 1/3，答对 5/5")
    await branch.at("09:25")
    assert branch.赵敏.sees("没答题，17:30 前补做：李强、孙丽")
    await branch.at("21:30")
    for words in ("早上好", "今天的题收了"):
        assert branch.王芳.heard(words) == 1


async def test_a_meeting_moved_after_the_push_waits_for_tomorrow(day: Bank) -> None:
    await day.陈主任.says("/settings")
    await day.陈主任.taps("晨会")
    await day.陈主任.taps("08:40")
    assert day.陈主任.sees("晨会改为 08:40", "今天的题已经发出，明天（11月24日）起", "晨会 08:15")
    await day.at("08:33")
    assert day.王芳.sees("08:45 收")
    await day.at("08:45")
    await day.王芳.taps("开始")
    assert day.王芳.sees("08:45 已收")
    await day.at("11-24 08:27")
    assert day.王芳.heard("早上好") == 1
    await day.at("08:28")
    assert day.王芳.heard("早上好") == 2
    assert day.王芳.sees("09:10 前都算")
    await day.at("21:30")
    assert day.王芳.heard("早上好") == 2


@pytest.mark.parametrize("said_at", ["08:01", "08:02", "08:03", "08:04"])
@pytest.mark.parametrize("meeting", ["08:00", "08:30"])
async def test_whatever_the_minute_there_is_one_push_and_one_reminder(branch: Bank, said_at: str, meeting: str) -> None:
    """The change comes in one Turn before the tick of that minute."""
    await branch.at(said_at if said_at == "08:04" else "07:59")
    branch.clock.move(branch.moment(said_at))
    await branch.陈主任.forges(f"stv:{branch.unit('城东网点')}:meeting:{meeting.replace(':', '')}")
    await branch.wake()
    for minute in ("08:18", "08:33", "08:45", "08:48", "09:00", "09:15", "12:00"):
        await branch.at(minute)
    assert branch.王芳.heard("早上好") == 1
    assert branch.王芳.heard("还有 5 题没答，约 3 分钟，") == 1, "one reminder"
    assert not branch.赵敏.heard("没有推送")
    taken = await branch.look(steps.skipped, branch.unit("城东网点"), branch.today)
    assert "push" not in taken
    await branch.at("11-24 12:00")
    assert branch.王芳.heard("早上好") == 2


async def test_two_who_tick_while_the_meeting_moves_push_once(branch: Bank) -> None:
    async with branch.another_process() as other:
        branch.clock.move(branch.moment("08:01"))
        await branch.陈主任.forges(f"stv:{branch.unit('城东网点')}:meeting:0820")
        for minute in ("08:03", "08:08", "08:38", "08:50"):
            branch.clock.move(branch.moment(minute))
            await branch.wake(branch.store, other)
    assert branch.王芳.heard("早上好") == 1
    assert branch.王芳.heard("08:50 前都算") == 1


async def test_a_branch_that_wants_no_reminder_has_none(branch: Bank) -> None:
    await branch.陈主任.says("/settings")
    await branch.陈主任.taps("提醒")
    await branch.陈主任.taps("关")
    assert branch.陈主任.sees("提醒改为 关。今天起。")
    await branch.at("08:45")
    assert not branch.王芳.heard("还有 5 题没答")
    assert branch.周外.heard("还有 5 题没答") == 1
    await branch.陈主任.taps("提醒")
    await branch.陈主任.taps("开")
    assert branch.陈主任.sees("明天（11月24日）起")
    await branch.at("11-24 08:33")
    assert branch.王芳.heard("还有 5 题没答") == 1


async def test_the_evening_and_the_make_up_move_until_somebody_was_told(day: Bank) -> None:
    chen = day.陈主任
    await chen.says("/settings")
    await chen.taps("补做截止")
    await chen.taps("16:30")
    assert chen.sees("补做截止改为 16:30。今天起。")
    await day.at("09:00")
    assert day.王芳.sees("16:30 前补做就行")
    await chen.says("/settings")
    await chen.taps("补练")
    await chen.taps("18:00")
    assert chen.sees("今天的已经告诉大家了，明天（11月24日）起")
    await chen.taps("补做截止")
    await chen.taps("17:00")
    assert chen.sees("今天的已经告诉大家了")
    await day.at("16:31")
    await day.王芳.says("/today")
    assert day.王芳.sees("今天的题已经收了")


async def test_a_value_is_written_and_a_wrong_one_is_told_its_bounds(branch: Bank) -> None:
    zhao = branch.赵敏
    await zhao.says("/settings")
    await zhao.taps("晨会")
    await zhao.taps("自己写")
    assert zhao.sees("晨会：请直接回复新的值")
    await zhao.says("6点")
    assert zhao.sees("晨会可以定在 07:00 到 10:00 之间。请这样写：08:20。")
    await zhao.says("8点25")
    assert zhao.sees("晨会改为 08:25", "今天起")
    await zhao.says("8点25")
    assert zhao.sees("没看懂这句话"), "nothing is awaited any more"
    await zhao.forges(f"stv:{branch.unit('城东网点')}:meeting:0825")
    assert zhao.sees("晨会现在就是 08:25，没有改动")


async def test_a_value_pinned_and_a_change_taken_back(day: Bank) -> None:
    chen, unit = day.陈主任, day.unit("城东网点")
    await chen.forges(f"stv:{unit}:dose:5")
    assert chen.sees("题数改为 5 题"), "whatever the county says from now on"
    await day.郑总.forges(f"stv:{day.unit('某县支行')}:dose:8")
    await chen.forges(f"stv:{unit}:meeting:0840")
    assert chen.sees("明天（11月24日）起：晨会 08:40")
    await chen.forges(f"stv:{unit}:meeting:0815")
    assert chen.sees("晨会改为 08:15", "晨会 08:15")
    assert not chen.sees("起：晨会"), "taken back"
    await day.at("11-24 08:03")
    assert day.王芳.sees("今天 5 题")
    await chen.says("/settings")
    assert chen.sees("题数 5 题（自己设的）", "晨会 08:15（自己设的）")


async def test_a_time_that_does_not_go_with_the_editions_day_is_refused(branch: Bank) -> None:
    await branch.do(publish, body(policy=Policy(settle=time(9, 30))))
    await branch.陈主任.forges(f"stv:{branch.unit('城东网点')}:meeting:0900")
    assert branch.陈主任.sees("这个值和当天别的时间排不开")
    await branch.陈主任.forges(f"stv:{branch.unit('城东网点')}:meeting:0840")
    assert branch.陈主任.sees("晨会改为 08:40")
    await branch.do(publish, body(policy=Policy(settle=time(9, 10))))
    await branch.陈主任.says("/settings")
    assert branch.陈主任.sees("晨会 08:15"), "what no longer goes with a newer edition does not hold"


async def test_a_trainer_of_two_branches_chooses(branch: Bank) -> None:
    await branch.do(_trains_also, branch.赵敏.id, branch.unit("城西网点"))
    await branch.赵敏.says("/settings")
    assert branch.赵敏.sees("请选一个", "[城东网点]", "[城西网点]")
    await branch.赵敏.taps("城西网点")
    assert branch.赵敏.sees("城西网点 · 本网点设置")
    await branch.赵敏.says("/host")
    assert branch.赵敏.sees("请选一个网点", "[城东网点]", "[城西网点]")


async def test_a_test_letter_is_sent_to_oneself_and_counts_nowhere(branch: Bank) -> None:
    await branch.at("08:50")
    zhao = branch.赵敏
    await zhao.says("/settings")
    await zhao.taps("试发一条")
    assert zhao.sees("试发：明天（11月24日） 08:03 会是这样", "早上好。今天 5 题", "08:45 前都算", "只发给您一个人")
    assert [seen.address for seen in branch.came() if seen.message] == [zhao.address], "nobody else hears of it"
    await zhao.taps("开始")
    assert zhao.sees("这是试发，按钮是通的")
    await zhao.says("/missing")
    assert zhao.sees("在岗 3")
    await zhao.forges(f"stv:{branch.unit('城东网点')}:meeting:0840")
    await branch.at("08:51")
    await zhao.forges(f"stt:{branch.unit('城东网点')}")
    assert zhao.sees("明天（11月24日） 08:28 会是这样", "09:10 前都算"), "as it will be, not as it is"


def _trains_also(turn: Turn, person: int, unit: int) -> None:
    turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit))
