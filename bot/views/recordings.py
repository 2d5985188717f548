"""Where an evening's recordings are: what is known, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views.text import day_name, listed
from drills.recordings import Part

SHOWN = 12
"""Branches in one letter; those with something missing come first."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A branch where so many people stayed, and the parts whose recordings are known."""

    unit: str
    unit_id: int
    people: int
    parts: tuple[Part, ...]


def handover(words: Words, rows: Sequence[Handed], *, unit: str, evening: date) -> Message:
    """The county's hand-over of an evening."""
    whole = sum(len(row.parts) == len(Part) for row in rows)
    lines = [_line(words, row) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        lines.append(words("handover.more", n=len(rows) - SHOWN))
    title = words("handover.title", unit=unit, day=day_name(words, evening))
    body = words("handover.body", n=len(rows), whole=whole)
    return Message(title=title, body="\n".join([body, *lines]), note=words("handover.note"))


def _line(words: Words, row: Handed) -> str:
    missing = [words(f"recording.{part}") for part in Part if part not in row.parts]
    key = "handover.missing" if missing else "handover.whole"
    return words(key, unit=row.unit, n=row.people, parts=listed(words, missing))
