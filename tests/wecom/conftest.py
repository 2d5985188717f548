"""A fake WeCom, our line to it, and 王芳."""

from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import pytest
import pytest_asyncio

from bot.wecom.channel import WeComChannel
from bot.wecom.client import Client, Keys
from bot.wecom.request import Line
from tests.fakes.wecom import BotFake, BotRoom, Shown, User, WeComFake, vectors
from tests.wecom.lines import SWIFT, Talk, talking

KEYS = Keys(WeComFake.corp_id, WeComFake.agent_id, WeComFake.secret)


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[WeComFake]:
    async with WeComFake() as fake:
        yield fake


@pytest_asyncio.fixture
async def line(fake: WeComFake) -> AsyncIterator[Line]:
    async with Line(fake.url, deadline=5, connections=100) as line:
        yield line


@pytest.fixture
def client(fake: WeComFake, line: Line) -> Client:
    return Client(line, KEYS, Random(1), fake.now)


@pytest.fixture
def fang(fake: WeComFake) -> User:
    return fake.user("WangFang", "王芳")


def shown(message: Shown) -> str:
    """A message with what it quotes and its buttons, as read."""
    quote = message.card.get("quote_area", {}).get("quote_text", "")
    return "\n".join((quote, message.text, message.grey, *(f"[{label}]" for label in message.buttons)))


class Phone:
    """Waiting for what an event tells the app, without an app: the press, and the handle it brings."""

    def __init__(self, fake: WeComFake) -> None:
        self.fake = fake
        fake.point_callback("http://127.0.0.1:1/nobody", vectors.TOKEN, vectors.AES_KEY)
        fake.callbacks.hold()

    async def press(self, user: User, wanted: str) -> dict[str, str]:
        """Press this on the newest card; the handle of that press."""
        delivery = await user.tap(wanted)
        return {"response_code": delivery.fields["ResponseCode"]}


@pytest.fixture
def phone(fake: WeComFake) -> Phone:
    """Cards may be sent, and what is pressed waits."""
    return Phone(fake)


@pytest.fixture
def channel(fake: WeComFake, client: Client) -> WeComChannel:
    return WeComChannel(client, "确定", now=fake.now)


@pytest.fixture
def bot(fake: WeComFake) -> BotFake:
    """A smart bot that nobody has connected to."""
    return fake.bot()


@pytest.fixture
def room(bot: BotFake, fang: User) -> BotRoom:
    """王芳 alone with it."""
    return bot.alone(fang)


@pytest.fixture
async def talk(fake: WeComFake, bot: BotFake) -> AsyncIterator[Talk]:
    """The bot, connected and heard."""
    async with talking(fake, bot, replace(SWIFT, deadline=3, beat=3)) as talk:
        yield talk
