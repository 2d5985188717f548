"""Everything that is said, within every limit of Telegram's. What is cut shows it by a …; what fits stays as it is."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from bot.chat.channel import Limits
from bot.chat.message import Button, Message, Rows
from bot.edge.text import clean
from bot.telegram.layout import length, units

LIMITS = Limits(text=4096, button_data=64, row=8, together=1)
"""Text is counted in UTF-16 units after the markup is taken away, the strictest reading of "characters"."""
CAPTION = replace(LIMITS, text=1024)
"""For the words under a picture or a file."""
TOAST = 200
BUTTONS = 100
BUTTON_TEXT = 64
"""Telegram names no number; more is never read on a phone."""
URL = 2048
COMMANDS, DESCRIPTION = 100, 256
CUT = "…"
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ADDRESS = re.compile(r"https?://[^\s/?#@]*[^\s/?#@.]\.[^\s/?#@.]\S*")
"""A page Telegram takes for a button. It wants a dot in the host: `localhost` would cost the whole message."""
Menu = tuple[tuple[str, str], ...]


def fit(message: Message, limits: Limits = LIMITS) -> Message:
    """The same message if Telegram takes it, else as much of it as it does take. The body gives way first, then what
    stands last."""
    fitted = _working(_cleaned(message), limits)
    if length(fitted) > limits.text:
        fitted = next(shorter for shorter in _shorter(fitted, limits.text) if length(shorter) <= limits.text)
    return fitted if _seen(fitted) else Message(body=CUT, buttons=fitted.buttons, menu=fitted.menu)


def fit_toast(text: str) -> str:
    """A word over a pressed button."""
    return shorten(text, TOAST)


def fit_menu(menu: Menu) -> Menu:
    """A chat's commands. One whose name Telegram does not take is left out: it could not be pressed."""
    named = [(name.removeprefix("/").lower(), called) for name, called in menu]
    taken = [(name, shorten(called, DESCRIPTION) or CUT) for name, called in named if _COMMAND.fullmatch(name)]
    return tuple(taken[:COMMANDS])


def shorten(text: str, most: int) -> str:
    """At most so many units (one or more), ending with … if something was cut; never half a character."""
    text = clean(text)
    if units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: (most - units(CUT)) * 2].decode("utf-16-le", "ignore")
    return kept.rstrip() + CUT


def _cleaned(message: Message) -> Message:
    return replace(
        message,
        lead=clean(message.lead),
        title=clean(message.title),
        body=clean(message.body),
        options=tuple(map(clean, message.options)),
        rows=tuple((clean(label), clean(value)) for label, value in message.rows),
        note=clean(message.note),
    )


def _seen(message: Message) -> bool:
    """Whether there is anything to see: Telegram refuses an empty text."""
    texts = (message.lead, message.title, message.body, message.note, *message.options, *chain(*message.rows))
    return bool(message.options) or any(c.isprintable() and not c.isspace() for text in texts for c in text)


# ---- buttons


def _working(message: Message, limits: Limits) -> Message:
    """With buttons that work, a row that is too long going on in the next. What got lost is told in the small print."""
    rows = tuple(tuple(_button(button) for button in row) for row in message.buttons)
    every = list(chain.from_iterable(rows))
    lost = [button for button in every if not _works(button, limits)]
    if not lost and len(every) <= BUTTONS:
        return replace(message, buttons=_wrapped(rows, limits.row))
    pages = [shorten(f"{button.text} {button.url}", URL) for button in lost if button.url]
    lines = (message.note, *pages, CUT if len(every) > BUTTONS or len(pages) < len(lost) else "")
    left, kept = BUTTONS, []
    for row in rows:
        working = tuple(button for button in row if _works(button, limits))[:left]
        left -= len(working)
        kept.append(working)
    return replace(message, buttons=_wrapped(tuple(kept), limits.row), note="\n".join(filter(None, lines)))


def _button(button: Button) -> Button:
    text = shorten(button.text, BUTTON_TEXT)
    return button if text == button.text and text.strip() else replace(button, text=text.strip() or CUT)


def _works(button: Button, limits: Limits) -> bool:
    if button.url:
        return len(button.url) <= URL and _ADDRESS.fullmatch(button.url) is not None
    return clean(button.data) == button.data and 1 <= len(button.data.encode()) <= limits.button_data


def _wrapped(rows: Rows, most: int) -> Rows:
    return tuple(row[at : at + most] for row in rows for at in range(0, len(row), most))


# ---- text


def _shorter(message: Message, most: int) -> Iterator[Message]:
    """The message with more and more gone; the last of them always fits."""
    for name in ("body", "note"):
        message = _cut(message, name, most)
        yield message
    message = replace(message, note=CUT)
    for name in ("rows", "options"):
        message = _fewer(message, name, most)
        yield message
    message = replace(message, body="")
    for name in ("title", "lead"):
        message = _cut(message, name, most)
        yield message
    yield Message(note=CUT, buttons=message.buttons, menu=message.menu)


def _with(message: Message, name: str, value: object) -> Message:
    change: dict[str, Any] = {name: value}
    return replace(message, **change)


def _cut(message: Message, name: str, most: int) -> Message:
    """With this text as long as there is room, a … at least."""
    text: str = getattr(message, name)
    return _best(lambda room: _with(message, name, shorten(text, room)), 1, units(text), most)


def _fewer(message: Message, name: str, most: int) -> Message:
    """With as many of these lines as there is room for, the next one cut."""
    lines: Sequence[Any] = getattr(message, name)
    kept = _best(lambda count: _with(message, name, tuple(lines[:count])), 0, len(lines), most)
    count = len(getattr(kept, name))
    if count == len(lines) or length(kept) >= most:
        return kept

    def with_part(room: int) -> Message:
        return _with(kept, name, (*lines[:count], _part(lines[count], room))) if room else kept

    return _best(with_part, 0, most - length(kept), most)


def _part(line: str | tuple[str, str], room: int) -> str | tuple[str, str]:
    """A line cut to so many units; of a row, both its label and its value."""
    if isinstance(line, str):
        return shorten(line, room)
    label, value = line
    return (shorten(label, room), shorten(value, room))


def _best(make: Callable[[int], Message], least: int, longest: int, most: int) -> Message:
    """The one with the most in it that fits; the least one where none does."""
    tried = range(least, max(least, longest) + 1)
    fitting = bisect_right(tried, most, key=lambda room: length(make(room)))
    return make(tried[max(0, fitting - 1)])
