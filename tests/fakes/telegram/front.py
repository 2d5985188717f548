"""The HTTP side: token, method, limits, faults on demand, and a record of every request."""

import asyncio
import inspect
import json
from collections import defaultdict
from dataclasses import dataclass

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.web_protocol import RequestHandler

from tests.fakes.bell import Bell
from tests.fakes.telegram.faults import Faults
from tests.fakes.telegram.limits import LIMITED, Gate
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.oracle import Oracle
from tests.fakes.telegram.refusals import JSON, NO_SUCH_METHOD, TOO_LARGE, UNAUTHORIZED, Refused, too_many_requests
from tests.fakes.telegram.requests import read_params
from tests.fakes.telegram.world import World

LARGEST_REQUEST = 52 * 1024 * 1024
_JSON = {"Content-Type": "application/json"}
NOT_THE_BOT = "X-Not-The-Bot"
"""A header by which a test says that it asks for itself: the oracle does not hold its nonsense against the bot."""


@dataclass(slots=True)
class Call:
    """One request of the bot's; status 0 while it waits for its answer."""

    method: str
    params: JSON
    status: int = 0


class Front:
    """Answers requests. It serves without aiohttp's router: the fake has to keep up with a push to thousands."""

    def __init__(self, token: str, world: World, faults: Faults, gate: Gate, oracle: Oracle | None) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self.gate = gate
        self._runner: web.ServerRunner | None = None
        self._oracle = oracle
        self.calls: list[Call] = []
        self.by_method: defaultdict[str, list[Call]] = defaultdict(list)
        self.floods = 0
        self.bell = Bell()

    async def open(self) -> str:
        """Listen on a free port; the address."""
        server = web.Server(
            self._serve, request_factory=_request, handler_cancellation=True, access_log=None, keepalive_timeout=600
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/file/bot"):
            return await self._serve_file(request)
        token, method = _asked(request.path)
        if not method:
            return _answer(Refused(404, "Not Found").json(), 404)
        try:
            call = self._note(Call(method, await read_params(request)))
        except web.HTTPRequestEntityTooLarge:
            return _answer(Refused(*TOO_LARGE).json(), 413)
        name = method.lower()
        if self._oracle and NOT_THE_BOT not in request.headers:
            self._oracle.request(method, call.params)
        if odd := self._faults.odd(name):
            call.status = odd.status
            return web.Response(body=odd.body, status=odd.status, content_type="text/html")
        await self._faults.before(name)
        body = await self._outcome(token, name, call)
        await self._faults.after(name)
        if self._faults.silent(name) and request.transport:
            request.transport.abort()
        if (pause := self._faults.drip(name)) is not None:
            return await _drip(request, body, pause)
        return _answer(body, call.status)

    def _note(self, call: Call) -> Call:
        self.calls.append(call)
        self.by_method[call.method.lower()].append(call)
        self.bell.ring()
        return call

    async def _serve_file(self, request: web.BaseRequest) -> web.StreamResponse:
        """/file/bot<token>/<path>; for faults and in the record its name is "file"."""
        token, _, path = request.path.removeprefix("/file/bot").partition("/")
        call = self._note(Call("file", {"path": path}, 200))
        await self._faults.before("file")
        try:
            data = self._file(token, path)
        except Refused as refused:
            call.status = refused.status
            return _answer(refused.json(), refused.status)
        if self._faults.silent("file") and request.transport:
            request.transport.abort()
        return web.Response(body=data, content_type="application/octet-stream")

    def _file(self, token: str, path: str) -> bytes:
        if token != self._token:
            raise Refused(*UNAUTHORIZED)
        if refusal := self._faults.refusal("file"):
            raise refusal
        return self._world.files.fetch(path, self._world.now())

    async def _outcome(self, token: str, name: str, call: Call) -> JSON:
        try:
            result = await self._act(token, name, call.params)
        except Refused as refusal:
            call.status = refusal.status
            self.floods += refusal.status == 429
            return refusal.json()
        call.status = 200
        if self._oracle and name != "getupdates":  # what that brings was judged when it was made
            self._oracle.result(call.method, result)
        return {"ok": True, "result": result}

    async def _act(self, token: str, name: str, params: JSON) -> object:
        if token != self._token:
            raise Refused(*UNAUTHORIZED)
        if refusal := self._faults.refusal(name):
            raise refusal
        if name not in METHODS:
            raise Refused(*NO_SUCH_METHOD)
        if name in LIMITED:
            self._hold_back(params.get("chat_id"))
        if name == "setwebhook" and params.get("url") and self.gate.wait_for_webhook():
            raise too_many_requests(1)
        result = METHODS[name](self._world, params)
        return await result if inspect.isawaitable(result) else result

    def _hold_back(self, chat: object) -> None:
        """429, where the test ordered it or the limits are passed."""
        if refusal := self._faults.flooded(chat):
            raise refusal
        if self.gate.limits:
            known = self._world.chats.get(chat) if isinstance(chat, int) else None
            if seconds := self.gate.wait(chat, group=known is not None and not known.is_private):
                raise too_many_requests(seconds)


def _asked(path: str) -> tuple[str, str]:
    """Token and method of /bot<token>/<method>."""
    if not path.startswith("/bot"):
        return "", ""
    token, _, method = path.removeprefix("/bot").partition("/")
    return token, "" if "/" in method else method


def _answer(body: JSON, status: int) -> web.Response:
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), status=status, headers=_JSON)


async def _drip(request: web.BaseRequest, body: JSON, pause: float) -> web.StreamResponse:
    response = web.StreamResponse(headers=_JSON)
    await response.prepare(request)
    for byte in json.dumps(body).encode():
        await asyncio.sleep(pause)
        await response.write(bytes([byte]))
    return response


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: "asyncio.Task[None]",
) -> web.BaseRequest:
    """Of aiohttp's own kind, but it takes files of Telegram's size."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_REQUEST)
