"""How much may go into one chat: WeCom counts by the minute and by the hour, and what is too much waits on our side."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from bot.chat.channel import SendError

Result = TypeVar("Result")
Clock = Callable[[], float]
"""Seconds on a clock that never goes back."""
MINUTE, HOUR = 60.0, 3600.0
REPLY = 0
"""The urgency of what somebody waits for with the phone in their hand."""
PATIENCE = 3.0
"""So many seconds an answer waits in here. Anything else gives way at once, and comes again from the outbox."""
FORGET_FROM = 256
"""Fewer chats than this are not worth looking through for idle ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many in a minute and in an hour, sliding; `kept` of each minute's are left to answers."""

    minute: int
    hour: int | None = None
    kept: int = 0


class Meter:
    """What went into each chat. Arithmetic only: it neither waits nor reads a clock."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._sent: dict[str, deque[float]] = {}
        self._shut: dict[str, float] = {}

    def opens(self, chat: str, *, reply: bool) -> float:
        """From when on this chat takes one more."""
        sent, rate = self._sent.get(chat, ()), self._rate
        opens = self._shut.get(chat, -inf)
        room = rate.minute if reply else rate.minute - rate.kept
        if len(sent) >= room:
            opens = max(opens, sent[-room] + MINUTE)
        if rate.hour is not None and len(sent) >= rate.hour:
            opens = max(opens, sent[-rate.hour] + HOUR)
        return opens

    def count(self, chat: str, now: float) -> None:
        """One more went there."""
        sent = self._sent.get(chat)
        if sent is None:
            self._forget(now)
            sent = self._sent[chat] = deque(maxlen=self._rate.hour or self._rate.minute)
        sent.append(now)

    def shut(self, chat: str, now: float, seconds: float) -> None:
        """The platform wants a pause there."""
        self._shut[chat] = now + seconds

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._sent)

    def _forget(self, now: float) -> None:
        if len(self._sent) < FORGET_FROM or len(self._sent) & (len(self._sent) - 1):
            return  # only now and then, whenever there are twice as many
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > now - HOUR}
        self._shut = {chat: until for chat, until in self._shut.items() if until > now}


class Gate:
    """Lets calls into a chat, one after another, as the rate allows."""

    def __init__(self, rate: Rate, clock: Clock | None = None) -> None:
        self._meter = Meter(rate)
        self._now: Clock = clock or (lambda: asyncio.get_running_loop().time())
        self._locks: dict[str, asyncio.Lock] = {}
        self._inside: defaultdict[str, int] = defaultdict(int)

    async def carry(self, chat: str, urgency: int, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make the call when it may be made. Raises what it raises, and SendError with `retry_after` where the wait
        would be long."""
        async with self._alone(chat):
            wait = self._meter.opens(chat, reply=urgency <= REPLY) - self._now()
            if wait > (PATIENCE if urgency <= REPLY else 0):
                raise SendError(f"this chat takes nothing for {wait:.0f} s", permanent=False, retry_after=wait)
            await asyncio.sleep(max(wait, 0))
            try:
                return await call()
            finally:  # WeCom may have counted it as late as now
                self._meter.count(chat, self._now())

    def shut(self, chat: str, seconds: float = MINUTE) -> None:
        """WeCom says that it was too much."""
        self._meter.shut(chat, self._now(), seconds)

    @asynccontextmanager
    async def _alone(self, chat: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._inside[chat] += 1
        try:
            async with lock:
                yield
        finally:
            self._inside[chat] -= 1
            if not self._inside[chat]:
                del self._inside[chat], self._locks[chat]
