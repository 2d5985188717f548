"""The line to Telegram as both ways of hearing use it: calls made until they succeed, updates read, the pulse felt."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.incoming import Incoming
from bot.edge.fault import place
from bot.edge.pace import growing, rest, unless
from bot.telegram.pace import Pace
from bot.telegram.trouble import ChannelRefused, seconds_of
from bot.telegram.updates import ALLOWED, incoming_of, kind_of

log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
JSON = dict[str, Any]
Result = TypeVar("Result")


class Line(Bot):
    """python-telegram-bot's client, which also gives updates as they came (one it can't read then spoils no other), and
    changes a message without reading the whole of it that comes back."""

    async def raw_updates(self, offset: int, wait: int, limit: int = 100) -> list[JSON]:
        """The next updates, waited for so many seconds."""
        asked: JSON = {"offset": offset, "timeout": wait, "limit": limit, "allowed_updates": list(ALLOWED)}
        given = await self._post("getUpdates", asked)
        return given if isinstance(given, list) else []

    async def change(self, chat: int, number: int, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
        """Another text and keyboard for a message of ours."""
        asked: JSON = {"chat_id": chat, "message_id": number, "text": html, "parse_mode": ParseMode.HTML}
        await self._post("editMessageText", asked | {"reply_markup": keyboard, "link_preview_options": NO_PREVIEW})


@dataclass(slots=True)
class Pulse:
    """How the line is: for the health page. `heard` is the loop's time of the last sign of life from Telegram."""

    heard: float | None = None
    trouble: str = ""
    ignored: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Ear:
    """What hearing needs, however updates come."""

    line: Line
    dice: Random
    pace: Pace
    pulse: Pulse = field(default_factory=Pulse)

    def read(self, raw: JSON) -> Incoming | None:
        """The event in an update; None, and counted, where there is none for us."""
        incoming, kind = None, "unreadable"
        try:
            update = Update.de_json(raw, self.line)
            incoming = incoming_of(update)
            kind = "" if incoming else kind_of(update)
        except Exception as error:  # noqa: BLE001 - a newer Telegram may send what our library can't read
            log.warning("update %s can't be read (%s)", raw["update_id"], place(error))
        if incoming is None:
            self.pulse.ignored[kind] += 1
            log.info("update %s ignored: %s", raw["update_id"], kind)
        return incoming

    def alive(self) -> None:
        """Telegram has just given a sign of life."""
        if self.pulse.trouble:
            log.info("Telegram is heard again")
        self.pulse.trouble = ""
        self.pulse.heard = asyncio.get_running_loop().time()

    async def until_done(self, call: Callable[[], Coroutine[Any, Any, Result]], stop: asyncio.Event) -> Result | None:
        """The call's result, tried again and again with growing pauses; None once somebody asks to stop. Raises
        ChannelRefused when our token is not taken."""
        failures = 0
        while not stop.is_set():
            try:
                result = await unless(stop, call())
            except InvalidToken:
                self.pulse.trouble = "refused"
                raise ChannelRefused from None
            except Exception as error:  # noqa: BLE001 - listening goes on whatever comes down the line
                failures += 1
                self._tell(error, failures)
                await rest(self._pause(error, failures), stop)
            else:
                self.alive()
                return result
        return None

    def _pause(self, error: Exception, failures: int) -> float:
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        first = self.pace.conflict if isinstance(error, Conflict) else self.pace.trouble
        return growing(first, failures, self.pace.longest, self.dice)

    def _tell(self, error: Exception, failures: int) -> None:
        """One line when trouble begins; silence while it lasts."""
        self.pulse.trouble = type(error).__name__
        if failures > 1:
            return
        if isinstance(error, Conflict):
            log.error(
                "somebody else listens with this bot's token (a second copy of this program?), or set a webhook: "
                "only one can. Trying again."
            )
        else:
            why = error.message if isinstance(error, TelegramError) else place(error)
            log.warning("Telegram can't be heard (%s: %s). Trying again.", type(error).__name__, why)
