"""WeCom's limits as data, and text made to keep them. What is cut shows it by a …; what fits stays as it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.channel import Limits
from bot.edge.text import clean

LIMITS = Limits(text=2048, button_data=64, row=6, together=1000)
"""Text is counted in bytes of UTF-8, and so the strictest way."""
BYTES = 2048
PARTS = 5
"""So many messages a long text may become; what is longer still is cut."""
LINES, LABEL, BUTTONS, BUTTON, BUTTON_KEY = 6, 5, 6, 10, 1024
FORM_TITLE = 16
TICKS, TICK_ID = 20, 128
"""Options of a form that one ticks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many characters of a card's texts are shown, and whether its buttons may open pages. `body` is the text under
    a title, a form's too; `quote` stands above a question (WeCom names no limit; a phone shows about three lines);
    `tick` is an option of a form."""

    title: int
    body: int
    quote: int
    value: int
    tick: int
    pages: bool


APP = Room(title=36, body=160, quote=100, value=30, tick=17, pages=True)
ROBOT = Room(title=26, body=112, quote=100, value=26, tick=11, pages=False)
"""The smart bot's cards show less (wecom.md §7.5)."""
GREY = 10
"""The word on a button that can't be pressed any more. WeCom names no limit; that of a button is taken."""
URL = 2048
MENU, MENU_NAME, SUBMENU, SUBMENU_NAME, MENU_KEY = 3, 16, 5, 40, 128
"""Entries and bytes of the app's menu."""
TASK = 128
CUT = "…"
_ENDS = re.compile(r"[。！？][”」』]?\s*|[.!?]\"?(?:\s+|$)|\n")
_PAUSES = re.compile(r" · |[，：；]|[,:;](?=\s)")
_CONTROLS = re.compile(r"[\x01-\x08\x0b-\x1f\x7f]")


def cleaned(text: str) -> str:
    """Without what JSON would write as an escape: WeCom refuses those."""
    return _CONTROLS.sub("", clean(text))


def shorten(text: str, most: int) -> str:
    """At most so many characters (one or more), ending with … if something was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + CUT


def shorten_bytes(text: str, most: int) -> str:
    """The same by bytes (three or more); never half a character."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - len(CUT.encode())].decode("utf-8", "ignore").rstrip() + CUT


def first_words(text: str, most: int) -> tuple[str, str]:
    """As many whole sentences of the first line as there is room for, and what is left; where not even one goes in, it
    is cut, and everything is left."""
    line = text.partition("\n")[0]
    ends = [found.end() for found in _ENDS.finditer(line) if len(line[: found.end()].rstrip()) <= most]
    end = len(line) if len(line) <= most else max(ends, default=0)
    if not end:
        return shorten(line, most), text
    return line[:end].strip(), text[end:].lstrip("\n ")


def first_sentence(text: str) -> str:
    """What stands before the first full stop."""
    end = _ENDS.search(text)
    return text[: end.start()] if end else text


def first_clause(text: str, most: int) -> str:
    """The text, or where it has no room what stands before its first pause, if that has."""
    pause = _PAUSES.search(text)
    return text[: pause.start()] if pause and len(text) > most >= pause.start() > 0 else text


def parts(text: str) -> tuple[str, ...]:
    """The text as messages that WeCom takes whole, parted where it breathes."""
    found = list(_parts(text))
    if len(found) <= PARTS:
        return tuple(found)
    last = "".join(found[PARTS - 1 :])
    return (*found[: PARTS - 1], shorten_bytes(last, BYTES))


def _parts(text: str) -> Iterator[str]:
    while len(text.encode()) > BYTES:
        room = text.encode()[:BYTES].decode("utf-8", "ignore")
        ends = [found.end() for found in _ENDS.finditer(room)]
        lines = [end for end in ends if room[end - 1] == "\n"]
        far = [end for end in lines or ends if end > len(room) // 2]
        at = max(far, default=len(room))
        if kept := room[:at].rstrip():
            yield kept
        text = text[at:]
    if text.strip():
        yield text


def labels(texts: Sequence[str], most: int) -> list[str]:
    """Each as long as there is room; where two would look alike, all are numbered."""
    short = [shorten(text.strip() or CUT, most) for text in texts]
    if len(set(short)) == len(short):
        return short
    return [shorten(f"{number} {text.strip()}".strip(), most) for number, text in enumerate(texts, 1)]
