"""Telegram as a Channel: letters go out as new messages, as changes of old ones, and as words over a pressed button."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Bot, LinkPreviewOptions
from telegram import Message as Sent
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.chat.channel import Letter, Receipt, SendError
from bot.chat.message import Message
from bot.telegram.pages import Pages
from bot.telegram.render import LIMITS, TOAST, render, shorten
from bot.telegram.trouble import place, said, send_error

log = logging.getLogger(__name__)
AT_ONCE = 8
"""How many pushes, and beside them how many answers to taps, are on their way at a time: nobody who taps waits behind
a push to two thousand."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramChannel:
    """Sends letters; a handle is `chat_id`, `message_id` and, for a pressed button, `callback_id`."""

    name = "telegram"
    limits = LIMITS

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._pages = Pages(bot)
        self._pushes, self._answers = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(AT_ONCE)

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """A receipt for each letter, in their order."""

        async def one(letter: Letter) -> Receipt:
            async with self._answers if letter.handle else self._pushes:
                return await self._send(letter)

        return list(await asyncio.gather(*(one(letter) for letter in letters)))

    async def fetch(self, media: str, most: int) -> bytes:
        """The bytes of a file somebody sent. Raises SendError; permanent when there are more than `most`."""
        try:
            file = await self._bot.get_file(media)
            if (file.file_size or 0) <= most:
                brought = bytes(await file.download_as_bytearray())
                if len(brought) <= most:
                    return brought
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
            await self._bot.answer_callback_query(callback, shorten(letter.toast, TOAST) or None)
        except TelegramError as error:
            if isinstance(error, BadRequest) and "query is too old" in said(error):
                return None
            return send_error(error)
        return None

    async def _deliver(self, letter: Letter) -> Receipt:
        message = _to_write(letter)
        if message is None:
            return Receipt(letter.id)
        try:
            return Receipt(letter.id, await self._write(letter, message))
        except TelegramError as error:
            return Receipt(letter.id, error=send_error(error))
        except Exception as error:  # noqa: BLE001 - a letter never breaks its neighbours
            log.error("letter %s could not be written (%s)", letter.id, place(error))  # noqa: TRY400 - no content here
            return Receipt(letter.id, error=send_error(error))

    async def _write(self, letter: Letter, message: Message) -> Mapping[str, str]:
        text, keyboard = render(await self._pages.filled(message), self.limits)
        if letter.replaces and (number := letter.handle.get("message_id")):
            chat = letter.handle.get("chat_id", letter.address)
            try:
                await self._bot.edit_message_text(
                    text,
                    int(chat),
                    int(number),
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            except BadRequest as error:
                if "message is not modified" in said(error):
                    return {"chat_id": chat, "message_id": number}
                log.info("letter %s goes out anew, the old message can't be changed", letter.id)
            else:
                return {"chat_id": chat, "message_id": number}
        sent: Sent = await self._bot.send_message(
            int(letter.address),
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
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
