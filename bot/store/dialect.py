"""Core statements inside a Turn, and where both databases differ: an insert that gives way to a row already there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

T = TypeVar("T")
MOST_NAMED = 10_000
"""So many values may be named in one statement."""


class Working(Protocol):
    """A Turn or a Look."""

    @property
    def session(self) -> Session: ...


def core(turn: Working) -> Connection:
    """The Turn's transaction for Core statements, with its pending rows written before them."""
    turn.session.flush()
    return turn.session.connection()


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row class, for Core statements."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel does not say it has one
    return table


@dataclass(frozen=True, slots=True)
class Upsert:
    """The same insert for both databases, built once."""

    by_dialect: dict[str, Executable]

    def run(self, turn: Working, values: dict[str, Any] | list[dict[str, Any]]) -> CursorResult[Any]:
        """Run it in the Turn's transaction."""
        connection = core(turn)
        return connection.execute(self.by_dialect[connection.dialect.name], values)


@cache
def insert_or_leave(row: type[SQLModel]) -> Upsert:
    """Insert and return the id; where any unique key exists already, leave that row and return nothing."""
    table = table_of(row)
    lite = sqlite.insert(table).on_conflict_do_nothing().returning(table.c.id)
    server = postgresql.insert(table).on_conflict_do_nothing().returning(table.c.id)
    return Upsert({"sqlite": lite, "postgresql": server})


def insert_or_update(row: type[SQLModel], key: Sequence[str], updated: Sequence[str]) -> Upsert:
    """Insert; where the key exists already, give these columns of that row the new values."""
    lite, server = sqlite.insert(table_of(row)), postgresql.insert(table_of(row))
    lite = lite.on_conflict_do_update(index_elements=key, set_={c: lite.excluded[c] for c in updated})
    server = server.on_conflict_do_update(index_elements=key, set_={c: server.excluded[c] for c in updated})
    return Upsert({"sqlite": lite, "postgresql": server})


def holding(column: ColumnElement[Any], which: ColumnElement[bool]) -> Select[Any]:
    """A statement for `hold`."""
    return select(column).where(which).with_for_update(key_share=True)


def hold(turn: Working, statement: Select[Any], which: dict[str, Any]) -> None:
    """Nobody else's Turn changes these rows until this one ends; what is read after this is how they are now.

    Only a server has several Turns at once. It has to be a statement of its own: a join that waits for the lock would
    still show everything else as it was before the wait."""
    connection = core(turn)
    if connection.dialect.name == "postgresql":
        connection.execute(statement, which)


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as a statement may name."""
    return (values[at : at + MOST_NAMED] for at in range(0, len(values), MOST_NAMED))
