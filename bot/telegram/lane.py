"""The one lane on which everything that is written to Telegram waits its turn: replies first, then by urgency."""

import asyncio
from bisect import insort
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from telegram.error import RetryAfter

from bot.chat.channel import SendError
from bot.telegram.traffic import Rates, Traffic
from bot.telegram.trouble import seconds_of

Result = TypeVar("Result")
Clock = Callable[[], float]
"""Seconds on a clock that never goes back."""
TRIES = 3
"""How often a call is made that Telegram answers with a short pause."""
REPLY = 0
"""The urgency of what somebody waits for with the phone in their hand."""
USUAL = Rates()


@dataclass(slots=True, order=True)
class _Waiting:
    """Somebody who waits; who came first stands first among the equally urgent."""

    urgency: int
    number: int
    chat: str = field(compare=False)
    since: float = field(compare=False)
    turn: "asyncio.Future[float]" = field(compare=False)

    @property
    def reply(self) -> bool:
        """Whether somebody looks at their phone and waits for this."""
        return self.urgency <= REPLY


class Lane:
    """Lets calls go as `Rates` allow. Neither a slow chat nor a paused one holds anybody else: each is passed by."""

    def __init__(self, rates: Rates = USUAL, clock: Clock | None = None) -> None:
        self._traffic = Traffic(rates)
        self._rates = rates
        self._now: Clock = clock or (lambda: asyncio.get_running_loop().time())
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None
        self._number = 0
        self.refused = 0
        """How often Telegram has answered 429."""

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    async def carry(self, chat: str, urgency: int, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make the call when it may be made. Raises what it raises, and SendError with `retry_after` where the wait
        would be long: then somebody else has the place, and the letter comes again."""
        for _ in range(TRIES - 1):
            try:
                return await self._once(chat, urgency, call)
            except RetryAfter as error:
                if seconds_of(error) > self._rates.patience:
                    raise
        return await self._once(chat, urgency, call)

    async def _once(self, chat: str, urgency: int, call: Callable[[], Awaitable[Result]]) -> Result:
        left = await self._turn(chat, urgency)
        try:
            return await call()
        except RetryAfter as error:
            self.refused += 1
            self._traffic.refuse(chat, seconds_of(error), self._now())
            raise
        finally:
            self._arrived(chat, urgency, left)

    async def _turn(self, chat: str, urgency: int) -> float:
        """Wait for the turn; the instant at which it came."""
        now = self._now()
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._number += 1
        mine = _Waiting(urgency, self._number, chat, now, turn)
        ahead = sum(1 for other in self._waiting if other.chat == chat and other < mine)
        self._give_way(mine, now, ahead)
        insort(self._waiting, mine)
        self._move()
        try:
            return await turn
        except asyncio.CancelledError:
            if mine in self._waiting:
                self._waiting.remove(mine)
            elif turn.done() and not turn.cancelled() and turn.exception() is None:
                self._arrived(chat, urgency, turn.result())
            raise

    def _arrived(self, chat: str, urgency: int, left: float) -> None:
        self._traffic.arrive(chat, left, self._now(), reply=urgency <= REPLY)
        self._move()

    def _move(self) -> None:
        """Let everybody go who may, the most urgent first, and look again when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        now, soonest = self._now(), float("inf")
        for mine in list(self._waiting):
            if mine.turn.cancelled():  # its task will see to it
                continue
            ready = self._traffic.ready(mine.chat, reply=mine.reply)
            if ready <= now:
                self._waiting.remove(mine)
                self._traffic.leave(mine.chat, now, reply=mine.reply)
                mine.turn.set_result(now)
                continue
            try:
                self._give_way(mine, now)
            except SendError as error:
                self._waiting.remove(mine)
                mine.turn.set_exception(error)
            else:
                soonest = min(soonest, ready, mine.since + self._rates.longest)
        if self._waiting:
            self._timer = asyncio.get_running_loop().call_later(max(soonest - now, 0.001), self._move)

    def _give_way(self, mine: _Waiting, now: float, ahead: int = 0) -> None:
        """Raises SendError where there is nothing to wait for in here."""
        rates = self._rates
        wait = self._traffic.opens(mine.chat, reply=mine.reply) - now + ahead / rates.chat
        if wait > rates.patience:
            raise SendError(f"this chat takes nothing for {wait:.1f} s", permanent=False, retry_after=wait)
        if now - mine.since >= rates.longest:
            raise SendError("the lane was full for too long", permanent=False, retry_after=rates.patience)
