"""Where an evening's recordings are: what is known, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, day_name, listed
from drills.recordings import Part

SHOWN = 12
"""Branches in one letter; those with something missing come first."""


class Recording(Protocol):
    """A part's camera and instants, as the store keeps them."""

    camera: str
    begins_at: datetime
    ends_at: datetime


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


@dataclass(frozen=True, slots=True)
class Noted:
    """Where one part is: a camera, from one time to another, in the branch's zone."""

    camera: str
    first: time
    last: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """One evening of one branch; `may`: the reader may note what is missing."""

    unit: str
    unit_id: int
    evening: date
    people: int
    noted: Mapping[Part, Noted]
    may: bool


def evening(words: Words, values: Evening, *, today: date, lead: str = "") -> Message:
    """Each part, and a button for it."""
    rows = tuple((words(f"recording.{part}"), _where(words, values.noted.get(part))) for part in Part)
    key = f"{values.unit_id}:{values.evening:%Y%m%d}"
    buttons = tuple(Button(words(f"recording.note_{part}"), f"rcp:{key}:{part}") for part in Part)
    title = words("recording.title", unit=values.unit, day=day_name(words, values.evening, today))
    note = words("recording.people", n=values.people) if values.people else words("recording.nobody")
    return Message(lead=lead, title=title, rows=rows, note=note, buttons=(buttons,) if values.may else ())


def _where(words: Words, noted: Noted | None) -> str:
    if noted is None:
        return words("recording.missing")
    return words("recording.where", camera=noted.camera, first=clock(noted.first), last=clock(noted.last))


def place(words: Words, row: Recording, part: Part, zone: str) -> str:
    """Where one part is, in a line."""
    first, last = (moment.astimezone(ZoneInfo(zone)).time() for moment in (row.begins_at, row.ends_at))
    return f"{words(f'recording.{part}')} {_where(words, Noted(row.camera, first, last))}"


def cameras(words: Words, named: Sequence[tuple[str, int]], *, unit_id: int, evening: date, part: Part) -> Message:
    """Which camera."""
    key = f"{unit_id}:{evening:%Y%m%d}"
    buttons = [Button(camera, f"rcc:{key}:{part}:{like}") for camera, like in named]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    back = (Button(words("setting.back"), f"rcs:{key}"),)
    body = words("recording.which_or_write" if named else "recording.write")
    return Message(title=words("recording.camera", part=words(f"recording.{part}")), body=body, buttons=(*rows, back))


def spans(  # noqa: PLR0913 -- what the button carries
    words: Words,
    named: Sequence[tuple[time, time]],
    *,
    unit_id: int,
    evening: date,
    part: Part,
    camera: str,
    like: int,
) -> Message:
    """From when to when."""
    key = f"{unit_id}:{evening:%Y%m%d}:{part}:{like}"
    buttons = [
        (Button(f"{clock(first)}-{clock(last)}", f"rcn:{key}:{first:%H%M}-{last:%H%M}"),) for first, last in named
    ]
    back = (Button(words("setting.back"), f"rcp:{unit_id}:{evening:%Y%m%d}:{part}"),)
    title = words("recording.span", part=words(f"recording.{part}"), camera=camera)
    return Message(title=title, body=words("recording.span_or_write", camera=camera), buttons=(*buttons, back))


def judge(
    words: Words, *, case: int, name: str, checkpoint: str, where: Sequence[str], by_files: bool = False
) -> Message:
    """One evening to judge, and where to look."""
    buttons = (Button(words("judge.pass"), f"jp:{case}"), Button(words("judge.fail"), f"jf:{case}"))
    title = words("judge.title", name=name, checkpoint=checkpoint)
    note = words("judge.note_files" if by_files else "judge.note")
    return Message(title=title, body="\n".join(where), note=note, buttons=(buttons,))


def judged(words: Words, *, checkpoint: str, well: bool, case: int, day: str, time: str) -> Message:
    """Told to the person."""
    if well:
        return Message(title=words("judge.passed", checkpoint=checkpoint), body=words("evening.passed_body"))
    look = Button(words("stay.material"), f"m:{case}")
    body = words("evening.again_body", day=day, time=time)
    return Message(title=words("judge.failed", checkpoint=checkpoint), body=body, buttons=((look,),))
