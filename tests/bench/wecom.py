"""A push by WeCom's app: `python -m tests.bench wecom`.

The real program (store, steps, courier, channel) speaks real HTTP to a fake WeCom that enforces WeCom's limits."""

import argparse
import asyncio
import tempfile
import time as timer
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from bot.lines import said_in
from bot.rehearsal.town import Town, build, plain
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.views import catalogue
from bot.wecom.start import wecom_edge
from tests.bench.push import LONG_DEAD, MORNING, START, running
from tests.fakes.wecom import WeComFake, vectors
from tests.fakes.wecom.calls import Call
from tests.stories.edition import body, publish
from tests.wecom.conftest import KEYS
from tests.wecom.door import DOOR

STAFF = 20
"""People with questions in a branch."""


@dataclass(slots=True)
class Bank:
    """A bank on a fake WeCom, at the minute of the push."""

    url: str
    fake: WeComFake
    town: Town
    store: Store
    began: float = field(default_factory=timer.monotonic)
    _processes: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def staff(self) -> list[str]:
        """Everybody who is to hear something, by userid."""
        return [str(self.town.people[cast.name]) for cast in self.town.plan.cast if cast.post]

    @property
    def pushes(self) -> list[Call]:
        """The calls that brought the push."""
        return [call for call in self.fake.called("message/send") if START in str(call.body.get("template_card"))]

    @property
    def seen(self) -> Counter[str]:
        """How many pushes each person sees on their phone."""
        phones = {userid: self.fake.user(userid) for userid in self.staff}
        return Counter({who: sum(START in one.buttons for one in phone.messages) for who, phone in phones.items()})

    @asynccontextmanager
    async def program(self) -> AsyncIterator["asyncio.Task[None]"]:
        """The program runs. At the end it is stopped in good order, unless its task was cancelled before."""
        number = next(self._processes)
        started = datetime(2026, 11, 23, tzinfo=UTC) + LONG_DEAD * number
        words = catalogue()

        def passed() -> timedelta:
            return timedelta(seconds=timer.monotonic() - self.began)

        def clock() -> datetime:
            return MORNING + passed()

        def wall() -> datetime:
            return started + passed()

        said = said_in(words["zh-CN"])
        async with (
            Store(self.url, clock=clock, wall=wall, words=words, process=f"process-{number}") as store,
            wecom_edge(KEYS, DOOR, self.fake.url, said, dice=Random(number), clock=clock) as edge,
            running(store, edge) as task,
        ):
            yield task

    async def until_told(self, people: int) -> None:
        """Wait until so many see a push."""
        async with asyncio.timeout(300):
            while sum(map(bool, self.seen.values())) < people:  # noqa: ASYNC110 -- nobody rings when all have it
                await asyncio.sleep(0.05)


@asynccontextmanager
async def opened(folder: Path, people: int) -> AsyncIterator[Bank]:
    """A bank of so many people, twenty to a branch, all in the app's visible range."""
    url = f"sqlite:///{folder / 'push.db'}"
    await asyncio.to_thread(migrate, url)
    async with (
        WeComFake() as fake,
        Store(url, clock=lambda: MORNING, wall=lambda: MORNING, words=catalogue(), process="founder") as store,
    ):
        await store.do(publish, _of_two_years())
        town = await store.do(build, plain(people // STAFF, STAFF), channel="wecom", joined=date(2026, 1, 1))
        for name, number in town.people.items():
            fake.user(str(number), name)
        fake.point_callback("http://127.0.0.1:1/nobody", vectors.TOKEN, vectors.AES_KEY)
        yield Bank(url, fake, town, store)


def _of_two_years() -> dict[str, Any]:
    """An edition that knows next year's holidays: of a year unknown, a letter to the administrator would come first."""
    edition = body()
    return edition | {"calendar": edition["calendar"] | {"2027": {"source": "2027", "off": [], "work": []}}}


async def measured(folder: Path, people: int) -> str:
    """One push, in a few lines."""
    async with opened(folder, people) as bank:
        began = timer.perf_counter()
        async with bank.program():
            await bank.until_told(people)
            took = timer.perf_counter() - began
        dropped = sum(len(bank.fake.user(userid).dropped) for userid in bank.staff)
        twice = sum(times - 1 for times in bank.seen.values())
        return (
            f"{people} people in {len(bank.town.plan.branches)} branches: {len(bank.pushes)} calls of message/send, "
            f"{took:.1f} s from the start to the last phone; {twice} twice, {dropped} dropped"
        )


def main(arguments: list[str] | None = None) -> None:
    """Push, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench wecom", description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(measured(Path(folder), given.people)))  # noqa: T201 -- a command's answer
