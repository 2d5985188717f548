"""How a message reads on Telegram, from the top: its lines, and in which type. No limits yet, no markup yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.message import Message, lettered, marked

LINE = "—"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line (or a few) in one kind of type; `tag` is "" for plain."""

    text: str
    tag: str = ""


def pieces(message: Message) -> Iterator[Piece]:
    """The lines of a message; what is empty leaves no trace."""
    below = [
        Piece(message.title, "b"),
        Piece(message.body),
        *(Piece(option) for option in lettered(message.options)),
        *(Piece(f"{label}　{value}".strip()) for label, value in message.rows),
        Piece(message.note, "i"),
    ]
    rest = [piece for piece in below if piece.text]
    lead = marked(message)
    if lead:
        yield Piece(lead)
    if lead and rest:
        yield Piece(LINE)
    yield from rest


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length(message: Message) -> int:
    """The units of the whole text."""
    return max(0, sum(units(piece.text) + 1 for piece in pieces(message)) - 1)
