"""The day's facts: editions of the content, steps done, sittings, what was shown, what was answered. Never edited."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Id, Utc


class Edition(SQLModel, table=True):
    """One immutable state of the content and policy. The newest one is in force."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64)
    body: dict[str, Any] = Field(sa_type=JSON)
    published_at: datetime = Field(sa_type=Utc)


class StepDone(SQLModel, table=True):
    """A step of a unit's day was taken (or, `skipped`, its window went by while nobody was awake)."""

    __tablename__ = "step_done"
    __table_args__ = (UniqueConstraint("unit_id", "day", "step"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    step: str = Field(max_length=20)
    at: datetime = Field(sa_type=Utc)
    skipped: bool = False


class Sitting(SQLModel, table=True):
    """One person's set of questions. `kind` is a drills.sitting.Kind; `part` parts several of one kind on a day."""

    __table_args__ = (UniqueConstraint("person_id", "day", "kind", "part"), Index(None, "unit_id", "day"))
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    kind: str = Field(max_length=20)
    part: str = Field(default="", max_length=60)
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    edition_id: int = Field(foreign_key="edition.id")
    opened_at: datetime = Field(sa_type=Utc)
    started_at: datetime | None = Field(default=None, sa_type=Utc)
    closes_at: datetime = Field(sa_type=Utc)


class Slot(SQLModel, table=True):
    """One question of a sitting, drawn once: the stored `seed` gives the order of options and the numbers, `shown`
    keeps what the person sees and the key it will be marked with, `reason` says why it was chosen."""

    __table_args__ = (UniqueConstraint("sitting_id", "position"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    sitting_id: int = Field(foreign_key="sitting.id", sa_type=Id)
    position: int
    question: str = Field(max_length=80)
    checkpoint: str = Field(max_length=80)
    reason: str = Field(max_length=20)
    seed: int = Field(sa_type=BigInteger)
    shown: dict[str, Any] = Field(sa_type=JSON)


class Answer(SQLModel, table=True):
    """What was said to one slot, once. `counted` is false for practice after closing; `right` is the verdict."""

    __table_args__ = (UniqueConstraint("slot_id"), Index(None, "unit_id", "day"), Index(None, "person_id", "day"))
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    slot_id: int = Field(foreign_key="slot.id", sa_type=Id)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    kind: str = Field(max_length=20)
    question: str = Field(max_length=80)
    checkpoint: str = Field(max_length=80)
    reason: str = Field(max_length=20)
    said: str = Field(max_length=200)
    right: bool
    counted: bool
    at: datetime = Field(sa_type=Utc)


class Doubt(SQLModel, table=True):
    """Somebody says a question is faulty; the trainer sees it."""

    __table_args__ = (UniqueConstraint("slot_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    slot_id: int = Field(foreign_key="slot.id", sa_type=Id)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)


class TrainingCase(SQLModel, table=True):
    """One person, one cause, one day: somebody who may stay tonight. Its state is the last of its steps, kept here too
    so that lists are quick. `evidence` holds the ids of the answers, `figures` what else the sentence needs."""

    __tablename__ = "training_case"
    __table_args__ = (UniqueConstraint("person_id", "day", "checkpoint"), Index(None, "unit_id", "day"))
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    evening: date = Field(sa_type=Day)
    checkpoint: str = Field(max_length=80)
    rule: str = Field(max_length=30)
    evidence: list[int] = Field(sa_type=JSON)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(max_length=20)


class CaseStep(SQLModel, table=True):
    """A case moved: who moved it (nobody: the program), when, from where to where, and a note."""

    __tablename__ = "case_step"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="training_case.id", index=True)
    event: str = Field(max_length=20)
    state: str = Field(max_length=20)
    by_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)
    note: str = Field(default="", max_length=200)
