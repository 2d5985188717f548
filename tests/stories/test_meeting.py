"""While a branch is at its meeting, nobody's phone rings to remind them."""

from bot.store import meetings
from bot.store.tables import Meeting
from bot.store.turn import Turn
from drills.meeting import USUAL, Event, Note, Stage, fold
from tests.stories.bank import Bank

REMINDER = "题没答"


def begins(turn: Turn, unit: int, host: int) -> bool:
    meeting = Meeting(
        unit_id=unit,
        day=turn.now.date(),
        host_id=host,
        edition_id=turn.in_force("/").edition_id,
        minutes=list(USUAL),
        started_at=turn.now,
    )
    begun = meetings.begin(turn, meeting)
    if begun:
        meetings.note(turn, meeting, Event(note=Note.ENTER, at=turn.now, by=host, value=Stage.ROLL))
    return begun


def ends(turn: Turn, meeting_id: int) -> None:
    meeting = meetings.find(turn, meeting_id)
    assert meeting is not None
    meetings.note(turn, meeting, Event(note=Note.END, at=turn.now))


async def test_the_reminder_waits_until_the_meeting_has_ended(day: Bank) -> None:
    unit, host = day.unit("城东网点"), day.赵敏.id
    await day.at("08:15")
    assert await day.do(begins, unit, host)
    assert not await day.do(begins, unit, day.陈主任.id), "one meeting a day"
    await day.at("08:35")
    assert not day.王芳.heard(REMINDER)
    assert day.周外.heard(REMINDER) == 1, "another branch has no meeting"
    ((meeting, of, _),) = await day.look(meetings.running)
    assert of == unit
    await day.do(ends, meeting)
    await day.at("08:37")
    assert day.王芳.heard(REMINDER) == 1
    state = fold(USUAL, await day.look(meetings.events, meeting))
    assert (state.running, state.leaders) == (False, (host,))
    assert not await day.look(meetings.running)
    assert [m.id for m in await day.look(meetings.before, unit, day.today.replace(day=24))] == [meeting]


async def test_a_meeting_that_goes_on_beyond_the_close_leaves_no_reminder_behind(day: Bank) -> None:
    await day.at("08:15")
    await day.do(begins, day.unit("城东网点"), day.赵敏.id)
    await day.at("08:50")
    assert not day.王芳.heard(REMINDER)
