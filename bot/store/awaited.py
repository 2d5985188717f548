"""What a person's next free text answers: a row, not a guess."""

from datetime import timedelta

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from bot.store.dialect import core, insert_or_update, table_of
from bot.store.tables import Awaited
from bot.store.tables.types import Utc
from bot.store.turn import Reader, Turn

_expect = insert_or_update(Awaited, ["person_id"], ["data", "at"])
_clear = delete(table_of(Awaited)).where(col(Awaited.person_id) == bindparam("person"))
REMEMBERED = timedelta(hours=12)
"""A text so much later answers nothing: it is another day."""
_of = select(col(Awaited.data)).where(
    col(Awaited.person_id) == bindparam("person"), col(Awaited.at) > bindparam("since", type_=Utc)
)


def expect(turn: Turn, person_id: int, data: str) -> None:
    """The next text answers this: a verb and its argument, as a button would carry it. It replaces what was awaited."""
    _expect.run(turn, {"person_id": person_id, "data": data, "at": turn.now})


def of(turn: Reader, person_id: int) -> str | None:
    """What is awaited of somebody."""
    return turn.session.exec(_of, params={"person": person_id, "since": turn.now - REMEMBERED}).first()


def clear(turn: Turn, person_id: int) -> None:
    """Nothing is awaited any more."""
    core(turn).execute(_clear, {"person": person_id})
