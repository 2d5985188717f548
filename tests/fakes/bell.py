"""Waiting for something to happen, without looking at the clock."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Rings whenever something of its own changed, so that whoever waits looks again.

    Each chat, each press and the queue of updates have one of their own: with two thousand people waiting, a message
    wakes only the one it came to."""

    def __init__(self) -> None:
        self._event: asyncio.Event | None = None

    def ring(self) -> None:
        if self._event is not None:
            self._event.set()
            self._event = None

    async def until(self, look: Callable[[], Found | None], seconds: float | None) -> Found | None:
        """What `look` finds, as soon as it finds something; None when the time is up."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    if self._event is None:
                        self._event = asyncio.Event()
                    await self._event.wait()
                return found
        except TimeoutError:
            return None
