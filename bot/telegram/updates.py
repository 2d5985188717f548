"""What Telegram tells us, as events: private chats only, so far. Everything else is nobody's event."""

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.chat.incoming import Incoming, Tap, Text
from bot.telegram.fit import clean

CHANNEL = "telegram"
ALLOWED = ("message", "callback_query")
"""What we ask Telegram for."""


def incoming_of(update: Update) -> Incoming | None:
    """The event, or None where there is none for us: a group, a channel, an edit, a service message, another bot."""
    event = str(update.update_id)
    if update.callback_query:
        return _tap(event, update.callback_query)
    if update.message:
        return _text(event, update.message)
    return None


def kind_of(update: Update) -> str:
    """What kind of update it is, for the log; tells nothing of who and what."""
    kinds = [name for name in Update.ALL_TYPES if update[name] is not None]
    return kinds[0] if kinds else "unknown"


def _tap(event: str, query: CallbackQuery) -> Incoming | None:
    """A pressed button. The message may have gone meanwhile, and the data may be forged."""
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE or query.data is None or query.from_user.is_bot:
        return None
    handle = {"chat_id": str(message.chat.id), "message_id": str(message.message_id), "callback_id": query.id}
    address = str(query.from_user.id)
    return Incoming(channel=CHANNEL, event=event, address=address, said=Tap(clean(query.data)), handle=handle)


def _text(event: str, message: Message) -> Incoming | None:
    """Something written, forwarded words too; a sticker, a voice, a picture is an empty text, to be answered kindly."""
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or sender is None or sender.is_bot or message.sender_chat:
        return None
    if message.text is None and message.effective_attachment is None:
        return None
    return Incoming(
        channel=CHANNEL, event=event, address=str(sender.id), said=Text(_unaddressed(clean(message.text or "")))
    )


def _unaddressed(text: str) -> str:
    """What "/me@our_bot" means is "/me": in a private chat nobody else can be meant."""
    if not text.startswith("/"):
        return text
    command, space, rest = text.partition(" ")
    return command.partition("@")[0] + space + rest
