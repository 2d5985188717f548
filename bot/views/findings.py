"""Entering a finding, tap by tap: where, who, what, how it was seen."""

from collections.abc import Sequence
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import day_name
from drills.findings import Seen


def _rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def where(words: Words, branches: Sequence[tuple[str, int]]) -> Message:
    """On which branch."""
    buttons = [Button(name, f"fdb:{unit}") for name, unit in branches]
    return Message(title=words("finding.title"), body=words("finding.where"), buttons=_rows(buttons, 2))


def who(words: Words, people: Sequence[tuple[str, int]], *, unit: str, unit_id: int) -> Message:
    """Who it was."""
    buttons = [Button(name, f"fdp:{unit_id}:{person}") for name, person in people]
    nobody = (Button(words("finding.nobody"), f"fdp:{unit_id}:0"),)
    title = words("finding.title_unit", unit=unit)
    return Message(title=title, body=words("finding.who"), buttons=(*_rows(buttons, 3), nobody))


def topics(words: Words, named: Sequence[tuple[str, str]], *, unit_id: int, person: int) -> Message:
    """About what."""
    buttons = [Button(name, f"fdt:{unit_id}:{person}:{code}") for name, code in named]
    return Message(title=words("finding.title"), body=words("finding.topic"), buttons=_rows(buttons, 2))


def checkpoints(words: Words, named: Sequence[tuple[str, str]], *, unit_id: int, person: int) -> Message:
    """Which checkpoint of it."""
    buttons = [Button(name, f"fdc:{unit_id}:{person}:{code}") for name, code in named]
    back = (Button(words("setting.back"), f"fdp:{unit_id}:{person}"),)
    return Message(title=words("finding.title"), body=words("finding.checkpoint"), buttons=(*_rows(buttons, 1), back))


def seen(words: Words, *, unit_id: int, person: int, name: str, code: str, checkpoint: str) -> Message:
    """How it was seen; the tap enters it."""
    buttons = tuple(Button(words(f"seen.{how}"), f"fd:{unit_id}:{person}:{how}:{code}") for how in Seen)
    about = words("finding.about", name=name or words("finding.nobody"), checkpoint=checkpoint)
    return Message(title=words("finding.title"), body=f"{about}\n{words('finding.how')}", buttons=(buttons,))


def done(words: Words, *, name: str, checkpoint: str, evening: date | None, today: date) -> Message:
    """Entered, and what follows."""
    follows = [words("finding.done", checkpoint=checkpoint)]
    if evening is not None:
        follows.append(words("finding.stays", name=name, day=day_name(words, evening, today)))
    elif name:
        follows.append(words("finding.goes_on", name=name))
    return Message(body="\n".join((*follows, words("finding.first"))))


def told(words: Words, *, name: str, checkpoint: str, source: str) -> Message:
    """To whoever leads the branch."""
    about = words("finding.about", name=name or words("finding.nobody"), checkpoint=checkpoint)
    return Message(title=words("finding.told", source=words(f"seen.{source}")), body=about, note=words("finding.first"))
