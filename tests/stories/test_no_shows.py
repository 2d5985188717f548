"""Two no-shows in a row: proposed at nine with everything else, and what is none."""

from datetime import date

from bot.services.closing import close
from bot.store import units
from bot.store.turn import Turn
from bot.views.closing import Closed
from tests.stories.bank import Bank
from tests.stories.facts import states
from tests.stories.fixtures import COUNTING


async def answered(branch: Bank, *names: str) -> None:
    """The others do as every morning."""
    await branch.answer_all(*(names or ("李强", "孙丽")))


async def quiet(branch: Bank, *days: str) -> None:
    """王芳 is sent her questions and leaves them lying till the evening."""
    for day in days:
        await branch.at(f"{day} 08:03")
        await answered(branch)
        await branch.at("18:00")


async def test_two_days_left_lying_are_proposed_confirmed_told_trained_and_lead_to_no_second_case(branch: Bank) -> None:
    wang, zhao = branch.王芳, branch.赵敏
    await quiet(branch, "11-23", "11-24")
    assert not zhao.sees("今晚建议"), "the second day is made up for until its afternoon"
    await branch.at("11-25 08:03")
    await answered(branch, "王芳", "李强", "孙丽")
    await branch.at("09:00")
    assert zhao.sees("今晚建议 1 人（在岗 3）", "王芳 · 连续两天没答：11月23日、11月24日")
    assert not zhao.sees("补做"), "she has answered today"
    await zhao.taps("全部确认")
    assert wang.sees("今晚 17:40 补练「当面清点」", "11月23日、11月24日，推送的题都没有答")
    await wang.taps("为什么是我")
    assert wang.sees("连续两个在岗日", "由培训师决定当晚是否补练")
    await branch.at("17:40")
    await wang.taps("开始 5 题")
    assert await wang.answers() == 0
    assert await branch.look(states, wang.id) == [("passed", "2026-11-25")]

    await quiet(branch, "11-26")
    await branch.at("11-27 09:00")
    assert not zhao.sees("今晚建议"), "one day since is one day"


async def test_who_is_silent_on_the_third_day_too_is_kept_and_may_still_make_up(branch: Bank) -> None:
    await quiet(branch, "11-23", "11-24")
    await branch.at("11-25 08:03")
    await answered(branch)
    await branch.at("09:00")
    assert branch.赵敏.sees("王芳 · 连续两天没答", "没答题，17:30 前补做：王芳")
    assert branch.王芳.has_button("开始补做")
    await branch.at("11:30")
    assert branch.赵敏.sees("1 条建议到点没有确认")
    await branch.at("11-26 09:00")
    assert not branch.赵敏.sees("今晚建议"), "what was let go is not proposed again the next day"
    await branch.at("11-27 09:00")
    assert branch.赵敏.sees("王芳 · 连续两天没答：11月25日、11月26日"), "but two days more are"


async def test_a_make_up_is_no_no_show(branch: Bank) -> None:
    await quiet(branch, "11-23")
    await branch.at("11-24 08:03")
    await answered(branch)
    await branch.at("09:00")
    await branch.王芳.taps("开始补做")
    await branch.王芳.answers(wrong=[COUNTING], faults=1)
    await branch.at("11-25 09:00")
    assert await branch.look(states, branch.王芳.id) == []


async def test_leave_a_closed_day_and_questions_that_never_came_are_no_no_shows(branch: Bank) -> None:
    await branch.at("11-23 08:03")
    await answered(branch, "李强", "孙丽")
    await branch.王芳.taps("今天休息")
    await branch.赵敏.taps("准")
    await quiet(branch, "11-24")
    branch.channel.blocked.add(branch.王芳.address)
    await branch.at("11-25 08:03")
    branch.channel.blocked.clear()
    await branch.at("11-26 08:03")
    await branch.do(no_drill)
    await branch.at("11-27 09:00")
    assert await branch.look(states, branch.王芳.id) == [], "Monday leave, Tuesday silent, nothing came on Wednesday"
    assert await branch.look(states, branch.李强.id) == [], "Wednesday silent, Thursday called off"


def no_drill(turn: Turn) -> None:
    """Thursday is called off in the middle of the morning."""
    unit = units.branches(turn, "/")[0]
    day = date(2026, 11, 26)
    close(turn, unit, Closed(first=day, last=day, kind="no-drill", reason="停电"))
