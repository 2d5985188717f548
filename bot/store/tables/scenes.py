"""Scenes that were acted, and what an observer saw of each. Never edited."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Id, Utc


class SceneRun(SQLModel, table=True):
    """Three people and a scene: who is drilled, who plays the customer, who marks. `scene` is its code in that edition,
    `checkpoint` what a failure is about, `occasion` a drills.scenes.Occasion; `case_id` is there of an evening."""

    __tablename__ = "scene_run"
    __table_args__ = (Index(None, "unit_id", "day"), Index(None, "actor_id", "day"))
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(sa_type=Day)
    scene: str = Field(max_length=80)
    checkpoint: str = Field(max_length=80)
    edition_id: int = Field(foreign_key="edition.id")
    occasion: str = Field(max_length=20)
    actor_id: int = Field(foreign_key="person.id")
    partner_id: int = Field(foreign_key="person.id")
    observer_id: int = Field(foreign_key="person.id")
    case_id: int | None = Field(default=None, foreign_key="training_case.id", index=True)
    opened_at: datetime = Field(sa_type=Utc)


class SceneMark(SQLModel, table=True):
    """What was seen of a run: places in the rubric, places of what is forbidden, and the verdict then. The first counts
    (`place` 0); what somebody who decides says later is appended."""

    __tablename__ = "scene_mark"
    __table_args__ = (UniqueConstraint("run_id", "place"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Id)
    run_id: int = Field(foreign_key="scene_run.id", sa_type=Id)
    place: int
    by_id: int = Field(foreign_key="person.id")
    seen: list[int] = Field(sa_type=JSON)
    broken: list[int] = Field(sa_type=JSON)
    points: int
    passed: bool
    note: str = Field(default="", max_length=200)
    at: datetime = Field(sa_type=Utc)
