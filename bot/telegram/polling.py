"""Our own getUpdates loop. The offset, which lets Telegram forget an update, moves only past what is done with."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.incoming import Incoming
from bot.telegram.hand import Hand, Hear, HearFailed
from bot.telegram.pace import USUAL, Pace, growing, rest, unless
from bot.telegram.trouble import ChannelRefused, place, seconds_of
from bot.telegram.updates import ALLOWED, incoming_of, kind_of

log = logging.getLogger(__name__)
JSON = dict[str, Any]
Result = TypeVar("Result")


class Line(Bot):
    """python-telegram-bot's client, which also gives updates as they came: one it can't read then spoils no other."""

    async def raw_updates(self, offset: int, wait: int, limit: int = 100) -> list[JSON]:
        """The next updates, waited for so many seconds."""
        asked: JSON = {"offset": offset, "timeout": wait, "limit": limit, "allowed_updates": list(ALLOWED)}
        given = await self._post("getUpdates", asked)
        return given if isinstance(given, list) else []


@dataclass(slots=True)
class Pulse:
    """How the line is: for the health page. `polled` is the loop's time of the last poll that succeeded."""

    polled: float | None = None
    trouble: str = ""
    ignored: Counter[str] = field(default_factory=Counter)


class Poller:
    """Hears updates until told to stop."""

    def __init__(self, line: Line, dice: Random, pace: Pace = USUAL) -> None:
        self._line = line
        self._dice = dice
        self._pace = pace
        self.pulse = Pulse()

    async def poll(self, hear: Hear, hear_failed: HearFailed, stop: asyncio.Event) -> None:
        """Poll until `stop`, then finish what is in hand. Raises ChannelRefused when our token is not taken."""
        hand, offset = Hand(hear, hear_failed, self._dice, self._pace), 0
        async with hand:
            await self._until_done(self._line.delete_webhook, stop)
            await self._until_done(self._line.get_me, stop)  # in a group we must know which commands are for us
            while not stop.is_set():
                offset = hand.offset()
                batch = await self._until_done(partial(self._line.raw_updates, offset, self._pace.poll), stop)
                for raw in batch or []:
                    hand.take(raw["update_id"], self._read(raw))
                await hand.settle(self._pace.settle)
                if not batch:
                    await rest(self._pace.settle, stop)  # a server that holds no poll must not make us spin
        if hand.offset() != offset:
            await self._confirm(hand.offset())

    def _read(self, raw: JSON) -> Incoming | None:
        """The event in an update; None, and counted, where there is none for us."""
        kind = "unreadable"
        try:
            update = Update.de_json(raw, self._line)
            incoming, kind = incoming_of(update), kind_of(update)
        except Exception as error:  # noqa: BLE001 - a newer Telegram may send what our library can't read
            log.warning("update %s can't be read (%s)", raw["update_id"], place(error))
            incoming = None
        if incoming is None:
            self.pulse.ignored[kind] += 1
            log.info("update %s ignored: %s", raw["update_id"], kind)
        return incoming

    async def _until_done(self, call: Callable[[], Coroutine[Any, Any, Result]], stop: asyncio.Event) -> Result | None:
        """The call's result, tried again and again with growing pauses; None once somebody asks to stop."""
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
                self._all_is_well()
                return result
        return None

    def _pause(self, error: Exception, failures: int) -> float:
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        first = self._pace.conflict if isinstance(error, Conflict) else self._pace.trouble
        return growing(first, failures, self._pace.longest, self._dice)

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

    def _all_is_well(self) -> None:
        if self.pulse.trouble:
            log.info("Telegram is heard again")
        self.pulse.trouble = ""
        self.pulse.polled = asyncio.get_running_loop().time()

    async def _confirm(self, offset: int) -> None:
        """Say how far we came, so that less is brought twice after a restart. Not vital, so not waited for long."""
        try:
            async with asyncio.timeout(self._pace.farewell):
                await self._line.raw_updates(offset, 0, limit=1)
        except (TelegramError, TimeoutError) as error:
            log.info("the last offset was not taken (%s)", type(error).__name__)
