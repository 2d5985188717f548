"""A rota or a list of leave against what stands: whom to have off, what to take back, what nobody touches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

AHEAD = 62
"""A list reaches no further than so many days: nobody knows a shift of next summer."""


class Mark(StrEnum):
    """What a list says of a person's day."""

    WORK = "work"
    LEAVE = "leave"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: whom it names (by one or both), and the days it speaks of."""

    row: int
    number: str
    name: str
    days: tuple[tuple[date, Mark], ...]

    def to_json(self) -> list[Any]:
        """The line as JSON values."""
        return [self.row, self.number, self.name, [[day.isoformat(), mark.value] for day, mark in self.days]]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> Self:
        """The line that `to_json` wrote."""
        row, number, name, days = data
        return cls(row, number, name, tuple((date.fromisoformat(day), Mark(mark)) for day, mark in days))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days off from one to another, inclusive."""

    first: date
    last: date
    kind: Mark

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Standing:
    """Days off that count already."""

    id: int
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a list changes for one person: the rows to `withdraw` and to `enter`; the days that are `fresh`ly off, and
    those that come `back` to work. Days `kept` stay off though the list has them at work; so many days off were
    known before (`same`)."""

    withdraw: tuple[int, ...] = ()
    enter: tuple[Stretch, ...] = ()
    fresh: tuple[Stretch, ...] = ()
    back: tuple[date, ...] = ()
    kept: tuple[date, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows that say different things of one person's day."""

    row: int
    other: int
    day: date


def gather(lines: Iterable[tuple[int, Line]]) -> tuple[dict[int, dict[date, Mark]], list[Clash]]:
    """What a list says of each person's days, and where it contradicts itself. Each line comes with its person."""
    said: dict[int, dict[date, Mark]] = {}
    rows: dict[tuple[int, date], int] = {}
    clashes: list[Clash] = []
    for person, line in lines:
        marks = said.setdefault(person, {})
        differing = [day for day, mark in line.days if marks.get(day, mark) is not mark]
        clashes += [Clash(line.row, rows[person, day], day) for day in differing[:1]]
        for day, mark in line.days:
            marks[day] = mark
            rows.setdefault((person, day), line.row)
    return said, clashes


def compare(marks: Mapping[date, Mark], standing: Sequence[Standing], today: date) -> Change:
    """What a list says of somebody's days against what stands. Days gone by stay as they were, and so does leave: that
    somebody asked for. A shift gives way from tomorrow on (who was off when today's questions went out has none), and
    what is left of its stretch is entered again."""
    ahead = {day: mark for day, mark in marks.items() if day >= today}
    listed = {day for day, mark in ahead.items() if mark is Mark.WORK}
    work = listed - {today}
    moved = [each for each in standing if each.stretch.kind is Mark.SHIFT and work.intersection(each.stretch)]
    stays = [each for each in standing if each not in moved]
    off = {day for each in stays for day in each.stretch}
    before = off.union(*(each.stretch for each in moved))
    rest = dict.fromkeys(before - off - work, Mark.SHIFT)
    wanted = {day: mark for day, mark in ahead.items() if mark is not Mark.WORK}
    fresh = {day: mark for day, mark in wanted.items() if day not in before}
    return Change(
        withdraw=tuple(each.id for each in moved),
        enter=tuple(stretches(rest | fresh)),
        fresh=tuple(stretches(fresh)),
        back=tuple(sorted((before - off) & work)),
        kept=tuple(sorted((off | rest.keys()) & listed)),
        same=len(wanted) - len(fresh),
    )


def stretches(days: Mapping[date, Mark]) -> Iterator[Stretch]:
    """Days that follow one another for the same reason are one stretch."""
    begun: Stretch | None = None
    for day in sorted(days):
        if begun and begun.last + timedelta(1) == day and begun.kind is days[day]:
            begun = Stretch(begun.first, day, begun.kind)
            continue
        if begun:
            yield begun
        begun = Stretch(day, day, days[day])
    if begun:
        yield begun
