"""A branch's meeting: one a day, and what was noted down in it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Id, Utc


class Meeting(SQLModel, table=True):
    """A branch's meeting of a day. `minutes` is the run sheet it began with (pairs of stage and minutes), `checkpoint`
    what it is about, `edition_id` where that comes from; `ended_at` repeats its last event, so that running ones are
    found."""

    __table_args__ = (UniqueConstraint("unit_id", "day"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    host_id: int = Field(foreign_key="person.id")
    edition_id: int = Field(foreign_key="edition.id")
    minutes: list[Any] = Field(sa_type=JSON)
    checkpoint: str = Field(default="", max_length=80)
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc, index=True)


class MeetingEvent(SQLModel, table=True):
    """Something noted down in a meeting (`note` is a drills.meeting.Note). Appended, never changed."""

    __tablename__ = "meeting_event"
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    meeting_id: int = Field(foreign_key="meeting.id", index=True, sa_type=Id)
    note: str = Field(max_length=20)
    by_id: int | None = Field(default=None, foreign_key="person.id")
    about_id: int | None = Field(default=None, foreign_key="person.id")
    value: str = Field(default="", max_length=1000)
    at: datetime = Field(sa_type=Utc)
