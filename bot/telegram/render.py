"""A message as Telegram's HTML with buttons under it. What does not fit is cut so that one sees it: with a …."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.channel import Limits
from bot.chat.message import Button, Message, Rows, Tone, lettered

LIMITS = Limits(text=4096, button_data=64, row=8)
"""Text is counted in UTF-16 units after the markup is taken away, the strictest reading of "characters"."""
TOAST = 200
BUTTONS = 100
CUT = "…"
LINE = "—"
_MARKS = {Tone.RIGHT: "✓", Tone.WRONG: "✗"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line (or a few) in one kind of type; `tag` is "" for plain."""

    text: str
    tag: str = ""

    def html(self) -> str:
        """The one place where text becomes markup."""
        safe = html.escape(self.text, quote=False)
        return f"<{self.tag}>{safe}</{self.tag}>" if self.tag else safe


def render(message: Message, limits: Limits = LIMITS) -> tuple[str, InlineKeyboardMarkup | None]:
    """The HTML text and the keyboard. Raises ValueError for a button that could not work."""
    keyboard = _keyboard(message.buttons, limits)
    if sum(len(row) for row in message.buttons) > BUTTONS:
        message = replace(message, note=f"{message.note}\n{CUT}".strip())
    pieces = list(_pieces(message))
    excess = _length(pieces) - limits.text
    if excess > 0 and message.body:
        body = shorten(message.body, max(1, units(message.body) - excess))
        pieces = list(_pieces(replace(message, body=body)))
    if _length(pieces) > limits.text:
        pieces = list(_until_full(pieces, limits.text))
    text = "\n".join(piece.html() for piece in pieces)
    return (text if any(piece.text.strip() for piece in pieces) else CUT), keyboard


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """At most so many units (one or more), ending with … if something was cut; never half a character."""
    text = clean(text)
    if units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: (most - units(CUT)) * 2].decode("utf-16-le", "ignore")
    return kept.rstrip() + CUT


def clean(text: str) -> str:
    """Without what no text can hold: half a surrogate pair, a NUL."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")


def _pieces(message: Message) -> Iterator[_Piece]:
    mark, lead = _MARKS.get(message.tone, ""), message.lead
    if lead and mark not in lead:
        lead = f"{mark} {lead}"
    below = [
        _Piece(message.title, "b"),
        _Piece(message.body),
        *(_Piece(option) for option in lettered(message.options)),
        *(_Piece(f"{label}　{value}".strip()) for label, value in message.rows),
        _Piece(message.note, "i"),
    ]
    rest = [piece for piece in below if piece.text]
    if lead:
        yield _Piece(clean(lead))
    if lead and rest:
        yield _Piece(LINE)
    yield from (replace(piece, text=clean(piece.text)) for piece in rest)


def _length(pieces: list[_Piece]) -> int:
    return sum(units(piece.text) + 1 for piece in pieces) - 1


def _until_full(pieces: list[_Piece], most: int) -> Iterator[_Piece]:
    """The pieces from the top while there is room to say that more was cut; the next one cut, and none after it."""
    room = most
    for piece in pieces:
        length = units(piece.text)
        if length + len(f"\n{CUT}") > room:
            yield replace(piece, text=shorten(piece.text + CUT * 2, min(room, length + 1)))
            return
        yield piece
        room -= length + 1


def _keyboard(rows: Rows, limits: Limits) -> InlineKeyboardMarkup | None:
    """The buttons, a row that is too long going on in the next; at most a hundred."""
    for button in chain.from_iterable(rows):
        if not button.text or not (button.url or 1 <= len(button.data.encode()) <= limits.button_data):
            raise ValueError(f"a button holds 1 to {limits.button_data} bytes under a text, not {len(button.data)}")
    left = BUTTONS
    lines = []
    for row in rows:
        buttons = iter([_button(b) for b in row[:left]])
        left -= min(left, len(row))
        while line := tuple(islice(buttons, limits.row)):
            lines.append(line)
    return InlineKeyboardMarkup(lines) if lines else None


def _button(button: Button) -> InlineKeyboardButton:
    """A button that opens a page, or one that tells us it was pressed."""
    text = clean(button.text)
    return (
        InlineKeyboardButton(text, url=button.url)
        if button.url
        else InlineKeyboardButton(text, callback_data=button.data)
    )
