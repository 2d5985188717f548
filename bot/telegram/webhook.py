"""Telegram calls us. Its call is answered with 200 only when the update is done with; anything else brings it again."""

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from telegram import WebhookInfo

from bot.edge.calls import Answer, Call, whole
from bot.edge.hand import Hand, Hear, HearFailed
from bot.edge.pace import rest
from bot.telegram.line import JSON, Ear
from bot.telegram.updates import ALLOWED

log = logging.getLogger(__name__)
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header
MOST = 1_048_576
"""Bytes of a call: many times the largest update there is."""
CONNECTIONS = 40
"""So many calls Telegram may make at once; its own default."""
COME_BACK = 2
"""Seconds after which Telegram may call again."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram shall call, and the secret it has to bring."""

    url: str
    secret: str = field(repr=False)


class Webhook:
    """Hears what Telegram brings while `listen` runs. Calls that come before or after are sent away for a moment."""

    def __init__(self, ear: Ear, hook: Hook) -> None:
        self._ear = ear
        self._hook = hook
        self._hand: Hand | None = None
        self._error: object = None

    async def listen(self, hear: Hear, hear_failed: HearFailed, stop: asyncio.Event) -> None:
        """Have Telegram call until `stop`, then finish what is in hand. The webhook stays set: what is said while we
        are away waits for us. Raises ChannelRefused when our token is not taken."""
        ear, line = self._ear, self._ear.line
        async with Hand(hear, hear_failed, ear.dice, ear.pace) as hand:
            try:
                await ear.until_done(line.get_me, stop)  # in a group we must know which commands are for us
                self._hand = hand
                while not stop.is_set():
                    info = await ear.until_done(line.get_webhook_info, stop)
                    if info is not None and info.url != self._hook.url:
                        await ear.until_done(self._set, stop)
                    self._note(info)
                    await rest(ear.pace.watch, stop)
            finally:
                self._hand = None

    @property
    def in_hand(self) -> int:
        """How many events are being heard, or wait for that."""
        return len(self._hand) if self._hand is not None else 0

    async def receive(self, call: Call) -> Answer:
        """One call of Telegram. Nothing of it is read before the secret has been compared."""
        if call.method != "POST":
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED)
        given = call.headers.get(SECRET, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._hook.secret.encode()):
            return Answer(HTTPStatus.FORBIDDEN)
        hand = self._hand
        if hand is None or len(hand) >= self._ear.pace.most:
            return _later()
        body = await whole(call.body, MOST)
        if body is None:
            return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        raw = _update(body)
        if raw is None:  # nobody can read it the next time either
            self._ear.pulse.ignored["unreadable"] += 1
            return Answer(HTTPStatus.OK)
        return await self._done(hand, raw)

    async def _done(self, hand: Hand, raw: JSON) -> Answer:
        """Whether the update is done with; one that takes too long is in hand still when it comes again."""
        self._ear.alive()
        number = int(raw["update_id"])
        try:
            async with asyncio.timeout(self._ear.pace.patience):
                done = await asyncio.shield(hand.take(number, self._ear.read(raw)))
        except TimeoutError:
            return _later()
        if not done:
            return _later()
        hand.forget(number)
        return Answer(HTTPStatus.OK)

    async def _set(self) -> bool:
        asked = partial(self._ear.line.set_webhook, self._hook.url, secret_token=self._hook.secret)
        return await asked(allowed_updates=ALLOWED, max_connections=CONNECTIONS)

    def _note(self, info: WebhookInfo | None) -> None:
        """Say once what Telegram says about our answers."""
        if info is None or info.last_error_date in {None, self._error}:
            return
        self._error = info.last_error_date
        log.warning(
            "Telegram could not bring an update: %s (%s wait)", info.last_error_message, info.pending_update_count
        )


def _later() -> Answer:
    return Answer(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": str(COME_BACK)})


def _update(body: bytes) -> dict[str, Any] | None:
    """The update in a call, None if there is none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and type(raw.get("update_id")) is int else None
