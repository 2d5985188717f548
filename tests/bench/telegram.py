"""The least Telegram a press needs, and the thumbs that press: it calls the webhook, and notes when a press is over.

It is not the strict fake of `tests/fakes`, whose half millisecond a press would be half of what is measured. It still
notes whatever is not as it must be: a press whose word or whose card comes twice, a new message instead of a changed
one, a call that is not taken."""

import asyncio
import json
import time as timer
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.bench.contenders import SECRET
from tests.bench.morning import JSON, Press
from tests.bench.wire import Caller, call, serve

DEAF = 30
"""Seconds after which a press will never be over."""
LINES = 40
"""So many calls Telegram makes at once to a bot that asks for no other number; ours asks for the same."""
_BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "晨练", "username": "chenlian_bot"}


class Pressing:
    """One press on its way: over when its spinner has stopped and its card has changed."""

    def __init__(self) -> None:
        self.over: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.seen: set[str] = set()


class Telegram:
    """A server for one bot, in this process and its loop; the bot is in another."""

    def __init__(self) -> None:
        self.odd: Counter[str] = Counter()
        """What should not have happened, by kind."""
        self._server: asyncio.Server | None = None
        self._hooked = asyncio.Event()
        self._hook = ""
        self._head = b""
        self._port = 0
        self._lines = asyncio.Semaphore(LINES)
        self._under_way: dict[str, Pressing] = {}
        self._resting: list[Caller] = []

    @property
    def url(self) -> str:
        """Where it is."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await serve(self._answer)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        for caller in self._resting:
            caller.hang_up()
        self._server.close()

    async def hooked(self) -> None:
        """Wait until the bot has said where to call it."""
        await self._hooked.wait()

    # ---- pressing

    async def closed(self, presses: Sequence[Press], in_flight: int) -> list[float]:
        """Press all of them, so many at any time, one after another as each is over; the seconds each took."""
        left, took = iter(presses), list[float]()

        async def thumb(mine: Iterator[Press]) -> None:
            for press in mine:
                took.append(await self._press(press, timer.perf_counter()))

        await asyncio.gather(*(thumb(left) for _ in range(in_flight)))
        return took

    async def steady(self, presses: Sequence[Press], rate: float) -> list[float]:
        """Press so many a second whatever becomes of them; the seconds each took since it should have been pressed."""
        began, pressed = timer.perf_counter(), list[asyncio.Task[float]]()
        for number, press in enumerate(presses):
            due = began + number / rate
            await asyncio.sleep(due - timer.perf_counter())
            pressed.append(asyncio.create_task(self._press(press, due)))
        return list(await asyncio.gather(*pressed))

    async def _press(self, press: Press, since: float) -> float:
        pressing = self._under_way[str(press.chat)] = Pressing()
        async with asyncio.timeout(DEAF):
            async with self._lines:
                caller = await self._caller()
                status = await caller.post(self._head, json.dumps(press.update).encode())
                self._resting.append(caller)
            self.odd[f"a call was answered with {status}"] += status != 200
            over = await pressing.over
        del self._under_way[str(press.chat)]
        return over - since

    async def _caller(self) -> Caller:
        while self._resting:
            if not (caller := self._resting.pop()).lost:
                return caller
        return await call(self._port)

    # ---- answering the bot

    def _answer(self, path: str, body: bytes) -> bytes:
        return json.dumps({"ok": True, "result": self._result(path.rpartition("/")[2], body)}).encode()

    def _result(self, method: str, body: bytes) -> object:
        match method:
            case "answerCallbackQuery":
                self._happened(method, _params(body)["callback_query_id"])
            case "editMessageText":
                return self._changed(_params(body))
            case "getMe":
                return _BOT
            case "getWebhookInfo":
                return {"url": self._hook, "has_custom_certificate": False, "pending_update_count": 0}
            case "setWebhook":
                self._set_hook(_params(body)["url"])
            case "setMyCommands":
                pass
            case _:
                self.odd[method] += 1
        return True

    def _changed(self, params: dict[str, str]) -> JSON:
        chat = params["chat_id"]
        self._happened("editMessageText", chat)
        message: JSON = {
            "message_id": int(params["message_id"]),
            "from": _BOT,
            "chat": {"id": int(chat), "type": "private", "first_name": "王芳"},
            "date": 1_795_392_000,
            "edit_date": 1_795_392_200,
            "text": params["text"],
        }
        if keyboard := params.get("reply_markup"):
            message["reply_markup"] = json.loads(keyboard)
        return message

    def _happened(self, method: str, chat: str) -> None:
        pressing = self._under_way.get(chat)
        if pressing is None or method in pressing.seen:
            self.odd[f"{method} once too often"] += 1
            return
        pressing.seen.add(method)
        if len(pressing.seen) == 2:
            pressing.over.set_result(timer.perf_counter())

    def _set_hook(self, url: str) -> None:
        self._hook, parts = url, urlsplit(url)
        self._port = parts.port or 0
        self._head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        ).encode()
        self._hooked.set()


def _params(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
