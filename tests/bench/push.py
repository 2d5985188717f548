"""A push to a whole bank: `python -m tests.bench push`.

The real program (store, steps, courier, lane, router) speaks real HTTP to a fake Telegram that enforces Telegram's
limits: one message a second to a chat, 20 a minute to a group, 30 a second to all. Meanwhile people press buttons, and
the time is taken from their press to the changed card."""

import argparse
import asyncio
import tempfile
import time as timer
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import median

from bot.edge.platform import Platform
from bot.main import Switchboard
from bot.rehearsal.town import Town, build, link_groups, plain
from bot.rehearsal.troupe import ZONE
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.telegram.line import Line
from bot.telegram.pace import Pace
from bot.telegram.request import Request
from bot.telegram.start import DEADLINE, telegram_edge
from bot.telegram.traffic import Rates
from bot.views import catalogue
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.messages import Message
from tests.stories.edition import body, publish

MORNING = datetime.combine(date(2026, 11, 23), time(8, 3), ZONE)
LONG_DEAD = timedelta(minutes=2)
START = "开始"


@dataclass(slots=True)
class Tapping:
    """Seconds from a press to the word over the button, and to the changed card."""

    heard: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)


@asynccontextmanager
async def running(store: Store, edge: Platform) -> AsyncIterator["asyncio.Task[None]"]:
    """The program on these, without its web. At the end it is stopped in good order, unless its task was cancelled
    before."""
    stop = asyncio.Event()

    async def serving() -> None:
        await stop.wait()

    task = asyncio.create_task(Switchboard(store).run([edge], serving(), stop))
    try:
        yield task
    finally:
        stop.set()
        with suppress(asyncio.CancelledError):
            await task


@dataclass(slots=True)
class Bank:
    """A bank on a fake Telegram; time runs `speed` times as fast for its limits, our rates and the trade's clock."""

    url: str
    fake: TelegramFake
    town: Town
    groups: dict[str, Group]
    store: Store
    speed: float
    deadline: float = DEADLINE
    began: float = field(default_factory=timer.monotonic)
    _processes: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def addresses(self) -> set[int]:
        """Everybody who is to hear something: people with a post, and the groups."""
        staff = {self.town.people[cast.name] for cast in self.town.plan.cast if cast.post}
        return staff | {int(group) for group in self.town.groups.values()}

    @property
    def told(self) -> dict[int, int]:
        """How often each of them has been written to."""
        calls = Counter(int(call.params["chat_id"]) for call in self.fake.called("sendMessage") if call.status == 200)
        return {address: calls[address] for address in self.addresses & calls.keys()}

    def clock(self) -> datetime:
        """The trade's time."""
        return MORNING + timedelta(seconds=(timer.monotonic() - self.began) * self.speed)

    @asynccontextmanager
    async def program(self) -> AsyncIterator["asyncio.Task[None]"]:
        """The program runs. At the end it is stopped in good order, unless its task was cancelled before."""
        number = next(self._processes)
        started = datetime(2026, 11, 23, tzinfo=UTC) + LONG_DEAD * number
        name, pace = f"process-{number}", Pace(rates=Rates().faster(self.speed), farewell=0.2)

        def wall() -> datetime:
            return started + timedelta(seconds=timer.monotonic() - self.began)

        async with (
            Store(self.url, clock=self.clock, wall=wall, words=catalogue(), process=name) as store,
            telegram_edge(self.fake.token, self.fake.url, Random(1), pace=pace, deadline=self.deadline) as edge,
            running(store, edge) as task,
        ):
            yield task

    async def until(self, share: float, seconds: float = 600) -> None:
        """Wait until so many of them have been written to: 1 is all."""
        wanted = len(self.addresses) * share
        async with asyncio.timeout(seconds):
            while len(self.told) < wanted:  # noqa: ASYNC110 -- who counts need not be woken by each of two thousand
                await asyncio.sleep(0.1)

    async def tap(self, dice: Random, tapping: Tapping) -> None:
        """Somebody who has got the card presses its button."""
        staff = [self.town.people[cast.name] for cast in self.town.plan.cast if cast.post]
        users = [user for user in map(self.fake.user, staff) if user.messages and _is_push(user.messages[-1])]
        if users:
            await _press(dice.choice(users), tapping)


def _is_push(card: Message) -> bool:
    return card.button(START) is not None


async def _press(user: User, tapping: Tapping) -> None:
    began = timer.perf_counter()
    query = await user.tap(START)
    await query.wait()
    tapping.heard.append(timer.perf_counter() - began)
    await user.wait_for(lambda card: not _is_push(card))
    tapping.changed.append(timer.perf_counter() - began)


@asynccontextmanager
async def opened(folder: Path, people: int, groups: int, speed: float = 1.0) -> AsyncIterator[Bank]:
    """A bank with so many groups, a branch each, and its people all in all, each of whom has pressed Start."""
    url = f"sqlite:///{folder / 'push.db'}"
    await asyncio.to_thread(migrate, url)
    plan = plain(groups, people // groups)
    async with (
        TelegramFake() as fake,
        Store(url, clock=lambda: MORNING, wall=lambda: MORNING, words=catalogue(), process="founder") as store,
    ):
        await store.do(publish, body())
        town = await store.do(build, plan, channel="telegram", joined=date(2026, 1, 1))
        await store.do(link_groups, town, channel="telegram")
        for name, number in town.people.items():
            await fake.user(number, name).start()
        groups_of = {
            branch: fake.group(branch, supergroup=False, number=int(address)) for branch, address in town.groups.items()
        }
        for group in groups_of.values():
            group.add_bot()
        await forget(fake)
        fake.limits = Limits(speed=speed)
        yield Bank(url, fake, town, groups_of, store, speed)


async def forget(fake: TelegramFake) -> None:
    """The program is never to hear of what has happened: that two thousand have pressed Start."""
    async with Request(5, 1) as request:
        line = Line(fake.token, base_url=f"{fake.url}/bot", request=request, get_updates_request=request)
        await line.delete_webhook(drop_pending_updates=True)


async def measured(folder: Path, people: int, groups: int) -> str:
    """One push, in a few lines."""
    tapping, dice = Tapping(), Random(1)
    async with opened(folder, people, groups) as bank:
        first, began = 0.0, timer.perf_counter()
        async with bank.program():
            await bank.until(1 / len(bank.addresses))
            first = timer.perf_counter()
            pushing = asyncio.create_task(bank.until(1))
            while not (await asyncio.wait([pushing], timeout=0.5))[0]:
                await bank.tap(dice, tapping)
            await pushing
            last = timer.perf_counter()
        told = bank.told
    changed, heard = sorted(tapping.changed), sorted(tapping.heard)
    return "\n".join(
        [
            f"{people} people and {groups} groups: {len(told)} written to, {sum(told.values()) - len(told)} twice",
            (
                f"{last - first:.1f} s from the first to the last, {len(told) / (last - first):.1f} a second; "
                f"the first {first - began:.1f} s after the start"
            ),
            f"429: {bank.fake.floods}",
            (
                f"{len(changed)} presses meanwhile: the spinner stops after {_ms(median(heard))} (slowest "
                f"{_ms(heard[-1])}), the card has changed after {_ms(median(changed))} (slowest {_ms(changed[-1])})"
            ),
        ]
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def main(arguments: list[str] | None = None) -> None:
    """Push, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench push", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--groups", type=int, default=40)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(measured(Path(folder), given.people, given.groups)))  # noqa: T201 -- a command's answer
