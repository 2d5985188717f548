"""The smart bot put together: one connection, a channel to speak through, a way to hear."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from aiohttp import ClientSession, DummyCookieJar

from bot.addresses import WECOM_BOT
from bot.edge.hand import Hand, Hear, HearFailed
from bot.edge.pace import Tries, unless
from bot.edge.platform import Commands
from bot.wecom.gate import Gate
from bot.wecom.hearing import incoming_of, kind_of
from bot.wecom.robot import SmartBotChannel
from bot.wecom.socket import USUAL, Bot, Elsewhere, Pace, Pulse, Socket

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hands:
    """How events are taken in hand, and whether another process of ours may have the bot."""

    dice: Random
    elsewhere: Elsewhere
    tries: Tries = field(default_factory=Tries)


class BotEdge:
    """What main needs of a smart bot. The connection stays when listening has ended, for the answers still in hand."""

    def __init__(self, socket: Socket, channel: SmartBotChannel, hands: Hands) -> None:
        self._socket = socket
        self._hands = hands
        self._hand: Hand | None = None
        self._number = 0
        self._holding: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()
        self.channel = channel
        self.ignored: Counter[str] = Counter()

    @property
    def pulse(self) -> Pulse:
        """How the connection is."""
        return self._socket.pulse

    async def listen(self, hear: Hear, hear_failed: HearFailed, *, stop: asyncio.Event) -> None:
        """Hear people until `stop`, then finish what is in hand. Raises BotRefused when WeCom will not have us."""
        async with Hand(hear, hear_failed, self._hands.dice, self._hands.tries) as hand:
            self._hand = hand
            self._holding = asyncio.create_task(self._socket.hold(self._told, self._hands.elsewhere, self._closing))
            try:
                await unless(stop, _over(self._holding))
            finally:
                self._hand = None

    async def hang_menu(self, commands: Commands, *, in_groups: bool = False) -> bool:
        """A smart bot has no menu."""
        return False

    async def close(self) -> None:
        """Let go of the bot."""
        self._closing.set()
        if self._holding is not None:
            await asyncio.wait({self._holding})

    def _told(self, frame: Mapping[str, Any]) -> None:
        """Take an event in hand. WeCom keeps none for later: what comes while we end is asked again by the person."""
        incoming, hand = incoming_of(frame), self._hand
        if incoming is None:
            self.ignored[kind_of(frame)] += 1
            log.info("an event of the bot's is ignored: %s", kind_of(frame))
        elif hand is not None:
            number, self._number = self._number, self._number + 1
            hand.take(number, incoming).add_done_callback(lambda _: hand.forget(number))


async def _over(holding: "asyncio.Task[None]") -> None:
    """Wait for its end, and raise what it raised; to give up waiting is not to end it."""
    await asyncio.shield(holding)


@asynccontextmanager
async def bot_edge(
    bot: Bot, url: str, choose: str, hands: Hands, *, pace: Pace = USUAL, gate: Gate | None = None
) -> AsyncIterator[BotEdge]:
    """A smart bot, connected from when it listens until the block ends. `url` may be empty; `choose` is the word on a
    form's button."""
    async with ClientSession(cookie_jar=DummyCookieJar(), trust_env=True) as session:
        socket = Socket(session, url or WECOM_BOT, bot, hands.dice, pace)
        edge = BotEdge(socket, SmartBotChannel(socket, session, choose, gate), hands)
        try:
            yield edge
        finally:
            await edge.close()
