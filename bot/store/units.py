"""The tree of units. Everything below a unit is one range of paths: /1/29/ up to, not including, /1/290."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import col, select

from bot.store.tables import Unit
from bot.store.turn import Reader, Turn

BRANCH = 5
"""The level of a branch; the head office is 1."""
_one = select(Unit).where(col(Unit.id) == bindparam("unit"))


def find(turn: Reader, unit_id: int) -> Unit | None:
    """A unit, if there is one."""
    return turn.session.get(Unit, unit_id)


def get(turn: Reader, unit_id: int) -> Unit:
    """A unit that is known to exist. Raises LookupError if it does not."""
    unit = find(turn, unit_id)
    if unit is None:
        raise LookupError(f"no unit {unit_id}")
    return unit


def add(turn: Turn, name: str, parent: Unit | None = None, *, timezone: str = "") -> Unit:
    """A new unit below another (or the head office). Its path ends with its own id, so it is written twice."""
    unit = Unit(
        parent_id=None if parent is None else parent.id,
        path=f"?{name}"[:120],
        name=name,
        level=1 if parent is None else parent.level + 1,
        timezone=timezone or (parent.timezone if parent is not None else "Asia/Shanghai"),
    )
    turn.session.add(unit)
    turn.session.flush()
    unit.path = f"{'/' if parent is None else parent.path}{unit.id}/"
    turn.session.flush()
    return unit


def children(turn: Reader, unit_id: int) -> Sequence[Unit]:
    """The units directly below."""
    return turn.session.exec(select(Unit).where(Unit.parent_id == unit_id).order_by(col(Unit.id))).all()


def branches(turn: Reader, path: str) -> Sequence[Unit]:
    """The branches on or below a path, in the order of their paths."""
    query = select(Unit).where(on_or_below(path), col(Unit.level) == BRANCH)
    return turn.session.exec(query.order_by(col(Unit.path))).all()


def branches_called(turn: Reader, path: str, name: str, most: int) -> Sequence[Unit]:
    """The same, but only those whose name has these words in it, and not more than so many."""
    query = select(Unit).where(
        on_or_below(path), col(Unit.level) == BRANCH, col(Unit.name).contains(name, autoescape=True)
    )
    return turn.session.exec(query.order_by(col(Unit.path)).limit(most)).all()


def below(turn: Reader, path: str) -> Sequence[Unit]:
    """The unit with this path and everything below it, in the order of their paths."""
    return turn.session.exec(select(Unit).where(on_or_below(path)).order_by(col(Unit.path))).all()


def hold(turn: Turn) -> None:
    """Whoever changes the tree waits here for whoever is changing it."""
    turn.session.exec(select(Unit.id).where(col(Unit.parent_id).is_(None)).with_for_update()).all()


def ids(path: str) -> list[int]:
    """The ids in a path, the head office's first and the unit's own last."""
    return [int(part) for part in path.strip("/").split("/")]


def chain(turn: Reader, unit: Unit) -> tuple[str, ...]:
    """The unit's names, from the head office's down to its own."""
    return tuple(get(turn, unit_id).name for unit_id in ids(unit.path))


def on_or_below(path: str) -> ColumnElement[bool]:
    """The condition that a unit lies on or below a path: a range, because 0 follows / and the column sorts by bytes."""
    if not path.endswith("/"):
        raise ValueError(f"a path ends with a slash: {path!r}")
    return (col(Unit.path) >= path) & (col(Unit.path) < f"{path[:-1]}0")
