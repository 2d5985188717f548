"""The end of a meeting: the minutes, kept in its events, told to who leads the branch and, without names, its group;
and those of earlier days."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.services import live, shared
from bot.services.caller import Caller, known, local
from bot.services.deciding import branch
from bot.services.duty import deciders, on_duty
from bot.store import absences, groups, meetings, outbox, people, units
from bot.store.tables import Meeting, Unit
from bot.store.turn import Reader, Turn
from bot.views import minutes as views
from bot.views.text import clock
from drills.meeting import FORGOTTEN, Event, Mark, Note, fold, spent
from drills.people import Act, Role
from drills.refused import Refused
from drills.run_sheet import read_begun

URGENT = 6
SHOWN = 10
"""Meetings whose minutes are shown: two weeks of them."""


def values(turn: Reader, meeting: Meeting) -> views.Minutes:
    """What a meeting leaves behind."""
    unit = units.get(turn, meeting.unit_id)
    state = fold(read_begun(meeting.minutes), meetings.events(turn, known(meeting.id)))
    zone = ZoneInfo(unit.timezone)
    ends = state.ended_at or turn.now
    roll: dict[Mark | None, list[str]] = {}
    duty = on_duty(turn, unit, meeting.day)
    for person in duty:
        roll.setdefault(state.marks.get(known(person.id)), []).append(person.name)
    away = absences.away(turn, [known(p.id) for p in people.on_unit(turn, known(unit.id)) if p.post], meeting.day)
    roll.setdefault(Mark.LEAVE, []).extend(p.name for p in people.many(turn, away).values())
    named = people.many(turn, {*state.leaders, *state.cast})
    return views.Minutes(
        unit=unit.name,
        day=meeting.day,
        begins=clock(meeting.started_at.astimezone(zone).time()),
        ends=clock(ends.astimezone(zone).time()),
        hosts=[named[p].name for p in state.leaders],
        roll={mark: names for mark, names in roll.items() if names},
        stages=[(stage, round(took.total_seconds() / 60)) for stage, took in spent(state).items()],
        forgotten=turn.in_force(unit.path).policy.meeting_most if state.forgotten else None,
        result=shared.result(turn, meeting),
        scene=[named[p].name for p in state.cast],
        reviewed=state.reviewed or 0,
    )


def earlier(turn: Reader, who: Caller, unit_id: int, place: int) -> Reply:
    """The minutes of an earlier meeting (0: the last), for whoever leads the branch. Raises Refused for one further
    back than those that are shown."""
    unit = branch(turn, who, unit_id, Act.HOST)
    held = _held(turn, unit)
    if place >= len(held):
        raise Refused("old")
    page = views.Page(unit=unit_id, place=place, of=len(held))
    return Reply(message=views.whole(who.words, values(turn, held[place]), page), replaces=True)


def _held(turn: Reader, unit: Unit) -> list[Meeting]:
    tomorrow = local(turn, unit).date() + timedelta(days=1)
    return [m for m in meetings.before(turn, known(unit.id), tomorrow, SHOWN) if m.ended_at is not None]


def read(turn: Reader, who: Caller, unit: Unit, meeting: Meeting) -> Reply:
    """The minutes of today's, for whoever led it."""
    return Reply(message=views.whole(who.words, values(turn, meeting), first_page(turn, who, unit)), replaces=True)


def first_page(turn: Reader, who: Caller, unit: Unit) -> views.Page | None:
    """Where the minutes of earlier days begin; None for somebody who leads today's meeting only, and where there are
    none."""
    n = len(_held(turn, unit)) if who.may(Act.HOST, unit.path) else 0
    return views.Page(unit=known(unit.id), place=0, of=n) if n else None


def end(turn: Turn, meeting: Meeting, by: int | None) -> None:
    """It is over: who leads the branch and who led the meeting have the minutes, the group its numbers."""
    unit = units.get(turn, meeting.unit_id)
    state = fold(read_begun(meeting.minutes), meetings.events(turn, known(meeting.id)))
    if state.asked and not state.revealed:
        meetings.note(turn, meeting, Event(note=Note.REVEAL, at=turn.now, by=by))
        shared.close(turn, meeting)
    meetings.note(turn, meeting, Event(note=Note.END, at=turn.now, by=by, value="" if by else FORGOTTEN))
    told = values(turn, meeting)
    led = {*state.leaders, *(known(p.id) for p in deciders(turn, unit))}
    led |= {known(p.id) for p in people.with_role(turn, [Role.MANAGER], unit.path, on=known(unit.id))}
    for person in people.many(turn, led - {by}).values():
        message = views.whole(turn.words[person.language], told)
        outbox.tell(turn, known(person.id), f"minutes/{meeting.id}/{person.id}", message, urgency=URGENT)
    for group in groups.hold(turn, known(unit.id)):
        groups.tell_group(turn, group, f"minutes/{meeting.id}", views.to_group(live.language(turn, group), told))


def forgotten(turn: Reader) -> list[int]:
    """Meetings that nobody has ended in time."""
    found = []
    for meeting, unit_id, began in meetings.running(turn):
        most = turn.in_force(units.get(turn, unit_id).path).policy.meeting_most
        if turn.now >= began + timedelta(minutes=most):
            found.append(meeting)
    return found


def forget(turn: Turn, meeting_id: int) -> bool:
    """End one of them. False if somebody has meanwhile."""
    meeting = meetings.find(turn, meeting_id)
    if meeting is None or meeting.ended_at is not None:
        return False
    end(turn, meeting, None)
    return True
