"""A smart bot's long connection (智能机器人): held as long as we listen, taken up again after every end but our own.

WeCom lets one connection have a bot: the newest. Whoever loses it that way steps down (decision 20)."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random

from aiohttp import ClientError, ClientSession, ClientWSTimeout

from bot.edge.fault import KeysRefused
from bot.edge.pace import growing, rest, unless
from bot.wecom.frames import CUT, PING, SUBSCRIBE, End, Frames, Told
from bot.wecom.request import JSON
from bot.wecom.trouble import Refused, Unreachable

log = logging.getLogger(__name__)
WRONG_SECRET, NOT_ENABLED = 853000, 846601
SILENT = 2
"""So many heartbeats without an answer, and the line is dead."""
FAREWELL = 2.0
"""Seconds that the other side may take to say goodbye."""
Elsewhere = Callable[[], Awaitable[bool]]
"""Whether another process of ours is alive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds. After somebody has taken the bot from us, `stepped_down` is the first pause; it doubles with each time,
    and is forgotten once we have held the bot for `settled`."""

    beat: float = 30.0
    deadline: float = 10.0
    trouble: float = 1.0
    longest: float = 60.0
    stepped_down: float = 45.0
    longest_down: float = 3600.0
    settled: float = 600.0


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Bot:
    """Which bot, and its secret."""

    bot_id: str
    secret: str = field(repr=False)


class BotRefused(KeysRefused):
    """WeCom does not let us have the bot: nothing helps but another secret, or a switch in its settings."""

    def __init__(self, errcode: int) -> None:
        what = {
            WRONG_SECRET: "does not know this pair of CHENLIAN_WECOM_BOT_ID and CHENLIAN_WECOM_BOT_SECRET",
            NOT_ENABLED: "says that the long connection is not chosen for the bot of CHENLIAN_WECOM_BOT_ID",
        }
        super().__init__(
            f"WeCom {what[errcode]} (errcode {errcode}). Both stand on the bot's page in WeCom, under its API mode, "
            "where “long connection” (使用长连接) must be chosen."
        )


@dataclass(slots=True)
class Pulse:
    """How the line is. `trouble` is a word, empty while all is well; `connected` counts the times."""

    connected: int = 0
    trouble: str = "not connected yet"


class Socket:
    """The connection, whichever it is at the moment."""

    def __init__(self, session: ClientSession, url: str, bot: Bot, dice: Random, pace: Pace = USUAL) -> None:
        self._session = session
        self._url = url
        self._bot = bot
        self._dice = dice
        self._pace = pace
        self._frames: Frames | None = None
        self.pulse = Pulse()

    async def ask(self, cmd: str, body: JSON | None = None, req_id: str = "") -> JSON:
        """Say something over it. Raises Refused, and Unreachable where there is none."""
        if self._frames is None:
            raise Unreachable("the bot is not connected")
        return await self._frames.ask(cmd, body, req_id)

    async def hold(self, told: Told, elsewhere: Elsewhere, stop: asyncio.Event) -> None:
        """Hold the bot until `stop`. Raises BotRefused where WeCom will not have us."""
        failures = kicks = 0
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            began, end = loop.time(), await self._once(told, stop)
            if stop.is_set():
                return
            lasted = loop.time() - began
            failures = failures + 1 if end is None or lasted < self._pace.beat else 1
            kicks = 0 if lasted >= self._pace.settled else kicks
            if end is End.TAKEN:
                kicks += 1
                await self._step_down(kicks, elsewhere, stop)
            else:
                await rest(growing(self._pace.trouble, failures, self._pace.longest, self._dice), stop)

    async def _once(self, told: Told, stop: asyncio.Event) -> End | None:
        """One connection from its beginning to its end; None if it came to nothing."""
        try:
            async with self._connected(told) as (frames, reading):
                beating = asyncio.create_task(self._beat(frames))
                try:
                    self._frames = frames
                    self._well()
                    await unless(stop, _first(reading, beating))
                finally:
                    self._frames = None
                    beating.cancel()
                return reading.result() if reading.done() else End.LOST
        except Refused as refused:
            if refused.errcode in {WRONG_SECRET, NOT_ENABLED}:
                self.pulse.trouble = "refused"
                raise BotRefused(refused.errcode) from None
            self._tell(f"errcode {refused.errcode}")
        except (Unreachable, ClientError, OSError, TimeoutError) as error:
            self._tell(str(error) if isinstance(error, Unreachable) else type(error).__name__)
        return None

    @asynccontextmanager
    async def _connected(self, told: Told) -> AsyncIterator[tuple[Frames, "asyncio.Task[End]"]]:
        """A connection on which the bot is ours, being read."""
        async with connection(self._session, self._url, self._bot, told, self._pace.deadline) as connected:
            yield connected

    async def _beat(self, frames: Frames) -> None:
        """Until the line is dead."""
        silent = 0
        while silent < SILENT:
            await asyncio.sleep(self._pace.beat)
            try:
                await frames.ask(PING)
                silent = 0
            except (Unreachable, Refused) as error:
                silent += 1
                if str(error) == CUT:
                    return
        log.warning("WeCom does not answer any more; the bot's connection is taken up anew")

    async def _step_down(self, kicks: int, elsewhere: Elsewhere, stop: asyncio.Event) -> None:
        """Wait, longer each time, and as long as another process of ours is alive: it has the bot."""
        log.warning("another connection has taken the bot; this one steps down and comes back when it may be gone")
        self.pulse.trouble = "another connection has the bot"
        while not stop.is_set():
            await rest(growing(self._pace.stepped_down, kicks, self._pace.longest_down, self._dice), stop)
            if stop.is_set() or not await elsewhere():
                return

    def _well(self) -> None:
        if self.pulse.trouble and self.pulse.connected:
            log.info("the bot is connected again")
        self.pulse.trouble = ""
        self.pulse.connected += 1

    def _tell(self, trouble: str) -> None:
        """One line when trouble begins; silence while it lasts."""
        if self.pulse.trouble != trouble:
            log.warning("the bot can't be connected (%s). Trying again.", trouble)
        self.pulse.trouble = trouble


@asynccontextmanager
async def connection(
    session: ClientSession, url: str, bot: Bot, told: Told, deadline: float
) -> AsyncIterator[tuple[Frames, "asyncio.Task[End]"]]:
    """A connection on which a bot is ours as long as the block runs, being read; whoever had the bot before has lost
    it. Raises Refused, Unreachable, and what aiohttp raises where none comes about."""
    async with asyncio.timeout(deadline):
        socket = await session.ws_connect(url, timeout=ClientWSTimeout(ws_close=FAREWELL))
    frames = Frames(socket, told, deadline, secrets.token_hex(4))
    reading = asyncio.create_task(frames.read())
    try:
        await frames.ask(SUBSCRIBE, {"bot_id": bot.bot_id, "secret": bot.secret})
        yield frames, reading
    finally:
        with suppress(ClientError, OSError, TimeoutError):
            await socket.close()
        if not reading.done():
            reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _first(*tasks: "asyncio.Task[object]") -> None:
    """Wait for whichever is over first."""
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
