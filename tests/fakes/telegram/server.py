"""The HTTP side: token, method, faults on demand, and a record of every request."""

import asyncio
import inspect
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

from aiohttp import web

from tests.fakes.telegram import hearing, speaking
from tests.fakes.telegram.people import User
from tests.fakes.telegram.refusals import JSON, NO_SUCH_METHOD, UNAUTHORIZED, Refused
from tests.fakes.telegram.requests import read_params
from tests.fakes.telegram.world import Chat, World

METHODS: dict[str, Callable[[World, JSON], object | Awaitable[object]]] = {
    "answercallbackquery": speaking.answer_callback_query,
    "deletemessage": speaking.delete_message,
    "deletemycommands": hearing.delete_my_commands,
    "deletewebhook": hearing.delete_webhook,
    "editmessagereplymarkup": speaking.edit_message_reply_markup,
    "editmessagetext": speaking.edit_message_text,
    "getme": hearing.get_me,
    "getmycommands": hearing.get_my_commands,
    "getupdates": hearing.get_updates,
    "getwebhookinfo": hearing.get_webhook_info,
    "sendchataction": speaking.send_chat_action,
    "sendmessage": speaking.send_message,
    "setmycommands": hearing.set_my_commands,
    "setwebhook": hearing.set_webhook,
}
A_DAY_IN_2026 = 1_795_392_000
QUERY_LIFETIME = 150.0


@dataclass
class Call:
    """One request of the bot's; status 0 while it waits for its answer."""

    method: str
    params: JSON
    status: int = 0


class TelegramFake:
    """A Bot API server for one bot, in the test's own loop.

    `now` moves life times (queries 150 s, updates 24 h, deleting 48 h); a message's date is `epoch` + `now()`.
    How long a poll waits is always real.
    """

    token = "7000000001:AAFakeTokenOfTheChenlianTests-000000"

    def __init__(
        self,
        now: Callable[[], float] | None = None,
        *,
        epoch: int = A_DAY_IN_2026,
        query_lifetime: float = QUERY_LIFETIME,
    ) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self._world = World(now or (lambda: asyncio.get_running_loop().time()), epoch, query_lifetime)
        self._faults: defaultdict[str, deque[Refused]] = defaultdict(deque)
        self._silences: defaultdict[str, int] = defaultdict(int)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        app.router.add_route("*", "/{anything:.*}", _nowhere)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._world.updates.close()
        if self._runner:
            await self._runner.cleanup()

    def user(self, number: int, name: str = "王芳", language: str = "zh-hans") -> User:
        """The person of this id; made at the first call."""
        return User(self._world, self._world.chats.setdefault(number, Chat(number, name, language)))

    def called(self, method: str) -> list[Call]:
        """The requests for one method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def wait_called(
        self,
        method: str,
        times: int = 1,
        timeout: float = 5,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> list[Call]:
        """The requests for one method, once there are so many; the newest may still be unanswered."""
        bell = self._world.bell
        found = await bell.until(lambda: calls if len(calls := self.called(method)) >= times else None, timeout)
        if found is None:
            raise AssertionError(f"{method} was called {len(self.called(method))} times in {timeout} s, not {times}")
        return found

    def fail_next(
        self, method: str, status: int, description: str, parameters: JSON | None = None, times: int = 1
    ) -> None:
        """Refuse the next calls of a method without acting, e.g. 429 with {"retry_after": 1}."""
        self._faults[method.lower()].extend(Refused(status, description, parameters) for _ in range(times))

    def drop_response_next(self, method: str, times: int = 1) -> None:
        """Act on the next calls of a method, but hang up instead of answering."""
        self._silences[method.lower()] += times

    def redeliver(self, update_id: int) -> None:
        """Give an update to the bot again, although it was confirmed."""
        self._world.updates.redeliver(update_id)

    @property
    def confirmed(self) -> int:
        """The highest offset asked for: every update below it is confirmed (0 at first)."""
        return self._world.updates.confirmed

    @property
    def updates(self) -> dict[int, JSON]:
        """Every update ever made, by id."""
        return self._world.updates.every

    @property
    def webhook(self) -> JSON:
        """`url` and `secret_token` as set; empty when there is none."""
        return self._world.webhook

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        call = Call(method, await read_params(request))
        self.calls.append(call)
        self._world.bell.ring()
        try:
            result = await self._act(request.match_info["token"], method.lower(), call.params)
        except Refused as refusal:
            call.status, body = refusal.status, refusal.json()
        else:
            call.status, body = 200, {"ok": True, "result": result}
        if self._silences[method.lower()] and request.transport:
            self._silences[method.lower()] -= 1
            request.transport.abort()
        return web.json_response(body, status=call.status)

    async def _act(self, token: str, method: str, params: JSON) -> object:
        if token != self.token:
            raise Refused(*UNAUTHORIZED)
        if self._faults[method]:
            raise self._faults[method].popleft()
        if method not in METHODS:
            raise Refused(*NO_SUCH_METHOD)
        result = METHODS[method](self._world, params)
        return await result if inspect.isawaitable(result) else result


async def _nowhere(_request: web.Request) -> web.Response:
    return web.json_response(Refused(404, "Not Found").json(), status=404)
