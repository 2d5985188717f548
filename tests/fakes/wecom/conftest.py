"""A fake WeCom whose clock the test moves, an app that asks and one that hears, and 王芳."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fakes.wecom import BotFake, BotRoom, User, WeComFake
from tests.fakes.wecom.asking import Asker, Ears, serve
from tests.fakes.wecom.lines import Line, connect


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
async def fake(clock: Clock) -> AsyncIterator[WeComFake]:
    async with WeComFake(now=clock) as fake:
        yield fake


@pytest.fixture
def fang(fake: WeComFake) -> User:
    return fake.user("WangFang", "王芳")


@pytest_asyncio.fixture
async def app(fake: WeComFake) -> AsyncIterator[Asker]:
    """An app that has its token."""
    app = Asker(fake)
    await app.log_in()
    yield app
    await app.close()


@pytest_asyncio.fixture
async def ears(fake: WeComFake) -> AsyncIterator[Ears]:
    """The app's callback, which the console has verified."""
    ears = Ears()
    runner, ears.url = await serve(ears.hear)
    await ears.connect(fake)
    yield ears
    await runner.cleanup()


@pytest.fixture
def bot(fake: WeComFake) -> BotFake:
    """A smart bot that nobody has connected to."""
    return fake.bot()


@pytest.fixture
def room(bot: BotFake, fang: User) -> BotRoom:
    """王芳 alone with the bot."""
    return bot.alone(fang)


@pytest_asyncio.fixture
async def line(fake: WeComFake, bot: BotFake) -> AsyncIterator[Line]:
    """The bot's connection, subscribed."""
    async with connect(fake) as line:
        assert await line.subscribe() == 0
        yield line
