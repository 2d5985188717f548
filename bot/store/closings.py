"""Days on which a unit, and everything below it, does not open, or opens without a drill (停课)."""

from datetime import date
from typing import Literal

from sqlmodel import col, select

from bot.store.tables import Closing
from bot.store.turn import Reader, Turn
from bot.store.units import ids

Kind = Literal["closed", "no-drill"]


def days(turn: Reader, path: str) -> frozenset[date]:
    """The days without a drill of the unit with this path: its own and those of every unit above it."""
    held = select(col(Closing.day)).where(col(Closing.unit_id).in_(ids(path)), col(Closing.lifted_at).is_(None))
    return frozenset(turn.session.exec(held))


def close(turn: Turn, unit_id: int, day: date, reason: str = "", kind: Kind = "closed") -> bool:
    """The unit holds no drill that day. False if that was known."""
    return turn.insert_once(Closing(unit_id=unit_id, day=day, reason=reason, kind=kind))
