"""The events in hand: one person's in order, different people's side by side, none forgotten before it is done."""

import asyncio
import logging
from bisect import insort
from collections.abc import Awaitable, Callable
from random import Random
from types import TracebackType
from typing import Self

from bot.chat.incoming import Incoming
from bot.edge.fault import place
from bot.edge.pace import Tries, growing, rest

log = logging.getLogger(__name__)
Hear = Callable[[Incoming], Awaitable[object]]
"""Does what an event asks. When it returns, the event's Turn has committed."""
HearFailed = Callable[[Incoming, Exception], Awaitable[object]]
"""Parks an event that failed for good, and tells the person. When it returns, that is on disk."""


class Hand:
    """Takes events by number, has them heard, and knows up to where the platform may forget them.

    Leaving it finishes what is in hand, but waits for no event that keeps failing: the platform will bring it again. If
    the task is cancelled, all is left to the platform."""

    def __init__(self, hear: Hear, hear_failed: HearFailed, dice: Random, pace: Tries) -> None:
        self._hear = hear
        self._hear_failed = hear_failed
        self._dice = dice
        self._pace = pace
        self._open: dict[int, asyncio.Future[bool]] = {}
        self._done: set[int] = set()
        self._next = 0
        self._lanes: dict[str, list[tuple[int, Incoming]]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._leaving = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        try:
            if kind is None or issubclass(kind, Exception):
                await asyncio.gather(*self._workers)
        finally:
            for worker in self._workers:
                worker.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)

    def __len__(self) -> int:
        """How many events are in hand."""
        return len(self._open)

    def offset(self) -> int:
        """The lowest number not yet done, else the one after the last: everything below may be forgotten."""
        lowest = min(self._open, default=self._next)
        self._done = {number for number in self._done if number >= lowest}
        return lowest

    def take(self, number: int, incoming: Incoming | None) -> "asyncio.Future[bool]":
        """Have an event heard, unless it is in hand already or nothing for us. True once it is done with; False if it
        is left to the platform."""
        self._next = number + 1
        if number in self._open:
            return self._open[number]
        done = asyncio.get_running_loop().create_future()
        if number in self._done or incoming is None:
            self._done.add(number)
            done.set_result(True)
            return done
        self._open[number] = done
        lane = self._lanes.setdefault(incoming.address, [])
        # a call that was sent away may come back after a later one; the first is being heard already
        insort(lane, (number, incoming), lo=min(1, len(lane)), key=lambda one: one[0])
        if len(lane) == 1:
            worker = asyncio.create_task(self._work(incoming.address))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return done

    def forget(self, number: int) -> None:
        """The platform will not bring this one again; if it does, the database knows it."""
        self._done.discard(number)

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is in hand, but no longer than that."""
        if self._workers:
            await asyncio.wait(self._workers, timeout=seconds)

    async def _work(self, address: str) -> None:
        """Hear one person's events until there are none left, or one keeps failing while we leave."""
        lane = self._lanes[address]
        try:
            while lane and await self._heard(lane[0][1]):
                number, _ = lane.pop(0)
                self._done.add(number)
                self._open.pop(number).set_result(True)
        finally:
            del self._lanes[address]
            for number, _ in lane:  # they stay open: the offset must not move past them
                if not self._open[number].done():
                    self._open[number].set_result(False)

    async def _heard(self, incoming: Incoming) -> bool:
        """Whether the event is done with: heard, or parked after several tries. False: left to the platform."""
        failures = 0
        while error := await self._failure(incoming):
            failures += 1
            log.warning("event %s failed, try %s (%s)", incoming.event, failures, place(error))
            if failures % self._pace.tries == 0 and await self._parked(incoming, error):
                break
            if await rest(growing(self._pace.retry, failures, self._pace.longest, self._dice), self._leaving):
                return False
        return True

    async def _failure(self, incoming: Incoming) -> Exception | None:
        try:
            await self._hear(incoming)
        except Exception as error:  # noqa: BLE001 - whatever it is, the event must be neither lost nor a poison pill
            return error
        return None

    async def _parked(self, incoming: Incoming, error: Exception) -> bool:
        try:
            await self._hear_failed(incoming, error)
        except Exception as worse:  # noqa: BLE001 - as above; the offset stays where it is
            log.warning("event %s could not even be parked (%s)", incoming.event, place(worse))
            return False
        return True
