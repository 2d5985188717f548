"""The bank of the stories, on both databases: `branch` at seven in the morning, `day` with the questions sent,
`proposed` on the day of a second miss."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time

import pytest

from bot.rehearsal.channel import NAME
from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Plan, build
from bot.store.migrate import migrate
from tests.cast import PLAN
from tests.stories.bank import MONDAY, ZONE, Bank, Phones
from tests.stories.edition import Body, body, publish
from tests.stories.on_wecom import WeComPhones, wecom
from tests.stories.shelf import Shelf, in_memory

COUNTING = "当面清点"


@asynccontextmanager
async def a_bank(
    url: str, *, day: date = MONDAY, edition: Body | None = None, plan: Plan = PLAN
) -> AsyncIterator[Bank]:
    """A bank at seven in the morning, its schema made by the real migrations."""
    migrate(url)
    bank = Bank(url, Clock(datetime.combine(day, time(7), ZONE)))
    await bank.store.start()
    try:
        await bank.store.do(publish, edition or body())
        bank.town = await bank.store.do(build, plan, channel=NAME, joined=date(2026, 1, 1))
        yield bank
    finally:
        await bank.store.close()


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    """Banks lived through once on each database, to be copied."""
    with in_memory() as folder:
        yield Shelf(folder, lambda: request.getfixturevalue("postgres"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: each story is told on both."""
    return str(request.param)


@pytest.fixture
async def branch(shelf: Shelf, kind: str) -> AsyncIterator[Bank]:
    """Monday 23 November 2026, 07:00: nobody has been sent anything yet."""
    async with standing(shelf, kind, "branch") as bank:
        yield bank


@pytest.fixture
async def day(shelf: Shelf, kind: str) -> AsyncIterator[Bank]:
    """The same at 08:03: everybody has their five questions."""
    async with standing(shelf, kind, "day") as bank:
        yield bank


@pytest.fixture
async def proposed(shelf: Shelf, kind: str) -> AsyncIterator[Bank]:
    """Tuesday 09:00: 王芳 has missed the same critical item twice, and 赵敏 has the proposal before her."""
    async with standing(shelf, kind, "proposed") as bank:
        yield bank


@pytest.fixture(autouse=True)
def nothing_failed_unseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A step that fails is logged and tried again; no story may pass over it."""
    yield
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


@asynccontextmanager
async def standing(shelf: Shelf, kind: str, name: str, phones: Callable[..., Phones] = Phones) -> AsyncIterator[Bank]:
    """A bank of one's own as it stood there; the first time, lived through up to there."""
    if kind == "wecom":
        async with wecom() as line, standing(shelf, "postgres", name, WeComPhones) as bank:
            assert isinstance(bank.channel, WeComPhones)
            bank.channel.join(*line)
            await bank.channel.show_again()
            yield bank
        return
    key = f"{name} on {kind}"
    if key not in shelf.kept:
        async with a_bank(shelf.fresh(kind)) if name == "branch" else standing(shelf, kind, "branch") as first:
            await LIVED[name](first)
            await shelf.put(key, first)
    async with shelf.take(key, phones=phones) as bank:
        yield bank


async def nothing_yet(branch: Bank) -> None:
    """Seven in the morning."""


async def the_push(branch: Bank) -> None:
    """08:03."""
    await branch.at("08:03")


async def a_second_miss(branch: Bank) -> None:
    """Monday and Tuesday 王芳 misses the same critical item; the others miss nothing."""
    for day in ("11-23", "11-24"):
        await branch.at(f"{day} 08:03")
        await branch.王芳.starts(misses=COUNTING)
        await branch.answer_all("李强", "孙丽")
        await branch.at("09:00")
        if day == "11-23":
            await branch.王芳.taps("再答一题")
            await branch.王芳.answers()


LIVED = {"branch": nothing_yet, "day": the_push, "proposed": a_second_miss}
