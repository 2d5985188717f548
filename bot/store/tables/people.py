"""Units and the people in them: who works where, what they may do, how they are reached."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Id, Path, Utc


class Unit(SQLModel, table=True):
    """Any node of the organisation. `level` counts from 1 (head office) to 5 (branch). `path` is /1/29/ and holds the
    unit's own id last, so everything below a unit is one range of paths."""

    id: int | None = Field(default=None, primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    path: str = Field(unique=True, sa_type=Path)
    name: str = Field(max_length=60)
    level: int
    timezone: str = Field(default="Asia/Shanghai", max_length=40)


class Person(SQLModel, table=True):
    """Somebody on the staff list. `post` is empty for people who are not drilled (a county manager). The unit is where
    they work now; answers and cases keep the branch they belong to."""

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    staff_number: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=60)
    post: str = Field(default="", max_length=20)
    language: str = Field(default="zh-CN", max_length=10)
    active: bool = True
    joined_on: date = Field(sa_type=Day)


class RoleHeld(SQLModel, table=True):
    """A role on a unit; a deputy's ends with `until`."""

    __tablename__ = "role_held"
    __table_args__ = (UniqueConstraint("person_id", "role", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    role: str = Field(max_length=20)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    until: date | None = Field(default=None, sa_type=Day)


class Link(SQLModel, table=True):
    """A person's one address on a channel. `blocked_at` is set when the platform says we may no longer write there."""

    __table_args__ = (UniqueConstraint("channel", "address"), UniqueConstraint("person_id", "channel"))
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    address: str = Field(max_length=100)
    linked_at: datetime = Field(sa_type=Utc)
    blocked_at: datetime | None = Field(default=None, sa_type=Utc)


class Invitation(SQLModel, table=True):
    """A single-use code that links a chat to a person; only its hash is kept."""

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class Guess(SQLModel, table=True):
    """A wrong invitation code, so that guessing can be slowed by address and altogether."""

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    address: str = Field(max_length=100, index=True)
    at: datetime = Field(sa_type=Utc, index=True)


class Absence(SQLModel, table=True):
    """Days from one to another, inclusive, on which somebody is not drilled: leave, or a shift that has them off
    (`kind`). It counts from `decided_at` on (`granted_by` nobody: the command line) unless it was `refused`, until
    `withdrawn_at`."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date = Field(sa_type=Day)
    last_day: date = Field(sa_type=Day)
    kind: str = Field(default="leave", max_length=20, sa_column_kwargs={"server_default": "leave"})
    asked_at: datetime = Field(sa_type=Utc)
    granted_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    refused: bool = False
    withdrawn_at: datetime | None = Field(default=None, sa_type=Utc)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")


class Closing(SQLModel, table=True):
    """A day on which a unit, and everything below it, does not open, or opens without a drill (`kind`). Once
    `lifted_at` is set it no longer counts; `by_id` said it (nobody: the command line), `said_at` the last time."""

    __table_args__ = (UniqueConstraint("unit_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    kind: str = Field(default="closed", max_length=20, sa_column_kwargs={"server_default": "closed"})
    reason: str = Field(default="", max_length=100)
    by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime | None = Field(default=None, sa_type=Utc)
    lifted_at: datetime | None = Field(default=None, sa_type=Utc)


class UnitSetting(SQLModel, table=True):
    """A value of the day that a unit sets for itself and everything below it, from an instant on. Appended, never
    changed: the newest of a name holds, and an empty `value` gives the unit back what it inherits."""

    __tablename__ = "unit_setting"
    __table_args__ = (Index(None, "unit_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    name: str = Field(max_length=40)
    value: str = Field(default="", max_length=40)
    holds_from: datetime = Field(sa_type=Utc)
    by_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)


class Hosting(SQLModel, table=True):
    """Who leads a branch's meeting on a day. Appended: the newest of a day holds."""

    __table_args__ = (Index(None, "unit_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    person_id: int = Field(foreign_key="person.id")
    by_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)


class GroupChat(SQLModel, table=True):
    """A unit's one group on a channel, where boards and results go. `gone_at` is set when we can't write there; it was
    `linked_by` nobody when that was done on the command line. `changes`: a message there can be changed later."""

    __tablename__ = "group_chat"
    __table_args__ = (UniqueConstraint("channel", "address"), UniqueConstraint("unit_id", "channel"))
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    channel: str = Field(max_length=20)
    address: str = Field(max_length=100)
    title: str = Field(default="", max_length=200)
    linked_by: int | None = Field(default=None, foreign_key="person.id")
    linked_at: datetime = Field(sa_type=Utc)
    gone_at: datetime | None = Field(default=None, sa_type=Utc)
    changes: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Upload(SQLModel, table=True):
    """A list that somebody sent as a file, read and shown, to be done when they say so. `kind` says what it lists,
    `lines` are the values that were read."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=20)
    name: str = Field(max_length=200)
    lines: list[Any] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
