"""The commands a private chat's own menu shows. Welcome, never vital: no letter fails for them."""

import asyncio
import logging
from collections import OrderedDict

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.telegram.fit import Menu, fit_menu
from bot.telegram.trouble import send_error

log = logging.getLogger(__name__)
REMEMBERED = 10_000
PATIENCE = 3.0
"""Seconds a letter's receipt may wait for the menu."""


class Menus:
    """Hangs a chat's menu if it is not the one that hangs there since this process began."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._hung: OrderedDict[str, Menu] = OrderedDict()

    async def hang(self, chat: str, menu: Menu) -> None:
        """Show these commands in this chat from now on. A group has no menu of its own."""
        fitted = fit_menu(menu)
        if not fitted or chat.startswith("-") or self._hung.get(chat) == fitted:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._bot.set_my_commands(fitted, BotCommandScopeChat(int(chat)))
        except (TelegramError, TimeoutError) as error:
            log.info("a chat's menu was not taken (%s)", send_error(error).reason)
            return
        self._hung[chat] = fitted
        self._hung.move_to_end(chat)
        while len(self._hung) > REMEMBERED:
            self._hung.popitem(last=False)
