"""What we say: a message with its buttons, as JSON both ways, and as plain text. Knows no platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Tone(StrEnum):
    """How the lead of a message feels; renderers give it a colour and never colour alone."""

    PLAIN = "plain"
    RIGHT = "right"
    WRONG = "wrong"


_MARKS = {Tone.RIGHT: "✓", Tone.WRONG: "✗"}

PRIVATE_CHAT, ADD_TO_GROUP = "chat:private", "chat:add-to-group"
"""Pages that only the platform knows: our private chat with whoever presses, and where they add us to a group of theirs
(saying /link there). Where there is no such page the button is left out."""


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is at most 64 bytes of UTF-8: a verb and its arguments, parted by colons. It never holds a key. A button
    with a `url` opens that page instead, and tells us nothing."""

    text: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """Several options may be ticked and handed in together. A platform that has a form for that shows it in place of
    the buttons (`submit` is the word on it), and hears a tap on `data`, a colon and the indexes ticked: a:12:0,2."""

    data: str
    submit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, read from the top: `lead` (the verdict just given, in its `tone`), then under a line `title`,
    `body`, `options` (lettered A, B, …), `rows` (label and value), `note` (small print), and the buttons. `menu` is
    the list of commands (name, what it is called) the chat's own menu shows from now on; empty leaves it as it is.
    `pick` is there where several options are ticked before they are handed in. `stamp` is the word that stays on the
    card this answers, where a platform leaves it standing and what is said now is not about it; mostly empty."""

    lead: str = ""
    tone: Tone = Tone.PLAIN
    title: str = ""
    body: str = ""
    options: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    buttons: Rows = ()
    menu: tuple[tuple[str, str], ...] = ()
    pick: Pick | None = None
    stamp: str = ""

    def to_json(self) -> dict[str, Any]:
        """The message as JSON values, for the outbox."""
        return {
            "lead": self.lead,
            "tone": self.tone,
            "title": self.title,
            "body": self.body,
            "options": self.options,
            "rows": self.rows,
            "note": self.note,
            "buttons": [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in self.buttons],
            "menu": self.menu,
            "pick": {"data": self.pick.data, "submit": self.pick.submit} if self.pick else None,
            "stamp": self.stamp,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The message that `to_json` wrote."""
        return cls(
            lead=data["lead"],
            tone=Tone(data["tone"]),
            title=data["title"],
            body=data["body"],
            options=tuple(data["options"]),
            rows=tuple((label, value) for label, value in data["rows"]),
            note=data["note"],
            buttons=tuple(tuple(Button(**b) for b in row) for row in data["buttons"]),
            menu=tuple((name, called) for name, called in data.get("menu", ())),
            pick=Pick(**pick) if (pick := data.get("pick")) else None,
            stamp=data.get("stamp", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said back to an event: a message (in place of the one that was tapped, or a new one), a short word over
    the pressed button, or both."""

    message: Message | None = None
    toast: str = ""
    replaces: bool = False


def lettered(options: tuple[str, ...]) -> list[str]:
    """Options as they are read aloud: "A …", "B …"."""
    return [f"{chr(ord('A') + i)} {text}" for i, text in enumerate(options)]


def marked(message: Message) -> str:
    """The lead with the mark of its tone; a colour alone would say nothing."""
    mark = _MARKS.get(message.tone, "")
    return f"{mark} {message.lead}" if message.lead and mark not in message.lead else message.lead


def plain(message: Message) -> str:
    """The whole message as text without buttons: the text twin of every richer form."""
    rows = [f"{label} {value}".strip() for label, value in message.rows]
    rest = [message.title, message.body, *lettered(message.options), *rows, message.note]
    below = "\n".join(part for part in rest if part)
    return "\n—\n".join(part for part in (message.lead, below) if part)
