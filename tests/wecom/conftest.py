"""A fake WeCom, our line to it, and 王芳."""

from collections.abc import AsyncIterator
from random import Random

import pytest
import pytest_asyncio

from bot.wecom.client import Client, Keys
from bot.wecom.request import Line
from tests.fakes.wecom import User, WeComFake

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
