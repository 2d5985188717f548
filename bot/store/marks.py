"""What boards and sheets add up: a morning's first attempts of many people over many days, one grouped query each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import col

from bot.store.dialect import core, table_of
from bot.store.tables import Answer, Person, Unit
from bot.store.turn import Reader
from bot.store.units import on_or_below
from drills.sitting import Kind

_answer = table_of(Answer).c


@dataclass(frozen=True, slots=True)
class Mark:
    """A sum: `key` is a person's or a unit's id, or a post; `days` on how many days each person answered, together,
    counting only whoever still works there, as the days on duty do they are held against."""

    key: Any
    right: int
    asked: int
    days: int


def by_person(turn: Reader, unit_id: int, first: date, last: date) -> list[Mark]:
    """Each person of a branch, by id."""
    return _sums(turn, col(Person.id), _answer.unit_id == unit_id, first, last)


def by_post(turn: Reader, unit_id: int, first: date, last: date) -> list[Mark]:
    """The people of each post of a branch together."""
    return _sums(turn, col(Person.post), _answer.unit_id == unit_id, first, last)


def by_branch(turn: Reader, path: str, first: date, last: date) -> list[Mark]:
    """Each branch on or below a path, by id."""
    below = _answer.unit_id.in_(select(col(Unit.id)).where(on_or_below(path)))
    return _sums(turn, _answer.unit_id, below, first, last)


def by_person_below(turn: Reader, path: str, first: date, last: date) -> list[Mark]:
    """Each person who answered on or below a path, by id."""
    below = _answer.unit_id.in_(select(col(Unit.id)).where(on_or_below(path)))
    return _sums(turn, col(Person.id), below, first, last)


def _sums(turn: Reader, key: Any, where: ColumnElement[bool], first: date, last: date) -> list[Mark]:  # noqa: ANN401 -- any column
    """First the answers of each person and day, of which there are thirty times fewer, then those."""
    right = func.sum(case((_answer.right, 1), else_=0))
    morning = (_answer.kind == Kind.MORNING, _answer.counted, _answer.day.between(first, last))
    daily = (
        select(_answer.unit_id, _answer.person_id, right.label("right"), func.count().label("asked"))
        .where(where, *morning)
        .group_by(_answer.unit_id, _answer.person_id, _answer.day)
        .subquery()
    )
    key = daily.c.unit_id if key is _answer.unit_id else key
    stays = col(Person.active) & (col(Person.unit_id) == daily.c.unit_id)
    days = func.sum(case((stays, 1), else_=0))
    query: Select[Any] = select(key, func.sum(daily.c.right), func.sum(daily.c.asked), days)
    query = query.join_from(daily, Person, col(Person.id) == daily.c.person_id).group_by(key).order_by(key)
    return _marks(core(turn).execute(query))


def _marks(rows: Iterable[Any]) -> list[Mark]:
    return [Mark(key, int(right), int(asked), int(days)) for key, right, asked, days in rows]
