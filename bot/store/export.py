"""Answers as they go into a file: read in small parts from one snapshot, however many there are."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col

from bot.store.dialect import core
from bot.store.tables import Answer, Person, Slot, Unit
from bot.store.turn import Reader
from bot.store.units import on_or_below

PART = 1_000
"""So many rows are in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which answers: on or below a unit's path, between two days inclusive; of one person or one question, if named."""

    path: str
    first: date
    last: date
    person: int | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer with what belongs to it."""

    day: date
    unit: str
    number: str
    name: str
    question: str
    shown: dict[str, Any]
    said: str
    right: bool
    counted: bool
    reason: str
    kind: str
    at: datetime
    timezone: str


def count(turn: Reader, wanted: Wanted) -> int:
    """How many answers these are."""
    return int(core(turn).execute(_which(select(func.count(col(Answer.id))), wanted)).scalar_one())


def answers(turn: Reader, wanted: Wanted) -> Generator[Told, None, None]:
    """The answers, the oldest day first. Whoever does not read to the end closes it."""
    columns = (Answer.day, Unit.name, Person.staff_number, Person.name, Answer.question, Slot.shown, Answer.said)
    more = (Answer.right, Answer.counted, Answer.reason, Answer.kind, Answer.at, Unit.timezone)
    query = _which(select(*(col(column) for column in (*columns, *more))), wanted).order_by(
        col(Answer.day), col(Answer.id)
    )
    with closing(core(turn).execute(query, execution_options={"yield_per": PART})) as rows:
        for row in rows:
            yield Told(*row)


def _which(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.select_from(Answer).join(Unit, col(Unit.id) == col(Answer.unit_id))
    query = query.join(Person, col(Person.id) == col(Answer.person_id)).join(Slot, col(Slot.id) == col(Answer.slot_id))
    query = query.where(on_or_below(wanted.path), col(Answer.day).between(wanted.first, wanted.last))
    if wanted.person is not None:
        query = query.where(col(Answer.person_id) == wanted.person)
    return query.where(col(Answer.question) == wanted.question) if wanted.question else query
