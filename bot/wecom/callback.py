"""WeCom calls us. An event is answered with an empty 200 when its Turn is on disk; until then the call is held open,
for only a call without an answer is sure to come again (decision 18)."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from itertools import count
from random import Random

from bot.chat.incoming import Incoming
from bot.edge.calls import Answer, Call, whole
from bot.edge.hand import Hand, Hear, HearFailed
from bot.wecom.crypt import Forged, Seal
from bot.wecom.events import created, digits, kind_of
from bot.wecom.pace import Pace
from bot.wecom.xml import Element, Unreadable, read

log = logging.getLogger(__name__)
MOST = 65_536
"""Bytes of a call: many times the largest event there is."""
WINDOW = 600
"""Seconds that WeCom's clock and ours may differ. Repetitions come for twenty seconds, each with a time of its own."""
_TURN = 10**9
"""Events of one second, many times over."""


@dataclass(slots=True)
class Heard:
    """What came and was none of ours, by kind, and what was not WeCom's, by the step at which that came out."""

    ignored: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


Understand = Callable[[Element], Incoming | None]
"""What an event means to us; None where it means nothing."""


class Callback:
    """Hears what WeCom brings while `listen` runs. What comes before that is held open."""

    def __init__(
        self, seal: Seal, understand: Understand, dice: Random, clock: Callable[[], datetime], pace: Pace
    ) -> None:
        self._seal = seal
        self._understand = understand
        self._dice = dice
        self._clock = clock
        self._pace = pace
        self._hand: asyncio.Future[Hand] | None = None
        self._numbers: dict[str, int] = {}
        self._count = count()
        self.heard = Heard()

    async def listen(self, hear: Hear, hear_failed: HearFailed, stop: asyncio.Event) -> None:
        """Hear people until `stop`, then finish what is in hand."""
        async with Hand(hear, hear_failed, self._dice, self._pace) as hand:
            try:
                self._there.set_result(hand)
                await stop.wait()
            finally:
                self._hand = None

    async def receive(self, call: Call) -> Answer:
        """One call. Nothing is believed before the signature has been compared, and nothing old is taken."""
        if not self._is_timely(call.query.get("timestamp", "")):
            return self._refused("time")
        try:
            if call.method == "POST":
                return await self._brought(call)
            return Answer(HTTPStatus.OK, body=self._opened(call, call.query.get("echostr", "")))
        except Forged as forged:
            return self._refused(str(forged))

    async def _brought(self, call: Call) -> Answer:
        try:
            async with asyncio.timeout(self._pace.patience):
                body = await whole(call.body, MOST)
        except TimeoutError:  # whoever drips shall not hold a place for ever
            return self._refused("slow", HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            return self._refused("size", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            sealed = read(body).word("Encrypt")
        except Unreadable:
            return self._refused("xml", HTTPStatus.BAD_REQUEST)
        inside = self._opened(call, sealed)
        try:
            told = read(inside)
        except Unreadable:  # it was WeCom's, and nobody can read it the next time either
            self.heard.ignored["unreadable"] += 1
            return Answer(HTTPStatus.OK)
        incoming = self._understand(told)
        if incoming is None:
            self.heard.ignored[kind_of(told)] += 1
            return Answer(HTTPStatus.OK)
        return await self._done(told, incoming)

    async def _done(self, told: Element, incoming: Incoming) -> Answer:
        """200 once the event is done with. One that takes too long is in hand still when it comes again."""
        try:
            async with asyncio.timeout(self._pace.patience):
                hand = await asyncio.shield(self._there)
                if len(hand) < self._pace.most and await asyncio.shield(self._taken(hand, told, incoming)):
                    return Answer(HTTPStatus.OK)
                await asyncio.Event().wait()  # left to WeCom: it shall hear nothing, and come again
        except TimeoutError:
            log.warning("event %s is not done within %g s", incoming.event, self._pace.patience)
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE)

    def _taken(self, hand: Hand, told: Element, incoming: Incoming) -> "asyncio.Future[bool]":
        """The event in hand; the same one where it is there already. A person's events stand in the order of WeCom's
        clock, and within a second as they came."""
        event = incoming.event
        if event in self._numbers:
            return hand.take(self._numbers[event], incoming)
        number = self._numbers[event] = created(told) * _TURN + next(self._count)
        taken = hand.take(number, incoming)

        def over(_: object) -> None:  # whatever comes later is known by the database
            self._numbers.pop(event, None)
            hand.forget(number)

        taken.add_done_callback(over)
        return taken

    @property
    def _there(self) -> "asyncio.Future[Hand]":
        """The hand, as soon as somebody listens."""
        if self._hand is None:
            self._hand = asyncio.get_running_loop().create_future()
        return self._hand

    @property
    def in_hand(self) -> int:
        """How many events are being heard, or wait for that."""
        return len(self._numbers)

    def _opened(self, call: Call, sealed: str) -> bytes:
        query = call.query
        return self._seal.open(sealed, query.get("msg_signature", ""), query["timestamp"], query.get("nonce", ""))

    def _is_timely(self, timestamp: str) -> bool:
        return digits(timestamp, 11) and abs(self._clock().timestamp() - int(timestamp)) <= WINDOW

    def _refused(self, step: str, status: int = HTTPStatus.FORBIDDEN) -> Answer:
        self.heard.refused[step] += 1
        if self.heard.refused[step] == 1:  # whoever knocks at our door shall not fill the log
            log.warning("a call that is not WeCom's was refused: %s", step)
        return Answer(status)
