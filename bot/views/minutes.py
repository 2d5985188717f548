"""The minutes of a meeting: with names to whoever leads the branch, without to its group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Button, Message, Rows
from bot.chat.words import Words
from bot.views.meeting import Result
from bot.views.text import listed, long_day
from drills.meeting import Mark
from drills.run_sheet import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What a meeting leaves behind. `roll` are the names by mark (None: not called), `stages` each with its minutes."""

    unit: str
    day: date
    begins: str
    ends: str
    hosts: Sequence[str]
    roll: dict[Mark | None, Sequence[str]]
    stages: Sequence[tuple[Stage, int]]
    forgotten: int | None = None
    result: Result | None = None
    scene: Sequence[str] = ()
    reviewed: int = 0


def _head(words: Words, values: Minutes) -> tuple[str, list[tuple[str, str]]]:
    title = words("minutes.title", unit=values.unit, day=long_day(words, values.day))
    return title, [(words("minutes.time"), words("minutes.span", begins=values.begins, ends=values.ends))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which minutes these are of those that can be looked at: `place` 0 is the last meeting."""

    unit: int
    place: int
    of: int


def whole(words: Words, values: Minutes, page: Page | None = None) -> Message:
    """To whoever leads the branch: with names, and with the way to those of other days."""
    title, rows = _head(words, values)
    rows.append((words("minutes.hosts"), listed(words, values.hosts)))
    for mark in (*Mark, None):
        if names := values.roll.get(mark):
            rows.append((words(f"minutes.{mark}") if mark else words("minutes.uncalled"), listed(words, names)))
    took = [words("minutes.stage", stage=words(f"run.stage_{s}"), n=n) for s, n in values.stages]
    rows.append((words("minutes.stages"), listed(words, took)))
    rows += _done(words, values)
    note = words("minutes.forgotten", most=values.forgotten) if values.forgotten else ""
    return Message(title=title, rows=tuple(rows), note=note, buttons=_other_days(words, page) if page else ())


def _other_days(words: Words, page: Page) -> Rows:
    places = ((page.place + 1, "minutes.before"), (page.place - 1, "minutes.after"))
    beside = [Button(words(key), f"mth:{page.unit}:{n}") for n, key in places if 0 <= n < page.of]
    return (tuple(beside),) if beside else ()


def _done(words: Words, values: Minutes) -> list[tuple[str, str]]:
    rows = []
    if values.reviewed:
        rows.append((words("minutes.reviewed"), words("minutes.people", n=values.reviewed)))
    if values.result:
        shared = words(
            "minutes.shared_value", answered=values.result.answered, of=values.result.of, right=values.result.right
        )
        rows.append((words("minutes.shared"), shared))
    if values.scene:
        rows.append((words("minutes.scene"), listed(words, values.scene)))
    return rows


def to_group(words: Words, values: Minutes) -> Message:
    """To the branch's group: numbers beside what is amiss, never a name."""
    title, rows = _head(words, values)
    for mark in (*Mark, None):
        if names := values.roll.get(mark):
            label = words(f"minutes.{mark}") if mark else words("minutes.uncalled")
            rows.append((label, words("minutes.people", n=len(names))))
    return Message(title=title, rows=(*rows, *_done(words, values)))
