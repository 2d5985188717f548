"""Into each chat one thing after another, as its rate allows: what would be too much waits on our side, and WeCom is
not bumped into."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.channel import SendError
from bot.wecom.order import Order
from bot.wecom.post import REPLY
from bot.wecom.traffic import Rates, Traffic

Result = TypeVar("Result")
Clock = Callable[[], float]
"""Seconds on a clock that never goes back."""
PATIENCE = 3.0
"""So many seconds an answer waits in here. Anything else gives way at once, and comes again from the outbox."""


class Gate:
    """Lets calls into chats."""

    def __init__(self, rates: Rates, clock: Clock | None = None) -> None:
        self._traffic = Traffic(rates)
        self._order = Order()
        self.now: Clock = clock or (lambda: asyncio.get_running_loop().time())

    async def carry(self, chat: str, urgency: int, call: Callable[[], Awaitable[Result]], times: int = 1) -> Result:
        """Make the call, which says so many messages, when it may be made. Raises what it raises, and SendError with
        `retry_after` where the wait would be long."""
        reply = urgency <= REPLY
        async with self._order.turn((chat, reply)):
            wait = self._traffic.opens(chat, reply=reply, times=times) - self.now()
            if wait > (PATIENCE if reply else 0):
                raise SendError(f"this chat takes nothing for {wait:.0f} s", permanent=False, retry_after=wait)
            await asyncio.sleep(max(wait, 0))
            left = self.now()
            for _ in range(times):
                self._traffic.leave(chat, left)
            try:
                return await call()
            finally:
                for _ in range(times):
                    self._traffic.arrive(chat, left, self.now())

    def count(self, chat: str) -> None:
        """Something went there that could not wait."""
        self._traffic.leave(chat, self.now())

    def shut(self, chat: str) -> None:
        """WeCom says it was too much, so it has counted more than we have: as if a minute's had gone there now."""
        for _ in range(self._traffic.rates.minute):
            self.count(chat)
