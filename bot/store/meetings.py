"""Meetings and what was noted down in them. A Turn that reads a meeting to go on with it holds it until its end."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.store.dialect import hold, holding, table_of
from bot.store.tables import Meeting, MeetingEvent
from bot.store.turn import Reader, Turn
from drills.meeting import Event, Note

_this = table_of(Meeting).c.id == bindparam("meeting")
_hold = holding(table_of(Meeting).c.id, _this)


def begin(turn: Turn, meeting: Meeting) -> bool:
    """Write a meeting. False if the branch has one of that day."""
    return turn.insert_once(meeting)


def find(turn: Reader, meeting_id: int) -> Meeting | None:
    """A meeting by its id; a Turn holds it, so that two phones do not take the same step twice."""
    if isinstance(turn, Turn):
        hold(turn, _hold, {"meeting": meeting_id})
    query = select(Meeting).where(Meeting.id == meeting_id).execution_options(populate_existing=True)
    return turn.session.exec(query).first()


def of_day(turn: Reader, unit_id: int, day: date) -> Meeting | None:
    """A branch's meeting of a day."""
    return turn.session.exec(select(Meeting).where(Meeting.unit_id == unit_id, Meeting.day == day)).first()


def before(turn: Reader, unit_id: int, day: date, most: int = 1) -> Sequence[Meeting]:
    """A branch's last meetings before a day, the newest first."""
    query = select(Meeting).where(Meeting.unit_id == unit_id, col(Meeting.day) < day)
    return turn.session.exec(query.order_by(col(Meeting.day).desc()).limit(most)).all()


def is_running(turn: Reader, unit_id: int, day: date) -> bool:
    """Whether a branch is at its meeting."""
    meeting = of_day(turn, unit_id, day)
    return meeting is not None and meeting.ended_at is None


def running(turn: Reader) -> Sequence[tuple[int, int, datetime]]:
    """Every meeting that has not ended: its id, its unit and when it began."""
    query = select(Meeting.id, Meeting.unit_id, Meeting.started_at).where(col(Meeting.ended_at).is_(None))
    return [(id_, unit, at) for id_, unit, at in turn.session.exec(query) if id_ is not None]


def note(turn: Turn, meeting: Meeting, event: Event) -> None:
    """Note something down."""
    row = MeetingEvent(
        meeting_id=meeting.id or 0,
        note=event.note,
        by_id=event.by,
        about_id=event.about,
        value=event.value,
        at=event.at,
    )
    turn.session.add(row)
    if event.note is Note.END:
        meeting.ended_at = event.at
        turn.session.add(meeting)
    turn.session.flush()


def events(turn: Reader, meeting_id: int) -> list[Event]:
    """What was noted down in a meeting, in its order."""
    query = select(MeetingEvent).where(MeetingEvent.meeting_id == meeting_id).order_by(col(MeetingEvent.id))
    return [
        Event(note=Note(row.note), at=row.at, by=row.by_id, about=row.about_id, value=row.value)
        for row in turn.session.exec(query)
    ]
