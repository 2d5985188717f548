"""Telegram as a Channel: letters go out as new messages, as changes of old ones, and as words over a pressed button."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.chat.channel import Letter, Receipt, SendError
from bot.chat.message import Message
from bot.edge.fault import place
from bot.telegram.fit import LIMITS, fit_toast
from bot.telegram.lane import Lane
from bot.telegram.line import NO_PREVIEW, Line
from bot.telegram.menus import Menus
from bot.telegram.pages import Pages
from bot.telegram.render import render
from bot.telegram.request import Request, TooMuch
from bot.telegram.trouble import said, send_error

log = logging.getLogger(__name__)
Rendered = tuple[str, InlineKeyboardMarkup | None]


class TelegramChannel:
    """Sends letters; a handle is `chat_id`, `message_id` and, for a pressed button, `callback_id`. What is written goes
    over the lane; stopping a button's spinner does not, since Telegram sets no limit to that."""

    name = "telegram"
    limits = LIMITS

    def __init__(self, bot: Line, line: Request, lane: Lane | None = None) -> None:
        self._bot, self._line = bot, line
        self._pages = Pages(bot)
        self._menus = Menus(bot)
        self.lane = lane or Lane()

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """A receipt for each letter, in their order."""
        return list(await asyncio.gather(*(self._send(letter) for letter in letters)))

    async def fetch(self, media: str, most: int) -> bytes:
        """The bytes of a file somebody sent. Raises SendError; permanent when there are more than `most`."""
        try:
            file = await self._bot.get_file(media)
            if (file.file_size or 0) <= most and file.file_path:
                return await self._line.download(file.file_path, most)
        except TooMuch:
            pass  # it had lied about its size
        except TelegramError as error:
            raise send_error(error) from None
        raise SendError(f"a file of more than {most} bytes", permanent=True)

    async def _send(self, letter: Letter) -> Receipt:
        """Both halves at once: the spinner stops while the message changes."""
        unanswered, receipt = await asyncio.gather(self._answer(letter), self._deliver(letter))
        if unanswered and letter.message is None:
            return Receipt(letter.id, error=unanswered)
        return receipt

    async def _answer(self, letter: Letter) -> SendError | None:
        """Stop the spinner of the pressed button, with the toast or without a word. Too late is no error."""
        callback = letter.handle.get("callback_id")
        if not callback:
            return None
        try:
            await self._bot.answer_callback_query(callback, fit_toast(letter.toast) or None)
        except TelegramError as error:
            if isinstance(error, BadRequest) and "query is too old" in said(error):
                return None
            return send_error(error)
        return None

    async def _deliver(self, letter: Letter) -> Receipt:
        """Write it; a group that has moved gets it where it is now."""
        message = _to_write(letter)
        if message is None:
            return Receipt(letter.id)
        moved = ""
        try:
            rendered = render(await self._pages.filled(message), self.limits)
            try:
                handle = await self._write(letter, rendered)
            except ChatMigrated as error:
                moved = str(error.new_chat_id)
                handle = await self._write_anew(letter, moved, rendered)
        except SendError as error:
            return Receipt(letter.id, error=error, moved=moved)
        except TelegramError as error:
            return Receipt(letter.id, error=send_error(error), moved=moved)
        except Exception as error:  # noqa: BLE001 - a letter never breaks its neighbours
            log.error("letter %s could not be written (%s)", letter.id, place(error))  # noqa: TRY400 - no content here
            return Receipt(letter.id, error=send_error(error), moved=moved)
        await self._menus.hang(letter.address, message.menu)
        return Receipt(letter.id, handle, moved=moved)

    async def _write(self, letter: Letter, rendered: Rendered) -> Mapping[str, str]:
        """Change the old message if there is one and it can be changed, else write a new one."""
        if letter.replaces and (number := letter.handle.get("message_id")):
            chat = letter.handle.get("chat_id", letter.address)
            try:
                await self._change(letter, chat, number, rendered)
            except ChatMigrated:
                if chat == letter.address:
                    raise
            except BadRequest as error:
                if "message is not modified" in said(error):
                    return {"chat_id": chat, "message_id": number}
                log.info("letter %s goes out anew, the old message can't be changed", letter.id)
            else:
                return {"chat_id": chat, "message_id": number}
        return await self._write_anew(letter, letter.address, rendered)

    async def _change(self, letter: Letter, chat: str, number: str, rendered: Rendered) -> None:
        text, keyboard = rendered
        await self.lane.carry(
            chat,
            letter.urgency,
            lambda: self._bot.change(int(chat), int(number), text, keyboard),
        )

    async def _write_anew(self, letter: Letter, chat: str, rendered: Rendered) -> Mapping[str, str]:
        text, keyboard = rendered
        sent = await self.lane.carry(
            chat,
            letter.urgency,
            lambda: self._bot.send_message(
                int(chat), text, parse_mode=ParseMode.HTML, reply_markup=keyboard, link_preview_options=NO_PREVIEW
            ),
        )
        return {"chat_id": str(sent.chat_id), "message_id": str(sent.message_id)}


def _to_write(letter: Letter) -> Message | None:
    """What has to stand in the chat. Where no button was pressed, a toast has nothing to hover over: it is written."""
    if letter.handle.get("callback_id") or not letter.toast:
        return letter.message
    if letter.message is None:
        return Message(body=letter.toast)
    lead = "\n".join(part for part in (letter.toast, letter.message.lead) if part)
    return replace(letter.message, lead=lead)
