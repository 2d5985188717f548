"""A fake Telegram whose clock the test moves, the bot's client, and 王芳 who pressed Start."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot

from tests.fakes.telegram import TelegramFake, User


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def fake(clock: Clock) -> AsyncIterator[TelegramFake]:
    async with TelegramFake(now=clock) as fake:
        yield fake


@pytest_asyncio.fixture
async def bot(fake: TelegramFake) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client, which knows nothing of the fake."""
    async with Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
        yield bot


@pytest_asyncio.fixture
async def fang(fake: TelegramFake) -> User:
    fang = fake.user(1001, "王芳")
    await fang.start()
    return fang
