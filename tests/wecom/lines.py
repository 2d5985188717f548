"""A smart bot's socket as the tests hold it: swift, and with what it was told kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from aiohttp import ClientSession

from bot.wecom.socket import Bot, Pace, Socket
from tests.fakes.wecom import BotFake, WeComFake

SWIFT = Pace(beat=0.05, deadline=0.1, trouble=0.01, longest=0.05, stepped_down=0.05, longest_down=0.2, settled=60)
OURS = Bot("aib0chenlian", "the-bots-secret")


class Holder:
    """Holds the bot while the block runs. `elsewhere`: another process of ours is alive."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.told: list[Mapping[str, Any]] = []
        self.elsewhere = False
        self.asked_elsewhere = 0

    async def is_elsewhere(self) -> bool:
        self.asked_elsewhere += 1
        return self.elsewhere

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - a connection rings no bell
                await asyncio.sleep(0.005)


@asynccontextmanager
async def holding(fake: WeComFake, bot: BotFake, pace: Pace = SWIFT, ours: Bot = OURS) -> AsyncIterator[Holder]:
    stop = asyncio.Event()
    async with ClientSession() as session:
        holder = Holder(Socket(session, fake.socket_url, ours, Random(1), pace))
        task = asyncio.create_task(holder.socket.hold(holder.told.append, holder.is_elsewhere, stop))
        try:
            if ours == OURS:
                await holder.until(lambda: bot.is_connected and not holder.socket.pulse.trouble)
            yield holder
        finally:
            stop.set()
            async with asyncio.timeout(5):
                await task
