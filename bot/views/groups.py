"""What a branch's group reads, and what is said about it. Never a question, never a name beside a fault."""

from bot.chat.message import Message
from bot.chat.words import Words


def lost(words: Words, *, unit: str, title: str) -> Message:
    """To those who lead the branch, once: nothing can be said in its group any more."""
    return Message(title=words("group.lost", unit=unit), body=words("group.lost_body", title=title))
