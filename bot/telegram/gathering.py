"""What Telegram tells us of groups, and of chats opened, closed and moved, as events."""

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus, ChatType

from bot.chat.incoming import Incoming, Moved, Reach, Text
from bot.edge.text import clean

CHANNEL = "telegram"
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_HERE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


def group_of(chat: Chat) -> str:
    """The address of a group; empty for a private chat."""
    return str(chat.id) if chat.type in GROUPS else ""


def said_in_group(event: str, message: Message) -> Incoming | None:
    """Something written in a group, or that the group goes on elsewhere. Who speaks as the group has its address; a
    channel, another bot, a command for another bot are nothing for us."""
    here = group_of(message.chat)
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _moved(event, message)
    sender = message.sender_chat or message.from_user
    as_group = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    foreign = message.sender_chat is not None or (message.from_user is not None and message.from_user.is_bot)
    if sender is None or message.text is None or (foreign and not as_group) or not _for_us(message):
        return None
    said = Text(unaddressed(clean(message.text)))
    return Incoming(
        channel=CHANNEL,
        event=event,
        address=str(sender.id),
        said=said,
        group=here,
        title=clean(message.chat.title or ""),
    )


def reach_of(event: str, change: ChatMemberUpdated) -> Incoming | None:
    """We were let into a chat or put out of it. A change of our rights is neither."""
    chat, is_here = change.chat, _is_here(change.new_chat_member)
    if chat.type == ChatType.CHANNEL or _is_here(change.old_chat_member) == is_here:
        return None
    title = clean(chat.title or "")
    said = Reach(open=is_here, title=title)
    address = str(change.from_user.id)
    return Incoming(channel=CHANNEL, event=event, address=address, said=said, group=group_of(chat), title=title)


def unaddressed(text: str) -> str:
    """What "/me@our_bot" means is "/me"."""
    if not text.startswith("/"):
        return text
    command, space, rest = text.partition(" ")
    return command.partition("@")[0] + space + rest


def _moved(event: str, message: Message) -> Incoming:
    """Told in the old group and in the new one; both say the same."""
    old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
    return Incoming(channel=CHANNEL, event=event, address=str(old), said=Moved(str(new)), group=str(old))


def _for_us(message: Message) -> bool:
    """Not a command that names another bot. As long as we don't know our own name, we can't tell."""
    words = (message.text or "").split(maxsplit=1)
    named = words[0].partition("@")[2].lower() if words and words[0].startswith("/") else ""
    try:
        ours = message.get_bot().username.lower()
    except RuntimeError:
        return True
    return named in {"", ours}


def _is_here(member: ChatMember) -> bool:
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status in _HERE
