"""A smart bot's socket as the tests hold it: swift, and with what it was told kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from aiohttp import ClientSession

from bot.chat.channel import Letter, Receipt
from bot.chat.incoming import Incoming
from bot.chat.message import Message
from bot.edge.pace import Tries
from bot.wecom.robot_start import BotEdge, Hands, bot_edge
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
        async with asyncio.timeout(20):
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
            async with asyncio.timeout(20):
                await task


class Talk:
    """An edge that listens, and a `hear` that remembers and answers what the test says."""

    def __init__(self, edge: BotEdge) -> None:
        self.edge = edge
        self.heard: list[Incoming] = []
        self.parked: list[Incoming] = []
        self.receipts: list[Receipt] = []
        self.reply: Message | None = None
        self.replaces = True
        self.toast = ""
        self.does: Callable[[], Awaitable[object]] | None = None

    async def hear(self, incoming: Incoming) -> None:
        self.heard.append(incoming)
        if self.does:
            await self.does()
        if self.reply or self.toast:
            letter = Letter(
                address=incoming.back,
                message=self.reply,
                toast=self.toast,
                handle=incoming.handle,
                replaces=self.replaces,
            )
            self.receipts += await self.edge.channel.send([letter])

    async def park(self, incoming: Incoming, error: Exception) -> None:
        self.parked.append(incoming)

    async def push(self, message: Message, address: str = "wangfang", number: int = 0) -> Receipt:
        (receipt,) = await self.edge.channel.send([Letter(id=number, address=address, message=message, urgency=5)])
        return receipt

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110 - a connection rings no bell
                await asyncio.sleep(0.005)


@asynccontextmanager
async def talking(fake: WeComFake, bot: BotFake, pace: Pace = SWIFT) -> AsyncIterator[Talk]:
    stop = asyncio.Event()
    hands = Hands(Random(1), nowhere, Tries(retry=0.01, longest=0.05, tries=2))
    async with bot_edge(OURS, fake.socket_url, "确定", hands, pace=pace) as edge:
        talk = Talk(edge)
        task = asyncio.create_task(edge.listen(talk.hear, talk.park, stop=stop))
        try:
            await talk.until(lambda: task.done() or (bot.is_connected and not edge.pulse.trouble))
            yield talk
        finally:
            stop.set()
            async with asyncio.timeout(20):
                await task


async def nowhere() -> bool:
    """No other process of ours is alive."""
    return False
