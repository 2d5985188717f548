"""What only the server database can do to us: deadlocks, lost connections, an end without warning."""

import asyncio
import threading
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot.store import Reader, Store, StoreTrouble, Turn, crew, units
from bot.store.tables import Unit
from tests.fixtures.postgres import Postgres
from tests.store.conftest import Clock, a_store

pytestmark = pytest.mark.postgres


@pytest.fixture
async def grown(postgres_url: str, clock: Clock) -> AsyncIterator[Store]:
    async with a_store(postgres_url, clock, clock) as store:
        yield store


def raw(turn: Reader, statement: str) -> object:
    return turn.session.connection().exec_driver_sql(statement).scalar()


def names(turn: Reader) -> set[str]:
    return set(turn.session.exec(select(col(Unit.name))))


async def test_a_deadlock_is_resolved_by_trying_again(grown: Store) -> None:
    one = await grown.do(units.add, "一")
    two = await grown.do(units.add, "二")
    met = threading.Barrier(2)
    tries = []

    def raise_level(turn: Turn, unit: int) -> None:
        turn.session.connection().execute(text("update unit set level = level + 1 where id = :unit"), {"unit": unit})

    def crosswise(turn: Turn, first: int, second: int) -> None:
        tries.append(first)
        raise_level(turn, first)
        if len(tries) <= 2:
            met.wait(5)
        raise_level(turn, second)

    a, b = one.id or 0, two.id or 0
    await asyncio.gather(grown.do(crosswise, a, b), grown.do(crosswise, b, a))
    assert len(tries) == 3
    assert [(await grown.look(units.get, unit)).level for unit in (a, b)] == [3, 3]


async def test_a_lost_connection_is_made_again_and_the_turn_too(grown: Store) -> None:
    tries = []

    def cut_once(turn: Turn) -> str:
        tries.append(1)
        units.add(turn, f"{len(tries)}")
        if len(tries) == 1:
            raw(turn, "select pg_terminate_backend(pg_backend_pid())")
        return "done"

    assert await grown.do(cut_once) == "done"
    assert await grown.look(names) == {"2"}


async def test_idle_connections_that_were_cut_are_noticed(grown: Store, postgres_url: str) -> None:
    await asyncio.gather(*(grown.do(units.add, f"{n}") for n in range(8)))
    await asyncio.gather(*(grown.look(names) for _ in range(8)))
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid()"
        )
    said = await asyncio.gather(*(grown.do(units.add, f"new {n}") for n in range(8)))
    assert len(said) == 8
    assert len(await grown.look(names)) == 16


async def test_after_three_tries_the_caller_hears_a_clear_sentence(
    grown: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LONG_PAUSES", (0.01, 0.01))
    tries = []

    def always_cut(turn: Turn) -> None:
        tries.append(1)
        units.add(turn, "一")
        raw(turn, "select pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StoreTrouble, match=r"could not do this: .*Nothing was written; try again"):
        await grown.do(always_cut)
    assert len(tries) == 3
    assert await grown.look(names) == set()


async def test_a_mistake_is_not_tried_again(grown: Store) -> None:
    tries = []

    def mistake(turn: Turn) -> None:
        tries.append(1)
        raw(turn, "select nothing from nowhere")

    with pytest.raises(DBAPIError, match="nowhere"):
        await grown.do(mistake)
    assert len(tries) == 1


async def test_a_database_that_goes_away_is_a_clear_sentence(
    postgres: Postgres, postgres_url: str, grown: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LONG_PAUSES", (0.01, 0.01))
    await grown.do(units.add, "一")
    postgres.drop(postgres_url)
    with pytest.raises(StoreTrouble, match="could not do this"):
        await grown.do(units.add, "二")
    with pytest.raises(StoreTrouble, match="could not do this"):
        await grown.look(names)
