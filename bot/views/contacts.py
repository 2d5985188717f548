"""What WeCom's contacts bring: who comes, goes or moves, and about whom somebody has to decide."""

from typing import Literal

from bot.chat.message import Message
from bot.chat.words import Words
from drills.contacts import Doubt
from drills.places import Chain
from drills.roster import Entry

News = Literal["come", "away", "left"]


def news(words: Words, what: News, name: str, unit: str, post: str) -> Message:
    """Somebody has come to a branch, moved away from it, or left."""
    named = words(f"post.{post}") if post else words("contacts.no_position")
    return Message(body=words(f"contacts.news_{what}", name=name, unit=unit, post=named))


def gone(words: Words, entry: Entry) -> Message:
    """Somebody can't be seen in the contacts any more, which may mean that they have left."""
    return Message(body=words("contacts.gone", name=entry.name, number=entry.number, unit=_last(words, entry.place)))


def doubtful(words: Words, doubt: Doubt) -> Message:
    """Nothing was done about somebody: why, and how to settle it."""
    return Message(title=words("contacts.doubt_title"), body=doubted(words, doubt))


def doubted(words: Words, doubt: Doubt) -> str:
    """The same in one paragraph."""
    member = doubt.member
    return words(
        f"contacts.why_{doubt.why.value}",
        name=member.name,
        userid=member.userid,
        position=member.position or words("contacts.no_position"),
        unit=_last(words, doubt.place),
        number=doubt.number,
    )


def _last(words: Words, place: Chain) -> str:
    return place[-1] if place else words("contacts.nowhere")
