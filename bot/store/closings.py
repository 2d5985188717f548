"""Days on which a unit, and everything below it, does not open."""

from datetime import date

from sqlmodel import col, select

from bot.store.tables import Closing
from bot.store.turn import Reader, Turn
from bot.store.units import ids


def days(turn: Reader, path: str) -> frozenset[date]:
    """The closed days of the unit with this path: its own and those of every unit above it."""
    return frozenset(turn.session.exec(select(col(Closing.day)).where(col(Closing.unit_id).in_(ids(path)))))


def close(turn: Turn, unit_id: int, day: date, reason: str = "") -> bool:
    """The unit does not open that day. False if that was known."""
    return turn.insert_once(Closing(unit_id=unit_id, day=day, reason=reason))
