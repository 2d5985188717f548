"""Appeals, how they were judged, and what a judgement changed. Appended, never edited."""

from datetime import date, datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Id, Utc


class Appeal(SQLModel, table=True):
    """Somebody appeals against a mark or a case of their own. `about` names what is appealed, once: answer/<id>, or
    case/<id>/<the step it was last decided by>. `decided_by` are those who decided it, `rung` the highest place of
    theirs on the branch's ladder (drills.appeals), `due` the day by which it is to be judged."""

    __table_args__ = (Index(None, "unit_id", "due"),)
    id: int | None = Field(default=None, primary_key=True)
    about: str = Field(max_length=60, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    answer_id: int | None = Field(default=None, foreign_key="answer.id", index=True, sa_type=Id)
    ground: str = Field(max_length=20)
    said: str = Field(default="", max_length=200)
    decided_by: list[int] = Field(sa_type=JSON)
    rung: int
    day: date = Field(sa_type=Day)
    due: date = Field(sa_type=Day)
    at: datetime = Field(sa_type=Utc)


class Ruling(SQLModel, table=True):
    """How an appeal ended: `outcome` a drills.appeals.Outcome, `because` a drills.appeals.Because where it was kept."""

    id: int | None = Field(default=None, primary_key=True)
    appeal_id: int = Field(foreign_key="appeal.id", unique=True)
    outcome: str = Field(max_length=20)
    because: str = Field(default="", max_length=20)
    said: str = Field(default="", max_length=200)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)


class Remark(SQLModel, table=True):
    """A mark was changed, by which ruling, from what to what: the trail of every answer whose row was ever touched."""

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id", index=True, sa_type=Id)
    ruling_id: int = Field(foreign_key="ruling.id")
    right_before: bool
    counted_before: bool
    right: bool
    counted: bool
