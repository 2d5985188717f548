"""Steps of a unit's day that have been taken, each once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import col, select

from bot.store.dialect import insert_or_leave
from bot.store.tables import StepDone, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below

_mark = insert_or_leave(StepDone)


def done(turn: Reader, unit_id: int, day: date) -> frozenset[str]:
    """The steps of a unit's day that need not be taken any more."""
    return done_by_unit(turn, [unit_id], day).get(unit_id, frozenset())


def done_by_unit(turn: Reader, unit_ids: Collection[int], day: date) -> dict[int, frozenset[str]]:
    """The same for several units; those without any are left out."""
    query = select(col(StepDone.unit_id), col(StepDone.step)).where(
        col(StepDone.unit_id).in_(unit_ids), col(StepDone.day) == day
    )
    found: dict[int, set[str]] = defaultdict(set)
    for unit_id, step in turn.session.exec(query):
        found[unit_id].add(step)
    return {unit_id: frozenset(steps) for unit_id, steps in found.items()}


def of_every_unit(turn: Reader, first: date, last: date) -> dict[tuple[int, date], set[str]]:
    """The same for all units and the days between two."""
    query = select(col(StepDone.unit_id), col(StepDone.day), col(StepDone.step))
    found: dict[tuple[int, date], set[str]] = defaultdict(set)
    for unit_id, day, step in turn.session.exec(query.where(col(StepDone.day).between(first, last))):
        found[unit_id, day].add(step)
    return dict(found)


def skipped(turn: Reader, unit_id: int, day: date) -> frozenset[str]:
    """The steps whose window went by while nobody was awake."""
    query = select(col(StepDone.step)).where(StepDone.unit_id == unit_id, StepDone.day == day, col(StepDone.skipped))
    return frozenset(turn.session.exec(query))


def days_below(turn: Reader, path: str, step: str, first: date, last: date) -> dict[int, set[date]]:
    """The days between two on which each unit on or below a path took a step; those that never did are left out."""
    query = select(col(StepDone.unit_id), col(StepDone.day)).join(Unit, col(Unit.id) == col(StepDone.unit_id))
    query = query.where(on_or_below(path), StepDone.step == step, col(StepDone.skipped).is_(False))
    found: dict[int, set[date]] = defaultdict(set)
    for unit_id, day in turn.session.exec(query.where(col(StepDone.day).between(first, last))):
        found[unit_id].add(day)
    return dict(found)


def mark_done(turn: Turn, unit_id: int, day: date, step: str, *, skipped: bool = False) -> bool:
    """Take a step for this Turn. False if somebody took it, whose end this waits for: then leave it to them."""
    row = {"unit_id": unit_id, "day": day, "step": step, "at": turn.now, "skipped": skipped}
    return _mark.run(turn, row).first() is not None
