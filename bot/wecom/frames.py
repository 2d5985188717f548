"""One connection of a smart bot: what we say is matched with its answer by req_id, what we are told is handed on
([path/101463])."""

import asyncio
import itertools
import json
import logging
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType

from bot.edge.fault import place
from bot.wecom.request import JSON
from bot.wecom.trouble import Refused, Unreachable

log = logging.getLogger(__name__)
SUBSCRIBE, PING = "aibot_subscribe", "ping"
WELCOME, REPLY, UPDATE, PUSH = (
    "aibot_respond_welcome_msg",
    "aibot_respond_msg",
    "aibot_respond_update_msg",
    "aibot_send_msg",
)
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
KICKED = "disconnected_event"
CUT = "the connection was cut"
Told = Callable[[Mapping[str, Any]], None]
"""Takes what people do, at once."""


class End(StrEnum):
    """Why a connection is over: it was lost, however politely, or somebody else holds the bot now."""

    LOST = "lost"
    TAKEN = "taken"


class Frames:
    """What goes over one connection. `deadline`: seconds for an answer."""

    def __init__(self, socket: ClientWebSocketResponse, told: Told, deadline: float, prefix: str) -> None:
        self._socket = socket
        self._told = told
        self._deadline = deadline
        self._prefix = prefix
        self._numbers = itertools.count(1)
        self._asked: dict[str, asyncio.Future[JSON]] = {}
        self._taken = False

    async def ask(self, cmd: str, body: JSON | None = None, req_id: str = "") -> JSON:
        """The body of the answer. What answers an event has its req_id, all else gets one of its own. Raises Refused
        with WeCom's errcode, and Unreachable."""
        req_id = req_id or f"{self._prefix}-{next(self._numbers)}"
        if req_id in self._asked:
            raise Unreachable("an event is being answered already")
        answer = self._asked[req_id] = asyncio.get_running_loop().create_future()
        frame = {"cmd": cmd, "headers": {"req_id": req_id}} | ({"body": body} if body is not None else {})
        try:
            async with asyncio.timeout(self._deadline):
                await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
                said = await answer
        except TimeoutError:
            raise Unreachable(f"no answer within {self._deadline:g} s") from None
        except (ClientError, OSError) as error:
            raise Unreachable(type(error).__name__) from None
        finally:
            del self._asked[req_id]
            answer.cancel()
        if errcode := int(said.get("errcode", 0)):
            raise Refused(errcode)
        return dict(said.get("body") or {})

    async def read(self) -> End:
        """Read until the connection ends. Whoever still waits for an answer then learns that there will be none."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        except (ClientError, OSError) as error:
            log.info("the bot's connection broke (%s)", type(error).__name__)
        finally:
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(Unreachable(CUT))
        return End.TAKEN if self._taken else End.LOST

    def _take(self, text: str) -> None:
        """One frame. What can't be read spoils no other."""
        try:
            frame = json.loads(text)
            req_id, cmd = str(frame["headers"]["req_id"]), frame.get("cmd", "")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            log.warning("a frame of WeCom's can't be read (%s)", type(error).__name__)
            return
        if not cmd:
            answer = self._asked.get(req_id)
            if answer is not None and not answer.done():
                answer.set_result(frame)
        elif _kind(frame) == KICKED:
            self._taken = True
        else:
            try:
                self._told(frame)
            except Exception as error:  # noqa: BLE001 - a newer WeCom may tell what we can't read
                log.warning("what WeCom told can't be taken (%s)", place(error))


def _kind(frame: Mapping[str, Any]) -> str:
    """What kind of event a frame tells of; "" for a message."""
    body = frame.get("body")
    event = body.get("event") if isinstance(body, dict) else None
    return str(event.get("eventtype", "")) if isinstance(event, dict) else ""
