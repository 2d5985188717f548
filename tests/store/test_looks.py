import asyncio
import threading
from time import monotonic

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot.store import Look, Reader, Store, StoreTrouble, Turn, people, units
from bot.store.tables import Unit
from tests.store.cast import the_cast


def names(turn: Reader) -> list[str]:
    return list(turn.session.exec(select(col(Unit.name)).order_by(col(Unit.id))))


async def test_a_look_does_not_wait_behind_a_long_writer_and_does_not_see_what_is_not_committed(store: Store) -> None:
    written, go_on = threading.Event(), threading.Event()

    def long(turn: Turn) -> None:
        units.add(turn, "总行")
        written.set()
        go_on.wait(10)

    writing = asyncio.create_task(store.do(long))
    await asyncio.to_thread(written.wait, 10)
    begun = monotonic()
    seen = await asyncio.gather(*(store.look(names) for _ in range(20)))
    assert monotonic() - begun < 2
    assert seen == [[]] * 20
    go_on.set()
    await writing
    assert await store.look(names) == ["总行"]


async def test_a_look_is_one_snapshot(store: Store) -> None:
    await store.do(units.add, "总行")
    read, go_on = threading.Event(), threading.Event()

    def twice(look: Look) -> tuple[list[str], list[str]]:
        before = names(look)
        read.set()
        go_on.wait(10)
        return before, names(look)

    looking = asyncio.create_task(store.look(twice))
    await asyncio.to_thread(read.wait, 10)
    await store.do(units.add, "分行")
    go_on.set()
    assert await looking == (["总行"], ["总行"])


async def test_a_look_cannot_write(store: Store) -> None:
    cast = await store.do(the_cast)

    def add(look: Look) -> None:
        look.session.add(Unit(path="/9/", name="偷偷", level=1))

    def change(look: Look) -> None:
        people.get(look, cast.wang).name = "王方"

    def flush(look: Look) -> None:
        add(look)
        look.session.flush()

    for quiet in (add, change):
        with pytest.raises(RuntimeError, match="does not write"):
            await store.look(quiet)
    with pytest.raises((DBAPIError, StoreTrouble), match=r"(?i)read-?only"):
        await store.look(flush)
    assert "偷偷" not in await store.look(names)
    assert (await store.look(people.get, cast.wang)).name == "王芳"


async def test_what_a_look_raises_reaches_its_caller(store: Store) -> None:
    with pytest.raises(LookupError, match="no unit 5"):
        await store.look(units.get, 5)
