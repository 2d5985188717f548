"""What was answered: one person's history, a branch's day, and sums over many branches. Never edited."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlmodel as orm
from sqlalchemy import Select, bindparam, case, distinct, func, select

from bot.store.dialect import core, table_of
from bot.store.tables import Answer, Slot, Unit
from bot.store.tables.types import Day
from bot.store.turn import Reader
from bot.store.units import on_or_below

_answer = table_of(Answer).c
_given = select(
    _answer.id,
    _answer.person_id,
    _answer.question,
    _answer.checkpoint,
    _answer.day,
    _answer.right,
    _answer.kind,
    _answer.counted,
    _answer.slot_id,
).order_by(_answer.day, _answer.id)
_of_person = _given.where(_answer.person_id == bindparam("person"), _answer.day >= bindparam("since", type_=Day))
_right = func.sum(case((_answer.right, 1), else_=0))
_sums = (_right, func.count(), func.count(distinct(_answer.person_id)))
_FIRST = (_answer.counted, _answer.kind.in_(("morning", "makeup")))
"""First attempts: what counts for boards, rates and streaks (drills.sitting.COUNTED)."""
_EVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer without its words, for the rules."""

    id: int
    person: int
    question: str
    checkpoint: str
    day: date
    right: bool
    kind: str
    counted: bool
    slot: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum of first attempts: `key` is a checkpoint's code, `people` how many different ones."""

    key: int | str
    right: int
    asked: int
    people: int


def of_person(turn: Reader, person_id: int, since: date = _EVER) -> list[Given]:
    """Everything a person has answered since a day, oldest first: practice, retries and evenings too."""
    rows = core(turn).execute(_of_person, {"person": person_id, "since": since})
    return [Given(*row) for row in rows]


def counted_by_person(turn: Reader, persons: Collection[int], since: date, until: date) -> dict[int, list[Given]]:
    """First attempts of several people between two days, inclusive, oldest first."""
    return _by_person(turn, _between(persons, since, until).where(*_FIRST))


def wrong_of_person(turn: Reader, person_id: int, since: date) -> list[tuple[Answer, Slot]]:
    """What a person got wrong since a day, with what was shown, the latest first: the wrong-answer book."""
    wrong = (_answer.person_id == person_id, _answer.day >= since, _answer.right.is_(False))
    query = orm.select(Answer, Slot).join(Slot, orm.col(Slot.id) == _answer.slot_id).where(*wrong)
    return list(turn.session.exec(query.order_by(_answer.id.desc())))


def with_slots(turn: Reader, answer_ids: Collection[int]) -> list[tuple[Answer, Slot]]:
    """Answers by id with what was shown, oldest first: the evidence of a case as its person may read it."""
    query = orm.select(Answer, Slot).join(Slot, orm.col(Slot.id) == _answer.slot_id).where(_answer.id.in_(answer_ids))
    return list(turn.session.exec(query.order_by(_answer.day, _answer.id)))


def days_answered(turn: Reader, person_id: int, since: date) -> set[date]:
    """The days since one on which somebody answered something that counts."""
    return days_answered_by_person(turn, [person_id], since).get(person_id, set())


def days_answered_by_person(turn: Reader, persons: Collection[int], since: date) -> dict[int, set[date]]:
    """The same for several people; those without any are left out."""
    query = select(_answer.person_id, _answer.day).where(_answer.person_id.in_(persons), _answer.day >= since, *_FIRST)
    found: dict[int, set[date]] = defaultdict(set)
    for person, day in core(turn).execute(query.distinct()):
        found[person].add(day)
    return dict(found)


def days_answered_below(turn: Reader, path: str, since: date, until: date) -> dict[int, set[date]]:
    """The same for everybody who answered on or below a path, up to a day."""
    found: dict[int, set[date]] = defaultdict(set)
    for person, day in core(turn).execute(
        _below(select(_answer.person_id, _answer.day), path, since, until).distinct()
    ):
        found[person].add(day)
    return dict(found)


def people_answered(turn: Reader, unit_id: int, day: date) -> set[int]:
    """Who of a branch has answered something that counts on a day."""
    query = select(_answer.person_id).where(_answer.unit_id == unit_id, _answer.day == day, *_FIRST)
    return set(core(turn).scalars(query.distinct()))


def scores(turn: Reader, unit_id: int, day: date, kind: str) -> list[tuple[int, int, int]]:
    """A branch's counted answers of one kind on a day: person, right, asked."""
    query = (
        select(_answer.person_id, _right, func.count())
        .where(_answer.unit_id == unit_id, _answer.day == day, _answer.kind == kind, _answer.counted)
        .group_by(_answer.person_id)
        .order_by(_answer.person_id)
    )
    return [(person, int(right), asked) for person, right, asked in core(turn).execute(query)]


def retried_right(turn: Reader, person_id: int, checkpoint: str, day: date) -> bool:
    """Whether somebody has made good for a missed checkpoint on that day."""
    query = select(_answer.id).where(_answer.person_id == person_id, _answer.day == day, _answer.kind == "retry")
    return core(turn).execute(query.where(_answer.checkpoint == checkpoint, _answer.right).limit(1)).first() is not None


def by_checkpoint(turn: Reader, path: str, first: date, last: date) -> list[Total]:
    """First attempts at each checkpoint on or below a path between two days."""
    checkpoint = _answer.checkpoint
    query = _below(select(checkpoint, *_sums), path, first, last).group_by(checkpoint).order_by(checkpoint)
    return _totals(core(turn).execute(query))


def _below(query: Select[*tuple[Any, ...]], path: str, first: date, last: date) -> Select[*tuple[Any, ...]]:
    days = _answer.day.between(first, last)
    return query.join(Unit, orm.col(Unit.id) == _answer.unit_id).where(on_or_below(path), days, *_FIRST)


def _totals(rows: Iterable[Any]) -> list[Total]:
    return [Total(key=key, right=int(right), asked=asked, people=people) for key, right, asked, people in rows]


def _between(persons: Collection[int], since: date, until: date) -> Select[*tuple[Any, ...]]:
    return _given.where(_answer.person_id.in_(persons), _answer.day.between(since, until))


def _by_person(turn: Reader, query: Select[*tuple[Any, ...]]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for row in core(turn).execute(query):
        given = Given(*row)
        found[given.person].append(given)
    return dict(found)
