"""Days that are none, days that are, and days off of one's own."""

from datetime import date

from bot.store import closings, units
from bot.store.turn import Turn
from tests.stories.bank import Bank
from tests.stories.fixtures import a_bank


async def test_a_person_on_leave_is_left_in_peace_and_keeps_the_streak(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.starts()
    await wang.says("/leave")
    assert wang.sees("哪天不在", "[今天请假]", "[明天请假]")
    await wang.taps("明天请假")
    assert wang.sees("已替您问赵敏：11月24日请假。准了会告诉您。")
    assert zhao.sees("王芳想请假：11月24日", "[准]", "[不准]")
    await zhao.taps("准")
    assert zhao.sees("已准王芳请假：11月24日")
    assert wang.sees("11月24日的请假准了")

    await day.at("11-24 07:59")
    await day.at("21:01")
    assert not wang.seen(), "no push, no reminder, no make-up"
    assert not zhao.sees("王芳")
    assert zhao.sees("在岗 2")
    await wang.says("/today")
    assert wang.sees("您今天休息，没有题")

    await day.at("11-25 08:03")
    await wang.starts()
    assert wang.sees("连续 2 个工作日")


async def test_leave_for_today_after_the_push_stops_reminders_and_blame(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.taps("今天休息")
    assert zhao.sees("王芳想请假：今天")
    await day.at("08:20")
    await zhao.taps("准")
    await zhao.taps("准") if zhao.has_button("准") else None
    assert wang.heard("的请假准了") == 1
    await day.at("09:00")
    assert not wang.sees("没答")
    assert zhao.sees("没答题，17:30 前补做：李强、孙丽")
    await zhao.says("/missing")
    assert not zhao.sees("王芳")


async def test_leave_that_was_not_granted_is_no_leave(day: Bank) -> None:
    wang, zhao = day.王芳, day.赵敏
    await wang.says("/leave")
    await wang.says("11-24 至 11-25")
    assert zhao.sees("王芳想请假：11月24日至11月25日")
    await zhao.taps("不准")
    assert zhao.sees("没有准王芳请假")
    assert wang.sees("的请假没有准，请当面和赵敏说一下")
    request = next(seen for seen in day.channel.record if seen.message and "王芳想请假" in seen.message.body)
    assert request.message is not None
    await zhao.forges(request.message.buttons[0][0].data)
    assert zhao.sees("这条申请已经处理过了"), "decided once"
    assert not wang.seen()
    await day.at("11-24 08:03")
    assert wang.sees("早上好")


async def test_what_cannot_be_leave(day: Bank) -> None:
    wang = day.王芳
    for said, answer in (
        ("11-20", "这天已经过去了"),
        ("看情况吧", "没看懂日期"),
        ("11-24 至 12-30", "一次最多 14 天"),
        ("11-26 至 11-24", "没看懂日期"),
    ):
        await wang.says("/leave")
        await wang.says(said)
        assert wang.sees(answer), said
    await wang.forges("lv:20261101")
    assert wang.sees("这天已经过去了")
    assert not day.赵敏.heard("请假")


async def test_nothing_happens_on_a_holiday(database_url: str) -> None:
    async with a_bank(database_url, day=date(2026, 9, 30)) as branch:
        await branch.at("08:03")
        await branch.answer_all("王芳")
        await branch.at("21:00")
        await branch.at("10-08 07:00")
        assert not branch.came(), "seven days of 国庆节"
        await branch.王芳.says("/today")
        assert branch.王芳.sees("08:03 推送今天的题")
        await branch.at("07:40")
        assert branch.陈主任.sees("城东网点 · 9月30日", "参与 1/3"), "the working day before"
        await branch.at("08:03")
        await branch.王芳.starts()
        assert branch.王芳.sees("连续 2 个工作日")


async def test_a_make_up_saturday_is_a_working_day(database_url: str) -> None:
    async with a_bank(database_url, day=date(2026, 10, 9)) as branch:
        await branch.at("08:03")
        await branch.at("10-10 08:03")
        assert branch.today.weekday() == 5
        assert branch.王芳.sees("早上好")
        await branch.at("10-11 21:30")
        assert branch.王芳.heard("早上好") == 2, "and Sunday is none"
        await branch.王芳.says("/me")
        assert branch.王芳.sees("下次 10月12日 08:03")
        await branch.王芳.says("/today")
        assert branch.王芳.sees("今天不是工作日，没有题")


async def test_an_unknown_year_is_loud_and_falls_back_to_monday_to_friday(database_url: str) -> None:
    async with a_bank(database_url, day=date(2026, 12, 31)) as branch:
        await branch.at("08:03")
        assert branch.管理员.sees("2027 年的放假安排还没有", "content/calendar/2027.yaml")
        assert not branch.赵敏.sees("2027")
        await branch.at("2027-01-01 08:03")
        assert branch.王芳.sees("早上好"), "a Friday"
        await branch.at("01-03 12:00")
        assert branch.王芳.heard("早上好") == 2, "no Saturday, no Sunday"
        await branch.at("01-05 08:03")
        assert branch.王芳.heard("早上好") == 4
        assert branch.管理员.heard("2027 年的放假安排还没有") == 1, "told once"


async def test_a_branchs_own_closing_day(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.do(closings.close, day.unit("城东网点"), date(2026, 11, 24), "搬迁")
    await day.at("11-25 07:00")
    assert day.王芳.heard("早上好") == 1
    assert day.周外.heard("早上好") == 2
    await day.at("07:40")
    assert day.陈主任.sees("城东网点 · 11月23日"), "the last day it was open"
    assert day.郑总.sees("某市分行 · 11月24日", "没开晨会：城西网点（连续第 2 天）", "参与 0/1")
    await day.at("08:03")
    await day.王芳.starts()
    assert day.王芳.sees("连续 2 个工作日")


async def test_a_closed_county_closes_its_branches(day: Bank) -> None:
    await day.do(closings.close, day.unit("某县支行"), date(2026, 11, 24))
    await day.at("11-24 21:30")
    assert day.王芳.heard("早上好") == day.周外.heard("早上好") == 1


async def test_a_day_that_is_called_off_in_the_middle_blames_nobody(day: Bank) -> None:
    await day.answer_all("王芳")
    await day.do(closings.close, day.unit("城东网点"), day.today, "台风")
    await day.at("11-24 07:41")
    assert not day.赵敏.seen()
    assert not day.李强.seen()
    assert not day.陈主任.heard("参与")
    await day.at("08:03")
    await day.李强.starts()
    await day.at("09:00")
    assert not day.赵敏.sees("连续两天没答")


async def test_a_branch_lives_in_its_own_time_zone(branch: Bank) -> None:
    await branch.do(_moves_to, branch.unit("城西网点"), "Asia/Tokyo")
    await branch.at("07:03")
    assert branch.周外.sees("早上好"), "08:03 in Tokyo"
    assert not branch.王芳.seen()
    await branch.at("07:45")
    await branch.周外.taps("开始")
    assert branch.周外.sees("08:45 已收"), "the hour on the clock at the wall"
    await branch.at("08:03")
    assert branch.王芳.sees("早上好")
    assert branch.周外.heard("早上好") == 1


def _moves_to(turn: Turn, unit: int, timezone: str) -> None:
    units.get(turn, unit).timezone = timezone
