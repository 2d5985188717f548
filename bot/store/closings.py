"""Days on which a unit, and everything below it, does not open, or opens without a drill (停课)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

from sqlalchemy import Update, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.store.dialect import core, table_of
from bot.store.tables import Closing, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import ids, on_or_below

Kind = Literal["closed", "no-drill"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_REASON = 100
_holds = col(Closing.lifted_at).is_(None)


def days(turn: Reader, path: str) -> frozenset[date]:
    """The days without a drill of the unit with this path: its own and those of every unit above it."""
    held = select(col(Closing.day)).where(col(Closing.unit_id).in_(ids(path)), _holds)
    return frozenset(turn.session.exec(held))


def by_unit(turn: Reader, first: date, last: date) -> dict[int, set[date]]:
    """What every unit has itself said of the days between two; those that said nothing are left out."""
    found: dict[int, set[date]] = defaultdict(set)
    query = select(col(Closing.unit_id), col(Closing.day)).where(col(Closing.day).between(first, last), _holds)
    for unit_id, day in turn.session.exec(query):
        found[unit_id].add(day)
    return dict(found)


def of_day(turn: Reader, path: str, day: date) -> Closing | None:
    """Why the unit with this path holds no drill that day; said by the highest unit, if several did."""
    query = _over(path).where(Closing.day == day)
    return turn.session.exec(query).first()


def ahead(turn: Reader, path: str, since: date) -> Sequence[Closing]:
    """The days without a drill from a day on, the unit's own and those of units above it, the first day first."""
    return turn.session.exec(_over(path).where(col(Closing.day) >= since)).all()


def _over(path: str) -> SelectOfScalar[Closing]:
    query = select(Closing).join(Unit, col(Unit.id) == col(Closing.unit_id)).where(col(Closing.unit_id).in_(ids(path)))
    query = query.where(_holds).order_by(col(Closing.day), col(Unit.level))
    return query.execution_options(populate_existing=True)  # an earlier word of this Turn may be known as it was


def below(turn: Reader, path: str, day: date) -> list[tuple[Closing, Unit]]:
    """What was closed that day below the unit with this path, in the order of the tree."""
    query = select(Closing, Unit).join(Unit, col(Unit.id) == col(Closing.unit_id))
    query = query.where(on_or_below(path), Closing.day == day, _holds).order_by(col(Unit.path))
    return list(turn.session.exec(query))


def between(turn: Reader, path: str, first: date, last: date) -> list[tuple[date, str]]:
    """Every closing between two days that touches a unit or something below it: the day, and the path of the unit that
    said it."""
    query = select(col(Closing.day), col(Unit.path)).join(Unit, col(Unit.id) == col(Closing.unit_id))
    touches = on_or_below(path) | col(Closing.unit_id).in_(ids(path))
    return list(turn.session.exec(query.where(touches, col(Closing.day).between(first, last), _holds)))


def close(turn: Turn, unit_id: int, day: date, reason: str = "", kind: Kind = "closed", by: int | None = None) -> bool:
    """The unit holds no drill that day; a day that was lifted is closed anew. False if it is closed already."""
    reason = reason[:LONGEST_REASON]
    row = Closing(unit_id=unit_id, day=day, reason=reason, kind=kind, by_id=by, said_at=turn.now)
    if turn.insert_once(row):
        return True
    again = _this(unit_id, day).where(col(Closing.lifted_at).is_not(None))
    again = again.values(reason=reason, kind=kind, by_id=by, said_at=turn.now, lifted_at=None)
    return core(turn).execute(again).rowcount == 1


def lift(turn: Turn, unit_id: int, day: date) -> bool:
    """The unit's own closing of a day no longer counts. False if there is none."""
    return core(turn).execute(_this(unit_id, day).where(_holds).values(lifted_at=turn.now)).rowcount == 1


def _this(unit_id: int, day: date) -> Update:
    return update(table_of(Closing)).where(col(Closing.unit_id) == unit_id, col(Closing.day) == day)
