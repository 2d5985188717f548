"""The bot's end of the long connection, without any client library. For the fake's own tests."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.fakes.wecom import WeComFake
from tests.fakes.wecom.refusals import JSON

Socket = aiohttp.ClientWebSocketResponse


class Line:
    """Says a frame and reads its answer; what the bot is told meanwhile is kept in `told`."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.told: list[JSON] = []
        self._numbers = itertools.count(1)

    async def say(self, cmd: str, body: JSON | None = None, req_id: str = "") -> JSON:
        """The answer; it has no cmd."""
        req_id = req_id or f"own-{next(self._numbers)}"
        await self.socket.send_json({"cmd": cmd, "headers": {"req_id": req_id}, "body": body or {}})
        while True:
            frame: JSON = await self.socket.receive_json()
            if "cmd" not in frame:
                assert frame["headers"]["req_id"] == req_id
                return frame
            self.told.append(frame)

    async def code(self, cmd: str, body: JSON | None = None, req_id: str = "") -> int:
        code: int = (await self.say(cmd, body, req_id))["errcode"]
        return code

    async def subscribe(self, bot_id: str = "aib0chenlian", secret: str = "the-bots-secret") -> int:
        return await self.code("aibot_subscribe", {"bot_id": bot_id, "secret": secret})

    async def hear(self) -> JSON:
        """The next thing the bot is told."""
        if self.told:
            return self.told.pop(0)
        frame: JSON = await self.socket.receive_json()
        return frame


@asynccontextmanager
async def connect(fake: WeComFake) -> AsyncIterator[Line]:
    async with aiohttp.ClientSession() as session, session.ws_connect(fake.socket_url) as socket:
        yield Line(socket)
