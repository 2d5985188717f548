"""Our edge behind a real web server, and somebody who knocks at its door."""

import asyncio
import io
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

import aiohttp

from bot.views import catalogue
from bot.web.app import build
from bot.web.server import reserve, serve
from bot.wecom.client import Keys
from bot.wecom.pace import Pace
from bot.wecom.start import Door, Said, WeComEdge, wecom_edge
from tests.fakes.wecom import WeComFake, vectors, xml
from tests.fakes.wecom.crypt import Seal
from tests.fakes.wecom.refusals import JSON
from tests.telegram.conftest import Ears
from tests.wecom.conftest import KEYS

PATH, CONTACTS_PATH = "/wecom/callback", "/wecom/contacts"
DOOR = Door(vectors.TOKEN, vectors.AES_KEY)
CONTACTS_DOOR = Door(vectors.OTHER_TOKEN, vectors.OTHER_AES_KEY)
SAID = Said("zh-CN", "确定", "更多")
QUICK = Pace(retry=0.01, longest=0.05, tries=3, patience=0.5, knock=0.02)


@dataclass
class Knocker:
    """Somebody at our door, with WeCom's own seal or another."""

    edge: WeComEdge
    url: str
    session: aiohttp.ClientSession
    fake: WeComFake
    seal: Seal = field(default_factory=lambda: Seal(vectors.TOKEN, vectors.AES_KEY, WeComFake.corp_id))

    def query(self, sealed: str, *, age: float = 0) -> dict[str, str]:
        """What stands in the address."""
        clock, nonce = str(int(self.fake.now() - age)), secrets.token_hex(4)
        return {"msg_signature": self.seal.sign(clock, nonce, sealed), "timestamp": clock, "nonce": nonce}

    async def bring(self, fields: JSON | bytes, *, age: float = 0, **changed: str) -> int:
        """An event, sealed and signed; the status it met."""
        words = fields if isinstance(fields, bytes) else xml.write(fields).encode()
        sealed = self.seal.seal(words, bytes(16))
        return await self.post(xml.write({"Encrypt": sealed}).encode(), self.query(sealed, age=age) | changed)

    async def post(self, body: bytes, query: dict[str, str]) -> int:
        async with self.session.post(self.url, data=io.BytesIO(body), params=query) as answer:
            assert await answer.read() == b""
            return answer.status


@asynccontextmanager
async def door(fake: WeComFake, pace: Pace = QUICK, keys: Keys = KEYS) -> AsyncIterator[Knocker]:
    """The server runs while the block does; nobody listens yet."""
    stop, up = asyncio.Event(), asyncio.Event()

    def clock() -> datetime:
        return datetime.fromtimestamp(fake.now(), UTC)

    with reserve("127.0.0.1", 0) as socket:
        url = f"http://127.0.0.1:{socket.getsockname()[1]}{PATH}"
        async with (
            wecom_edge(keys, DOOR, fake.url, SAID, dice=Random(1), clock=clock, pace=pace) as edge,
            aiohttp.ClientSession() as session,
        ):
            app = build(
                None, catalogue()["zh-CN"], nothing_amiss, {PATH: edge.receive, CONTACTS_PATH: edge.receive_changes}
            )
            task = asyncio.create_task(serve(app, socket, stop, lambda _port: up.set()))
            await up.wait()
            yield Knocker(edge, url, session, fake)
            stop.set()
            await task


async def nothing_amiss() -> list[str]:
    return []


@asynccontextmanager
async def listening(edge: WeComEdge, ears: Ears) -> AsyncIterator[asyncio.Event]:
    """The edge listens while the block runs; then it is stopped, and must come to rest."""
    stop = asyncio.Event()
    task = asyncio.create_task(edge.listen(ears.hear, ears.park, stop=stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(20):
            await task


SLOW = replace(QUICK, patience=5)
