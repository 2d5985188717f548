"""Waiting that ends at once when asked to, and pauses that grow."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

Result = TypeVar("Result")
_DOUBLINGS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How often an event that fails is tried before it is parked, and the seconds between."""

    retry: float = 0.2  # the first pause before an event that failed is tried again; they double
    longest: float = 60.0
    tries: int = 4


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
