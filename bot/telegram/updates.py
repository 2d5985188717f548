"""What Telegram tells us, as events of private chats and groups. Everything else is nobody's event."""

from collections.abc import Sequence

from telegram import CallbackQuery, Message, MessageOriginUser, Update
from telegram.constants import ChatType

from bot.chat.incoming import File, Incoming, Other, Tap, Text
from bot.edge.text import clean
from bot.telegram.gathering import CHANNEL, GROUPS, group_of, reach_of, said_in_group, unaddressed

ALLOWED = ("message", "callback_query", "my_chat_member")
"""What we ask Telegram for."""
KINDS = {
    "sticker": ("sticker", "dice"),
    "voice": ("voice", "audio"),
    "photo": ("photo",),
    "video": ("video", "video_note", "animation"),
    "location": ("location", "venue"),
    "contact": ("contact",),
    "poll": ("poll",),
}
"""What is neither words nor a file, by Telegram's fields; everything else is "other"."""
BROUGHT = frozenset({"voice", "photo", "video"})
"""What of these has bytes worth fetching."""


def incoming_of(update: Update) -> Incoming | None:
    """The event, or None where there is none for us: a channel, an edit, a service message, another bot."""
    event = str(update.update_id)
    if update.callback_query:
        return _tap(event, update.callback_query)
    if update.message:
        in_group = update.message.chat.type in GROUPS
        return said_in_group(event, update.message) if in_group else _said(event, update.message)
    if update.my_chat_member:
        return reach_of(event, update.my_chat_member)
    return None


def kind_of(update: Update) -> str:
    """What kind of update it is, for the log; tells nothing of who and what."""
    kinds = [name for name in Update.ALL_TYPES if update[name] is not None]
    return kinds[0] if kinds else "unknown"


def _tap(event: str, query: CallbackQuery) -> Incoming | None:
    """A pressed button. The message may have gone meanwhile, and the data may be forged."""
    message = query.message
    if message is None or message.chat.type == ChatType.CHANNEL or query.data is None or query.from_user.is_bot:
        return None
    handle = {"chat_id": str(message.chat.id), "message_id": str(message.message_id), "callback_id": query.id}
    address = str(query.from_user.id)
    said, chat = Tap(clean(query.data)), message.chat
    title = clean(chat.title or "")
    return Incoming(
        channel=CHANNEL, event=event, address=address, said=said, handle=handle, group=group_of(chat), title=title
    )


def _said(event: str, message: Message) -> Incoming | None:
    """Something written or sent in a private chat. Forwarded words are the words of who sends them."""
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or sender is None or sender.is_bot or message.sender_chat:
        return None
    said = _what(message)
    return None if said is None else Incoming(channel=CHANNEL, event=event, address=str(sender.id), said=said)


def _what(message: Message) -> Text | File | Other | None:
    """Words, a file, or what is neither; None for what Telegram itself says in a chat."""
    if message.text is not None:
        return Other("card") if _is_a_bots(message) else Text(unaddressed(clean(message.text)))
    if message.document and not message.animation:
        file = message.document
        name, beside = clean(file.file_name or ""), clean(message.caption or "")
        return File(name=name, size=file.file_size or 0, media=file.file_id, text=beside)
    if message.effective_attachment is None:
        return None
    kind = next((kind for kind, fields in KINDS.items() if any(message[field] for field in fields)), "other")
    return _seen_or_heard(message, kind) if kind in BROUGHT else Other(kind)


def _seen_or_heard(message: Message, kind: str) -> Other:
    """A voice, photo or video, with what brings it; of a photo's sizes the last is the largest."""
    sent = message.effective_attachment
    file = sent[-1] if isinstance(sent, Sequence) else sent
    return Other(kind, media=getattr(file, "file_id", ""), size=getattr(file, "file_size", None) or 0)


def _is_a_bots(message: Message) -> bool:
    """What a bot wrote, passed on: a card whose buttons have stayed behind."""
    origin = message.forward_origin
    return isinstance(origin, MessageOriginUser) and origin.sender_user.is_bot
