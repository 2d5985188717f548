"""One thing after another where the order is seen, and side by side where it is not."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Order:
    """Whoever comes for the same key waits for those who came before."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Future[None]] = {}

    def __len__(self) -> int:
        """How many keys somebody is at."""
        return len(self._last)

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """My turn, while the block runs."""
        mine = asyncio.get_running_loop().create_future()
        before, self._last[key] = self._last.get(key), mine
        try:
            if before is not None:
                await asyncio.shield(before)
            yield
        finally:
            mine.set_result(None)
            if self._last.get(key) is mine:
                del self._last[key]
