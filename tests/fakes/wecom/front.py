"""The HTTP side: address, token, agent, body, in this order; faults on demand; a record of every request (§1)."""

import itertools
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.fakes.bell import Bell
from tests.fakes.wecom.calls import Call, read_body
from tests.fakes.wecom.faults import Faults
from tests.fakes.wecom.methods import METHODS, Method
from tests.fakes.wecom.refusals import JSON, Refused, answer
from tests.fakes.wecom.world import World

PREFIX = "/cgi-bin/"
LARGEST_REQUEST = 32 * 1024 * 1024
WARNING = ". Warning: wrong json format. "


class Front:
    """Answers requests. API errors come with HTTP 200, as WeCom's do; only what is no method at all is a 404.
    `beside` serves what is not under /cgi-bin/: the bots' socket and their files."""

    def __init__(
        self, world: World, faults: Faults, beside: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> None:
        self._world = world
        self._faults = faults
        self._beside = beside
        self._runner: web.AppRunner | None = None
        self._hints = itertools.count(1_787_373_915_609_110_759)
        self.calls: list[Call] = []
        self.bell = Bell()

    async def open(self) -> str:
        """Listen on a free port; the address."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if not request.path.startswith(PREFIX):
            return await self._beside(request)
        path = request.path.removeprefix(PREFIX)
        method = METHODS.get(path)
        if method is None or method.verb != request.method:
            raise web.HTTPNotFound
        call = Call(path, dict(request.query), request.remote or "", range=request.headers.get("Range", ""))
        self.calls.append(call)
        self.bell.ring()
        if odd := self._faults.odd(path):
            return web.Response(body=odd.body, status=odd.status, content_type="text/html")
        await self._faults.before(path)
        response = await self._outcome(request, call, method)
        await self._faults.after(path)
        if self._faults.silent(path) and request.transport:
            request.transport.abort()
        return response

    async def _outcome(self, request: web.Request, call: Call, method: Method) -> web.Response:
        try:
            result = await self._act(request, call, method)
        except Refused as refused:
            call.errcode, call.answer = refused.errcode, answer(refused, next(self._hints), call.ip)
            headers = {
                "Error-Code": str(refused.errcode),
                "Error-Msg": str(refused).encode("ascii", "replace").decode(),
            }
            return _json(call.answer, headers)
        call.errcode = 0
        if isinstance(result, web.Response):
            return result
        said = "ok" + WARNING if call.warned else "ok"
        call.answer = {"errcode": 0, "errmsg": said} | result
        return _json(call.answer, {})

    async def _act(self, request: web.Request, call: Call, method: Method) -> JSON | web.Response:
        world = self._world
        if not method.open:
            if world.trusted is not None and call.ip not in world.trusted:
                raise Refused(60020)
            call.agent = world.tokens.agent(call.query.get("access_token"), world.now())
        self._faults.refuse(call.path)
        if method.metered:
            world.meter_api(call.path)
        await read_body(request, call)
        return method.act(world, call)


def _json(body: JSON, headers: dict[str, str]) -> web.Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=content, headers={"Content-Type": "application/json; charset=UTF-8"} | headers)
