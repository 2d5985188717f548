"""A bank whose program lives: the real store and switchboard on a clock of our own, one process after another. Each
platform's stories add its edge, and the phones on it."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from bot.chat.words import Words
from bot.edge.platform import Platform
from bot.main import Switchboard
from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town
from bot.rehearsal.troupe import ZONE
from bot.store.store import Store
from bot.store.turn import Look, Turn
from tests.stories.bank import SITE, VAULT
from tests.stories.people import Before, before

P = ParamSpec("P")
R = TypeVar("R")
Fake = TypeVar("Fake")
MONDAY = date(2026, 11, 23)
DEAD = timedelta(minutes=2)
"""Longer than a heartbeat may be silent."""


class GatedStore(Store):
    """A store at whose door a use case can be held: just before its Turn, or when it is on disk and nobody knows."""

    held_before: str = ""
    held_after: str = ""

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        if verb.__name__ == self.held_before:
            self.holding.set()
            await asyncio.Event().wait()
        result = await super().do(verb, *args, **kwargs)
        self.done.append(verb.__name__)
        if verb.__name__ == self.held_after:
            self.holding.set()
            await asyncio.Event().wait()
        return result

    async def start(self) -> None:
        self.holding = asyncio.Event()
        self.done: list[str] = []
        await super().start()


@dataclass(slots=True)
class Living(Generic[Fake]):
    """The bank, and its processes one after another."""

    url: str
    town: Town
    fake: Fake
    words: Mapping[str, Words]
    clock: Clock = field(default_factory=lambda: Clock(datetime.combine(MONDAY, time(7), ZONE)))
    wall: Clock = field(default_factory=lambda: Clock(datetime.combine(MONDAY, time(7), ZONE)))
    store: GatedStore = field(init=False)
    board: Switchboard = field(init=False)
    _names: "count[int]" = field(default_factory=lambda: count(1))
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _process: AsyncExitStack = field(default_factory=AsyncExitStack)
    _running: "asyncio.Task[None] | None" = None

    # ---- the program

    async def _open(self) -> None:
        """A new process, with nothing in it but its store."""
        gc.freeze()  # the program looks through all that is not, as it starts: here that is every test
        self._stop, self._process = asyncio.Event(), AsyncExitStack()
        self.store = await self._process.enter_async_context(self._another())

    def _run(self, board: Switchboard, edge: Platform, serving: Coroutine[Any, Any, None]) -> None:
        """It lives until it is stopped, or dies."""
        self.board = board
        self._running = asyncio.create_task(board.run([edge], serving, self._stop))

    async def stop(self) -> None:
        """The process ends in good order."""
        self._stop.set()
        assert self._running is not None
        async with asyncio.timeout(10):
            await self._running
        await self._process.aclose()
        self._running = None

    async def die(self) -> None:
        """The process dies as it stands, and for so long that its heartbeat counts for nothing."""
        assert self._running is not None
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running
        await self._process.aclose()
        self._running = None
        self.wall.move(self.wall() + DEAD)

    async def end(self) -> None:
        """Whatever runs ends."""
        if self._running is not None:
            await self.stop()

    def _another(self) -> GatedStore:
        name = f"p{next(self._names)}"
        return GatedStore(
            self.url, clock=self.clock, wall=self.wall, words=self.words, process=name, site=SITE, vault=VAULT
        )

    # ---- time

    async def at(self, when: str) -> None:
        """Move the clock to “08:03” today or “11-24 08:03”, and wake up there."""
        day, _, at = when.rpartition(" ")
        on = date.fromisoformat(f"2026-{day}") if day else self.today
        self._move(datetime.combine(on, time.fromisoformat(at), ZONE))
        await self.wake()

    def _move(self, moment: datetime) -> None:
        self.clock.move(moment)

    @property
    def today(self) -> date:
        """The day at the branch."""
        return self.clock().astimezone(ZONE).date()

    async def wake(self) -> None:
        """What the alarm clock does."""
        await self.board.tick()
        await self.board.deliver()

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Wait for a fact in the database."""
        async with asyncio.timeout(20):
            while not await true():  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.01)

    async def look(self, query: Callable[Concatenate[Look, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """A fact."""
        return await self.store.look(query, *args, **kwargs)

    # ---- questions

    async def question_of(self, person: int) -> Before | None:
        """The question somebody has before them."""
        return await self.look(before, person, self.today)

    async def next_question(self, person: int, last: Before | None = None) -> Before:
        """Another question than that, waited for."""
        found: list[Before] = []

        async def there() -> bool:
            now = await self.question_of(person)
            found[:] = [now] if now is not None and (last is None or now.slot != last.slot) else []
            return bool(found)

        await self.until(there)
        return found[0]

    async def is_past(self, person: int, question: Before) -> None:
        """Wait until this question is no longer before them."""

        async def past() -> bool:
            now = await self.question_of(person)
            return now is None or now.slot != question.slot

        await self.until(past)
