"""The edge put together: one line to Telegram, a channel to speak through, a way to hear, a menu."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from telegram import BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError

from bot.addresses import TELEGRAM
from bot.edge.calls import Hook as CallHook
from bot.edge.hand import Hear, HearFailed
from bot.edge.platform import Commands
from bot.telegram.channel import TelegramChannel
from bot.telegram.lane import Lane
from bot.telegram.line import Ear, Line, Pulse
from bot.telegram.pace import USUAL, Pace
from bot.telegram.polling import Poller
from bot.telegram.request import Request
from bot.telegram.trouble import ChannelRefused, send_error
from bot.telegram.webhook import Hook, Webhook

log = logging.getLogger(__name__)
DEADLINE = 15.0
"""Seconds for a whole call; a poll has these on top of its waiting."""
CONNECTIONS = 256
"""To speak by: more than letters are in hand, so that an answer to a tap finds one free however slow Telegram is."""


class TelegramEdge:
    """What main needs of Telegram."""

    def __init__(self, ear: Ear, speaking: Request, hook: Hook | None) -> None:
        self._line = ear.line
        self._ear = ear
        self._webhook = Webhook(ear, hook) if hook else None
        self.channel = TelegramChannel(ear.line, speaking, Lane(ear.pace.rates))

    @property
    def pulse(self) -> Pulse:
        """How the line is."""
        return self._ear.pulse

    @property
    def in_hand(self) -> int:
        """How many events are being heard, or wait for that."""
        return self._webhook.in_hand if self._webhook else 0

    @property
    def receive(self) -> CallHook | None:
        """What answers Telegram's calls; None when we poll."""
        return self._webhook.receive if self._webhook else None

    async def listen(self, hear: Hear, hear_failed: HearFailed, *, stop: asyncio.Event) -> None:
        """Hear people until `stop`, then finish what is in hand. Raises ChannelRefused when the token is not taken."""
        await (self._webhook or Poller(self._ear)).listen(hear, hear_failed, stop)

    async def name(self) -> str:
        """The bot's username, as in https://t.me/NAME. Raises ChannelRefused, or SendError if Telegram is not there."""
        try:
            return (await self._line.get_me()).username or ""
        except InvalidToken:
            raise ChannelRefused from None
        except TelegramError as error:
            raise send_error(error) from None

    async def hang_menu(self, commands: Commands, *, in_groups: bool = False) -> bool:
        """Show the commands beside the text field of every private chat (or group); whether Telegram took them. Not
        vital."""
        scope = BotCommandScopeAllGroupChats() if in_groups else BotCommandScopeAllPrivateChats()
        menus = [(language[:2], menu) for language, menu in commands.items()]
        try:
            for language, menu in [("", menus[0][1]), *menus]:
                listed = [(name.removeprefix("/"), description) for name, description in menu]
                await self._line.set_my_commands(listed, scope, language)
        except TelegramError as error:
            log.warning("the menu of commands was not taken (%s)", send_error(error).reason)
            return False
        return True


@asynccontextmanager
async def telegram_edge(
    token: str,
    api_url: str,
    dice: Random,
    *,
    hook: Hook | None = None,
    pace: Pace = USUAL,
    deadline: float = DEADLINE,
) -> AsyncIterator[TelegramEdge]:
    """A line to Telegram, open as long as the block runs; nothing is asked of it yet. `api_url` may be empty. With a
    `hook` Telegram calls us; without, we poll."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every 429
    base = (api_url or TELEGRAM).rstrip("/")
    async with Request(deadline, CONNECTIONS) as speaking, Request(pace.poll + deadline, connections=4) as hearing:
        line = Line(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=speaking,
            get_updates_request=hearing,
        )
        yield TelegramEdge(Ear(line, dice, pace), speaking, hook)
