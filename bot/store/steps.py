"""Steps of a unit's day that have been taken, each once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import col, select

from bot.store.dialect import insert_or_leave
from bot.store.tables import StepDone
from bot.store.turn import Reader, Turn

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


def skipped(turn: Reader, unit_id: int, day: date) -> frozenset[str]:
    """The steps whose window went by while nobody was awake."""
    query = select(col(StepDone.step)).where(StepDone.unit_id == unit_id, StepDone.day == day, col(StepDone.skipped))
    return frozenset(turn.session.exec(query))


def mark_done(turn: Turn, unit_id: int, day: date, step: str, *, skipped: bool = False) -> bool:
    """Take a step for this Turn. False if somebody took it, whose end this waits for: then leave it to them."""
    row = {"unit_id": unit_id, "day": day, "step": step, "at": turn.now, "skipped": skipped}
    return _mark.run(turn, row).first() is not None
