"""Letters know their hour, lists their day: what is said late, or to somebody who is away, must still be true."""

from datetime import timedelta

from bot.store import cases, links
from bot.store.tables import Person, RoleHeld
from bot.store.turn import Reader, Turn
from drills.people import Role
from tests.stories.bank import Bank


async def test_who_could_not_be_reached_this_morning_is_not_silent(branch: Bank) -> None:
    branch.channel.down = True
    await branch.at("08:50")
    branch.channel.down = False
    await branch.at("09:00")
    assert branch.赵敏.heard("今晚没有人需要留下")
    assert not branch.赵敏.heard("没答题")
    assert not branch.王芳.heard("早上好"), "at nine, good morning is no news"


async def test_a_push_that_comes_late_still_comes_before_closing(branch: Bank) -> None:
    branch.channel.down = True
    await branch.at("08:03")
    branch.channel.down = False
    await branch.at("08:20")
    assert branch.王芳.heard("早上好") == 1


async def test_an_evening_nobody_could_be_told_of_is_not_announced_the_morning_after(proposed: Bank) -> None:
    branch_down = proposed.channel
    branch_down.down = True
    await proposed.赵敏.taps("全部确认")
    await proposed.at("11-25 07:30")
    branch_down.down = False
    await proposed.at("11-25 07:35")
    assert not proposed.王芳.heard("今晚 17:40 补练")


async def test_the_reminder_does_not_come_with_the_push(branch: Bank) -> None:
    await branch.at("08:36", asleep=True)
    await branch.restart()
    await branch.wake()
    assert branch.王芳.heard("早上好") == 1
    assert branch.王芳.heard("08:45 收。") == 0


async def test_a_proposal_nobody_settled_lapses_when_we_are_back(proposed: Bank) -> None:
    await proposed.at("11-25 12:00", asleep=True)
    await proposed.restart()
    await proposed.wake()
    assert [s for s, _ in await proposed.look(_cases, proposed.王芳.id)] == ["lapsed"]
    await proposed.赵敏.taps("全部确认")
    assert proposed.赵敏.sees("这张卡过期了")


async def test_one_who_is_no_longer_a_teller_keeps_nobody_else_from_the_evening(proposed: Bank) -> None:
    await proposed.赵敏.taps("全部确认")
    await proposed.do(_becomes_head, proposed.王芳.id, proposed.unit("城东网点"))
    await proposed.at("17:40")
    assert [s for s, _ in await proposed.look(_cases, proposed.王芳.id)] == ["excused"]
    assert not proposed.王芳.heard("先读要点")


async def test_leave_granted_after_the_push_is_no_silence(day: Bank) -> None:
    await day.王芳.taps("今天休息")
    await day.赵敏.taps("准")
    await day.at("11-24 09:00")
    assert day.赵敏.heard("没答题") >= 1
    assert not day.赵敏.heard("连续两天没答：王芳")


async def test_the_rest_button_of_another_day_asks_for_nothing(day: Bank) -> None:
    await day.at("11-24 07:00")
    await day.王芳.taps("今天休息")
    assert day.王芳.sees("这张卡过期了")
    assert not day.赵敏.heard("王芳想请假")


async def test_the_same_days_are_asked_for_once(day: Bank) -> None:
    await day.王芳.taps("今天休息")
    await day.王芳.says("/leave")
    await day.王芳.says("11-23")
    assert day.王芳.sees("已经申请过了")
    assert day.赵敏.heard("王芳想请假") == 1


async def test_a_number_written_days_after_leave_was_thought_of_is_no_date(day: Bank) -> None:
    await day.王芳.says("/leave")
    await day.at("11-24 07:00")
    await day.王芳.says("12.5")
    assert not day.赵敏.heard("王芳想请假")


async def test_a_branch_where_everybody_is_away_held_no_drill_is_not_said(branch: Bank) -> None:
    await branch.do(_nobody_is_linked, [branch.person(n).id for n in ("王芳", "李强", "孙丽")])
    await branch.at("09:05")
    assert not branch.陈主任.heard("没开晨会")


async def test_a_trainer_of_two_branches_is_shown_their_own(branch: Bank) -> None:
    await branch.do(_trains_also, branch.赵敏.id, branch.unit("城西网点"))
    await branch.at("08:10")
    await branch.赵敏.says("/board")
    assert branch.赵敏.sees("城东网点")
    await branch.赵敏.says("/missing")
    assert branch.赵敏.sees("王芳")
    assert not branch.赵敏.sees("周外")


async def test_guesses_from_everywhere_do_not_lock_a_right_code_out(branch: Bank) -> None:
    await branch.do(_many_guesses)
    await branch.王芳.says("/start wrong-code-wrong0")
    assert branch.王芳.sees("试得太多了")


def _cases(turn: Reader, person: int) -> list[tuple[str, str]]:
    return [(c.state, c.evening.isoformat()) for c in cases.of_person(turn, person)]


def _becomes_head(turn: Turn, person: int, unit: int) -> None:
    row = turn.session.get(Person, person)
    assert row
    row.post = ""
    turn.session.add(RoleHeld(person_id=person, role=Role.MANAGER, unit_id=unit))


def _nobody_is_linked(turn: Turn, persons: list[int]) -> None:
    for person in persons:
        links.detach(turn, person)


def _trains_also(turn: Turn, person: int, unit: int) -> None:
    turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit))


def _many_guesses(turn: Turn) -> None:
    for n in range(101):
        links.guessed(turn, "web", f"joker {n}")
    assert links.guesses(turn, turn.now - timedelta(hours=1)) == 101
