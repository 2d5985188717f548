"""Files to take away: what is offered in the chat, and the headings of their pages."""

from collections.abc import Sequence
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from drills.cases import State

WIDE, MIDDLE, NARROW = 60, 16, 10  # characters

_ANSWERS = (
    *(("day", MIDDLE), ("unit", MIDDLE), ("number", NARROW), ("name", NARROW), ("question", MIDDLE), ("stem", WIDE)),
    *(("said", WIDE), ("right", NARROW), ("counted", NARROW), ("reason", NARROW), ("kind", NARROW), ("at", 20)),
)
_FIGURES = ("duty", "answered", "correct", "asked")


def headings(words: Words) -> list[tuple[str, int]]:
    """Of the answers."""
    return [(words(f"export.{name}"), width) for name, width in _ANSWERS]


def people(words: Words) -> list[tuple[str, int]]:
    """Of the people."""
    names = ("number", "name", "unit", "post", *_FIGURES, "streak", "evenings", "minutes")
    cases = [(words("export.case", state=words(f"state.{state}")), MIDDLE) for state in State]
    return [*((words(f"export.{name}"), MIDDLE) for name in names), *cases]


def branches(words: Words) -> list[tuple[str, int]]:
    """Of the branches."""
    return [(words(f"export.{name}"), MIDDLE) for name in ("unit", *_FIGURES)]


def points(words: Words) -> list[tuple[str, int]]:
    """Of the checkpoints."""
    return [(words(f"export.{name}"), MIDDLE) for name in ("code", "checkpoint", "correct", "asked", "persons")]


def notes_head(words: Words) -> list[tuple[str, int]]:
    """Of what the figures mean."""
    return [(words("export.column"), MIDDLE), (words("export.meaning"), WIDE)]


def notes(words: Words) -> list[list[str | int]]:
    """How each figure is counted."""
    explained = (*_FIGURES, "streak", "evenings", "minutes")
    rows: list[list[str | int]] = [[words(f"export.{name}"), words(f"export.means_{name}")] for name in explained]
    return [*rows, [words("export.cases"), words("export.means_cases")]]


def offer(words: Words, unit: str, unit_id: int, months: Sequence[date], *, above: bool) -> Message:
    """What may be exported of a unit."""
    rows = [
        tuple(
            Button(words(f"export.take_{what}", month=month.month), f"exl:{unit_id}:{what}:{month:%Y%m%d}")
            for month in months
        )
        for what in ("month", "answers")
    ]
    rows += [(Button(words("export.other"), f"exc:{unit_id}"),)] if above else []
    return Message(title=words("export.title", unit=unit), body=words("export.body"), buttons=tuple(rows))


def link(words: Words, unit: str, what: str, month: date, *, url: str, minutes: int) -> Message:
    """Where the file is, and for how long."""
    title = words("export.title", unit=unit)
    body = words(f"export.ready_{what}", month=month.month)
    note = words("export.until", minutes=minutes)
    return Message(title=title, body=body, note=note, buttons=((Button(words("export.open"), url=url),),))


def by_command(words: Words, unit: str, what: str, month: date) -> Message:
    """Without an address of our own an administrator writes the file."""
    command = words(f"export.command_{what}", unit=unit, month=f"{month:%Y-%m}")
    return Message(title=words("export.title", unit=unit), body=words("export.by_command", command=command))
