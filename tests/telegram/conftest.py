"""A fake Telegram, the edge connected to it, and a `hear` that remembers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

import pytest
import pytest_asyncio

from bot.chat.incoming import Incoming, Tap, Text
from bot.telegram.pace import Pace
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.traffic import Rates
from tests.fakes.telegram import TelegramFake, User

SWIFT = replace(Rates().faster(1000), patience=5, longest=60)
QUICK = Pace(poll=20, trouble=0.01, conflict=0.02, retry=0.01, longest=0.05, tries=3, settle=0.05, rates=SWIFT)


def said(incoming: Incoming) -> str:
    match incoming.said:
        case Tap(data):
            return data
        case Text(text):
            return text
        case other:
            return repr(other)


class Ears:
    """Hears, remembers, and does what the test says for a text."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.parked: list[tuple[str, str]] = []
        self.does: dict[str, Callable[[], Awaitable[object]]] = {}
        self.parking_fails = 0
        self._rang = asyncio.Event()

    @property
    def words(self) -> list[str]:
        return [said(incoming) for incoming in self.heard]

    async def hear(self, incoming: Incoming) -> None:
        self.heard.append(incoming)
        self._rang.set()
        if act := self.does.get(said(incoming)):
            await act()

    async def park(self, incoming: Incoming, error: Exception) -> None:
        if self.parking_fails:
            self.parking_fails -= 1
            raise RuntimeError("no database")
        self.parked.append((said(incoming), type(error).__name__))
        self._rang.set()

    async def until(self, satisfied: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not satisfied():
                self._rang.clear()
                await self._rang.wait()


@asynccontextmanager
async def listening(edge: TelegramEdge, ears: Ears) -> AsyncIterator[asyncio.Event]:
    """The edge listens while the block runs; then it is stopped, and must come to rest."""
    stop = asyncio.Event()
    task = asyncio.create_task(edge.listen(ears.hear, ears.park, stop=stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(20):
            await task


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[TelegramFake]:
    async with TelegramFake() as fake:
        yield fake


@pytest_asyncio.fixture
async def edge(fake: TelegramFake) -> AsyncIterator[TelegramEdge]:
    async with telegram_edge(fake.token, fake.url, Random(1), pace=QUICK) as edge:
        yield edge


@pytest_asyncio.fixture
async def fang(fake: TelegramFake) -> User:
    fang = fake.user(1001, "王芳")
    await fang.start()
    return fang


@pytest.fixture
def ears() -> Ears:
    return Ears()
