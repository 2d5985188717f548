"""The bots' long connection: frames in and out, one connection for each bot (§7.1)."""

import asyncio
import json

from aiohttp import WSMsgType, web

from tests.fakes.wecom.bots import Bot, Frame
from tests.fakes.wecom.commands import COMMANDS
from tests.fakes.wecom.faults import Faults
from tests.fakes.wecom.refusals import JSON, Refused

SUBSCRIBE = "aibot_subscribe"
LARGEST_FRAME = 2 * 1024 * 1024


class Connection:
    """One socket. A `deaf` one is half open: it takes everything and answers nothing."""

    def __init__(self, sockets: "Sockets", socket: web.WebSocketResponse, request: web.BaseRequest) -> None:
        self._sockets = sockets
        self._socket = socket
        self._request = request
        self.bot: Bot | None = None
        self.deaf = False

    async def send(self, frame: JSON) -> bool:
        """Whether it went out."""
        if self._socket.closed or self.deaf:
            return False
        await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        return True

    async def run(self) -> None:
        async for message in self._socket:
            if message.type is WSMsgType.TEXT and not self.deaf:
                await self._take(message.data)
        if self.bot and self.bot.connection is self:
            self.bot.connection = None

    async def close(self, code: int = 1000) -> None:
        """A clean end. The other side's answer is not waited for."""
        if self.bot and self.bot.connection is self:
            self.bot.connection = None
        await self._socket.close(code=code, drain=False)

    def abort(self) -> None:
        """The line is cut, without a word."""
        if self.bot and self.bot.connection is self:
            self.bot.connection = None
        if self._request.transport:
            self._request.transport.abort()

    async def _take(self, text: str) -> None:
        faults = self._sockets.faults
        try:
            given = json.loads(text)
            frame = Frame(given["cmd"], given["headers"]["req_id"], dict(given.get("body") or {}))
        except (ValueError, KeyError, TypeError):
            await self.send({"headers": {"req_id": ""}, "errcode": 40058, "errmsg": "no frame"})
            return
        await faults.before(frame.cmd)
        said: JSON = {"headers": {"req_id": frame.req_id}, "errcode": 0, "errmsg": "ok"}
        try:
            faults.refuse(frame.cmd)
            body = await self._act(frame)
        except Refused as refused:
            said |= {"errcode": refused.errcode, "errmsg": str(refused)}
        else:
            said |= {"body": body} if body else {}
        frame.errcode = said["errcode"]
        await faults.after(frame.cmd)
        if not faults.silent(frame.cmd):
            await self.send(said)
        if self.bot:
            self.bot.bell.ring()

    async def _act(self, frame: Frame) -> JSON:
        if frame.cmd == SUBSCRIBE:
            await self._subscribe(frame)
            return {}
        if self.bot is None:
            raise Refused(846609)
        self.bot.frames.append(frame)
        if frame.cmd == "ping":
            return {}
        if frame.cmd not in COMMANDS:
            raise Refused(40058, f"cmd {frame.cmd!r}")
        return COMMANDS[frame.cmd](self.bot, frame)

    async def _subscribe(self, frame: Frame) -> None:
        """The newest wins: the one before hears of it, and is closed."""
        if self.bot:
            raise Refused(45009, "once for each connection")
        bot = self._sockets.bots.get(str(frame.body.get("bot_id")))
        if bot is None or bot.secret != frame.body.get("secret"):
            raise Refused(853000)
        if not bot.enabled:
            raise Refused(846601)
        before, bot.connection, self.bot = bot.connection, self, bot
        bot.frames.append(frame)
        if before:
            await before.kick()

    async def kick(self) -> None:
        assert self.bot
        body: JSON = {
            "msgid": f"bot-{self.bot.number():06d}",
            "create_time": int(self.bot.now()),
            "aibotid": self.bot.bot_id,
            "msgtype": "event",
            "event": {"eventtype": "disconnected_event"},
        }
        headers = {"req_id": f"req-{self.bot.number():06d}"}
        await self.send({"cmd": "aibot_event_callback", "headers": headers, "body": body})
        await self.close()


class Sockets:
    """Every open connection, and the bots they may be of."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.bots: dict[str, Bot] = {}
        self._open: set[Connection] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A socket, or a file under /bot-file/."""
        if request.path.startswith("/bot-file/"):
            return self._file(request)
        socket = web.WebSocketResponse(max_msg_size=LARGEST_FRAME)
        if not socket.can_prepare(request):
            raise web.HTTPNotFound
        await socket.prepare(request)
        connection = Connection(self, socket, request)
        self._open.add(connection)
        try:
            await connection.run()
        finally:
            self._open.discard(connection)
        return socket

    async def close(self) -> None:
        await asyncio.gather(*(one.close(1001) for one in list(self._open)))

    def _file(self, request: web.Request) -> web.Response:
        bot_id, _, name = request.path.removeprefix("/bot-file/").partition("/")
        bot = self.bots.get(bot_id)
        found = bot.downloads.get(name) if bot else None
        if bot is None or found is None or bot.now() >= found.expires:
            raise web.HTTPForbidden
        return web.Response(body=found.sealed, content_type="application/octet-stream")
