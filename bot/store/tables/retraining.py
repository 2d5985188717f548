"""What an evening leaves behind beside its answers: findings that called for it, and where its recordings are."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Utc


class Finding(SQLModel, table=True):
    """Somebody saw a checkpoint neglected on a branch, on a day, and by whom, if it can be said. `source` is a
    drills.findings.Seen; `day` is the branch's day on which it was entered."""

    __table_args__ = (Index(None, "unit_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    checkpoint: str = Field(max_length=80)
    source: str = Field(max_length=20)
    seen_on: date = Field(sa_type=Day)
    day: date = Field(sa_type=Day)
    note: str = Field(default="", max_length=200)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)


class Recording(SQLModel, table=True):
    """Where one of an evening's three recordings is: a camera of the branch's own, from one instant to another. Nothing
    of the recording itself is kept. Appended: the newest of a part holds. `part` is a drills.recordings.Part."""

    __table_args__ = (Index(None, "unit_id", "evening"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    evening: date = Field(sa_type=Day)
    part: str = Field(max_length=20)
    camera: str = Field(max_length=40)
    begins_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)
