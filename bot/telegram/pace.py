"""How long the edge waits, and waiting that ends at once when asked to."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from bot.telegram.traffic import Rates

Result = TypeVar("Result")
_DOUBLINGS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds, how often an event is tried before it is parked, and how much is written."""

    poll: int = 25  # Telegram holds a poll this long; 50 at most
    trouble: float = 1.0  # the first pause when Telegram can't be reached; they double
    conflict: float = 3.0  # the first pause when somebody else polls with our token
    retry: float = 0.2  # the first pause before an event that failed is tried again
    longest: float = 60.0
    farewell: float = 3.0  # no longer for the last word to Telegram
    tries: int = 4
    settle: float = 0.6  # a poll with the same offset within 0.5 s is given one update only
    most: int = 500  # updates in hand before Telegram is asked to come later
    patience: float = 50.0  # a call of Telegram's waits no longer for its update; it gives up after 60
    watch: float = 60.0  # so often Telegram is asked what it thinks of our webhook
    rates: Rates = field(default_factory=Rates)


USUAL = Pace()


def growing(first: float, failures: int, longest: float, dice: Random) -> float:
    """The pause after so many failures: twice as long each time, and never two of them in step."""
    pause: float = min(longest, first * 2 ** min(failures - 1, _DOUBLINGS))
    return pause * dice.uniform(0.5, 1.0)


async def rest(seconds: float, stop: asyncio.Event) -> bool:
    """Wait; True as soon as somebody asks to stop."""
    try:
        async with asyncio.timeout(seconds):
            return await stop.wait()
    except TimeoutError:
        return False


async def unless(stop: asyncio.Event, wanted: Coroutine[Any, Any, Result]) -> Result | None:
    """The result; None, and the work is given up, if somebody asks to stop first."""
    work, stopping = asyncio.ensure_future(wanted), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()
        stopping.cancel()
        await asyncio.gather(work, stopping, return_exceptions=True)
