"""The pages that only Telegram knows: our private chat, and where somebody adds us to a group of theirs."""

from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.message import ADD_TO_GROUP, PRIVATE_CHAT, Button, Message

PAGES = {PRIVATE_CHAT: "https://t.me/{name}", ADD_TO_GROUP: "https://t.me/{name}?startgroup=link"}


class Pages:
    """Puts the addresses of those pages into messages; asks Telegram for our name once it is needed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._name = ""

    async def filled(self, message: Message) -> Message:
        """The message with addresses in place. As long as our name is not known, such buttons are left out."""
        if not any(button.url in PAGES for row in message.buttons for button in row):
            return message
        if not self._name:
            self._name = await self._asked()
        rows = tuple(tuple(self._filled(b) for b in row if self._name or b.url not in PAGES) for row in message.buttons)
        return replace(message, buttons=tuple(row for row in rows if row))

    def _filled(self, button: Button) -> Button:
        return replace(button, url=PAGES[button.url].format(name=self._name)) if button.url in PAGES else button

    async def _asked(self) -> str:
        try:
            return (await self._bot.get_me()).username or ""
        except TelegramError:
            return ""
