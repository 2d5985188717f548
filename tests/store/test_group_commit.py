"""The embedded database's writer thread: many Turns to a commit, and what happens when SQLite lets us down."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot.store import Reader, Store, StoreTrouble, Turn, connect, units
from bot.store.tables import Closing, Unit
from tests.store.cast import TODAY
from tests.store.conftest import Clock, a_store

ENDS_IT = "insert or rollback into unit select * from unit limit 1"  # as a full disk would, only sooner


Verb = Callable[[Turn], str | None]


class Oops(Exception):
    pass


@pytest.fixture
async def lone(sqlite_url: str, clock: Clock) -> AsyncIterator[Store]:
    async with a_store(sqlite_url, clock, clock) as store:
        yield store


def names(turn: Reader) -> set[str]:
    return set(turn.session.exec(select(col(Unit.name))))


def raw(turn: Turn, statement: str) -> None:
    turn.session.connection().exec_driver_sql(statement)


async def together(store: Store, *verbs: Verb) -> list[object]:
    """Run verbs in one batch: the first holds the writer until all the others wait."""
    hold = asyncio.get_running_loop().create_future()
    loop = asyncio.get_running_loop()

    def wait(_: Turn) -> None:
        asyncio.run_coroutine_threadsafe(_until(hold), loop).result()

    first = asyncio.create_task(store.do(wait))
    rest = [asyncio.create_task(store.do(verb)) for verb in verbs]
    await asyncio.sleep(0.05)
    hold.set_result(None)
    await asyncio.gather(first, return_exceptions=True)
    return list(await asyncio.gather(*rest, return_exceptions=True))


async def _until(future: asyncio.Future[None]) -> None:
    await future


def adding(name: str, error: BaseException | None = None) -> Verb:
    def verb(turn: Turn) -> str:
        units.add(turn, name)
        if error is not None:
            raise error
        return name

    return verb


async def test_many_turns_share_a_commit(lone: Store, sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    said = await together(lone, *(adding(f"{n}") for n in range(60)))
    assert said == [f"{n}" for n in range(60)]
    one_each = len((path.parent / f"{path.name}-wal").read_bytes())
    assert one_each < 60 * 4096  # sixty commits would write far more pages than this


async def test_a_turn_that_fails_takes_nobody_with_it(lone: Store) -> None:
    said = await together(lone, adding("甲"), adding("乙", Oops()), adding("丙"), adding("丁", SystemExit()))
    assert said[0] == "甲"
    assert isinstance(said[1], Oops)
    assert said[2] == "丙"
    assert isinstance(said[3], RuntimeError)
    assert await lone.look(names) == {"甲", "丙"}


@pytest.mark.no_cover
async def test_many_turns_with_failures_and_people_leaving(lone: Store, thorough: bool) -> None:
    turns = 3000 if thorough else 900
    dice = Random(3)
    heard: dict[str, bool] = {}

    async def one(n: int) -> None:
        fate = dice.random()
        name = f"{n}"
        if fate < 0.7:
            verb = adding(name)
        elif fate < 0.85:
            verb = adding(name, Oops())
        elif fate < 0.9:
            verb = adding(name, KeyboardInterrupt())
        elif fate < 0.95:
            verb = _poison(name, ENDS_IT)
        else:
            verb = _poison(name, "insert into unit (id) values (1)")
        task = asyncio.create_task(lone.do(verb))
        if dice.random() < 0.1:
            await asyncio.sleep(dice.random() / 100)
            task.cancel()
        try:
            await task
            heard[name] = True
        except asyncio.CancelledError:
            pass  # it may have been kept or not
        except (Oops, RuntimeError, DBAPIError):
            heard[name] = False

    for start in range(0, turns, 150):
        await asyncio.gather(*(one(n) for n in range(start, start + 150)))
    kept = await lone.look(names)
    assert {name for name, well in heard.items() if well} - kept == set(), "lost"
    assert {name for name, well in heard.items() if not well} & kept == set(), "leaked"
    assert sum(heard.values()) > turns * 0.57


def _poison(name: str, statement: str) -> Verb:
    def verb(turn: Turn) -> str:
        units.add(turn, name)
        raw(turn, statement)
        return name

    return verb


@pytest.mark.parametrize("swallow", [False, True])
async def test_a_transaction_sqlite_ended_by_itself_costs_only_its_cause(lone: Store, swallow: bool) -> None:
    """The trap: the next savepoint would open a transaction of its own, and the others' COMMIT would do nothing."""
    tries = []

    def ends_it(turn: Turn) -> None:
        tries.append(1)
        units.add(turn, "坏")
        if not swallow:
            raw(turn, ENDS_IT)
        with suppress(DBAPIError):
            raw(turn, ENDS_IT)
        units.add(turn, "更坏")

    said = await together(lone, adding("甲"), ends_it, adding("乙"))
    assert said[0] == "甲"
    assert said[2] == "乙"
    assert isinstance(said[1], Exception)
    assert await lone.look(names) == {"甲", "乙"}
    assert len(tries) == 2, "once with the others, once alone"


async def test_a_turn_that_hides_the_rollback_cannot_commit_by_accident(lone: Store) -> None:
    def hides_it(turn: Turn) -> str:
        units.add(turn, "坏")
        raw(turn, "ROLLBACK")
        raw(turn, "BEGIN IMMEDIATE")
        return "well"

    said = await together(lone, adding("甲"), hides_it)
    assert said[0] == "甲"
    assert isinstance(said[1], Exception)
    assert await lone.look(names) == {"甲"}


async def test_a_full_disk_is_told_and_nothing_is_half_kept(lone: Store) -> None:
    await lone.do(adding("先"))

    def fill(turn: Turn) -> None:
        pages = turn.session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        raw(turn, f"PRAGMA max_page_count={pages}")
        for n in range(200):
            turn.session.add(Unit(path=f"/9/{n}/", name="满" * 60, level=1))
        turn.session.flush()

    said = await together(lone, adding("甲"), fill, adding("乙"))
    assert said[0] == "甲"
    assert said[2] == "乙"
    assert isinstance(said[1], StoreTrouble)
    assert "full" in str(said[1])
    assert "try again" in str(said[1])
    assert await lone.look(names) == {"先", "甲", "乙"}


async def test_a_commit_that_fails_is_told_to_everybody_in_it(lone: Store) -> None:
    def breaks_the_commit(turn: Turn) -> str:
        raw(turn, "PRAGMA defer_foreign_keys=ON")
        turn.session.add(Closing(unit_id=999, day=TODAY))
        return "well"

    said = await together(lone, adding("甲"), breaks_the_commit, adding("乙"))
    assert all(isinstance(one, StoreTrouble) for one in said), said
    assert await lone.look(names) == set()
    assert await lone.do(adding("丙")) == "丙"


async def test_another_process_that_writes_is_waited_for(lone: Store, sqlite_url: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(lone.do(units.add, "甲"))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        other.execute("COMMIT")
        assert (await waiting).name == "甲"
    other.close()


async def test_a_database_that_stays_busy_is_a_clear_sentence(
    sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.1)
    async with a_store(sqlite_url, clock, clock) as store:
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreTrouble, match=r"locked.*try again"):
                await store.do(units.add, "甲")
            other.execute("ROLLBACK")
        other.close()
        assert (await store.do(units.add, "乙")).name == "乙"


KILLED = """
import asyncio, sys
from tests.store.conftest import Clock, a_store
from bot.store import units

async def main():
    async with a_store(sys.argv[1], Clock(), Clock()) as store:
        async def one(start):
            for n in range(start, 100000, 8):
                await store.do(units.add, f"{n}")
                print(n, flush=True)
        await asyncio.gather(*(one(start) for start in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("after", [3, 40, 150])
def test_kill_9_loses_nothing_that_was_acknowledged(url: str, clock: Clock, after: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", KILLED, url], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = {writer.stdout.readline().strip() for _ in range(after)}
    writer.kill()
    acknowledged |= set(writer.stdout.read().splitlines(keepends=False)) - {""}
    writer.stdout.close()
    writer.wait()

    async def kept() -> set[str]:
        async with a_store(url, clock, clock) as store:
            return await store.look(names)

    complete = {n for n in acknowledged if n.isdigit()}
    assert complete - asyncio.run(kept()) == set()
    assert len(complete) >= after


async def test_the_database_is_durable(lone: Store) -> None:
    def settings(turn: Turn) -> list[object]:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [turn.session.connection().execute(text(f"PRAGMA {one}")).scalar() for one in asked]

    assert await lone.do(settings) == ["wal", 2, 1, 10_000]
