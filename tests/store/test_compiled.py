"""What one store has compiled, the next one knows."""

import pytest
from sqlalchemy.exc import OperationalError

from bot.store import Store, compiled, units
from bot.store.address import read_address
from bot.store.connect import reading, writing
from tests.store.conftest import Clock, a_store


def ours() -> set[object]:
    """What is compiled, but for Alembic's question, which is another one each time."""
    return {key for key, made in compiled.COMPILED.items() if "alembic" not in str(made)}


async def work(store: Store) -> None:
    await store.do(units.add, "总行")
    assert list(await store.look(units.branches, "/")) == []


async def test_a_store_that_is_opened_again_compiles_nothing_anew(url: str, clock: Clock) -> None:
    async with a_store(url, clock, clock) as first:
        await work(first)
    known = ours()
    async with a_store(url, clock, clock, "two") as second:
        await work(second)
    assert not ours() - known, "what has been forgotten for want of room is not missed"


def test_who_reads_and_who_writes_speak_one_dialect_of_a_server_that_was_reached(url: str) -> None:
    address = read_address(url)
    engine = writing(address, 1)
    engine.connect().close()
    engine.dispose()
    assert reading(address, 1).dialect is writing(address, 1).dialect


@pytest.mark.postgres
def test_a_server_that_was_not_reached_has_taught_nothing() -> None:
    address = read_address("postgresql://nobody@127.0.0.1:1/nothing")
    first = reading(address, 1)
    with pytest.raises(OperationalError):
        first.connect()
    first.dispose()
    assert reading(address, 1).dialect is not first.dialect
