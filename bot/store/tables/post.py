"""The post office: letters promised, events heard, what a free text is awaited for, which processes are alive."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Id, Utc

OPEN = ("waiting", "claimed")
"""The states of a letter that has not gone out and may yet."""


def _only(state: str) -> dict[str, Any]:
    """An index over the few letters in that state, however many were sent."""
    where = text(f"state = '{state}'")
    return {"sqlite_where": where, "postgresql_where": where}


_FOLLOWING = text("follows IS NOT NULL")


class LetterRow(SQLModel, table=True):
    """A promise to speak, made once (`once` is the occasion). `state`: waiting, claimed, sent, failed, dropped. A claim
    is held by a process since `claimed_at` (real time) for its try (`tries` is the fencing token); `handle` names the
    message to change in place, or `follows` the letter that first brought it. The lower the `urgency`, the sooner; a
    reply has 0."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_waiting", "urgency", "due_at", **_only("waiting")),
        Index("ix_letter_claimed", "claimed_by", **_only("claimed")),
        Index(None, "person_id", "created_at"),
        Index("ix_letter_follows", "follows", sqlite_where=_FOLLOWING, postgresql_where=_FOLLOWING),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    once: str = Field(unique=True, max_length=120)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    channel: str = Field(max_length=20)
    address: str = Field(max_length=100)
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    toast: str = Field(default="", max_length=200)
    handle: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    replaces: bool = False
    follows: int | None = Field(default=None, sa_type=BigInteger)
    urgency: int = 5
    due_at: datetime = Field(sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime | None = Field(default=None, sa_type=Utc)
    state: str = Field(default="waiting", max_length=10)
    claimed_by: str = Field(default="", max_length=60)
    claimed_at: datetime | None = Field(default=None, sa_type=Utc)
    tries: int = 0
    receipt: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str = Field(default="", max_length=200)


class Heard(SQLModel, table=True):
    """An event of a platform whose Turn has committed; its id counts once."""

    __table_args__ = (UniqueConstraint("channel", "event"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    channel: str = Field(max_length=20)
    event: str = Field(max_length=100)
    at: datetime = Field(sa_type=Utc)


class Awaited(SQLModel, table=True):
    """What a person's next free text answers: a verb and its argument, as a button would carry it."""

    __table_args__ = (UniqueConstraint("person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    data: str = Field(max_length=64)
    at: datetime = Field(sa_type=Utc)


class Process(SQLModel, table=True):
    """A running process; `beat_at` is real time, so that a dead one's claims can be taken over."""

    id: str = Field(primary_key=True, max_length=60)
    beat_at: datetime = Field(sa_type=Utc, index=True)
