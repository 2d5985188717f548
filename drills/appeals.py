"""Appeals: who may judge one, until when it is made and judged, and what can come of it (plan SP-43, DESIGN §9)."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from drills.calendar import Calendar
from drills.people import Held, Role, below


class Ground(StrEnum):
    """What somebody says against a mark or a case."""

    KEY = "key"  # the question, or what it calls right, is wrong
    DONE = "done"  # it was done, or answered, as it should be
    CAUSE = "cause"  # there was something that could not be helped
    WORDS = "words"  # something else, in their own words


class Outcome(StrEnum):
    """How an appeal ended."""

    UPHELD = "upheld"  # the mark becomes right; the case counts nowhere
    STRUCK = "struck"  # of a mark: it counts neither as right nor as wrong
    KEPT = "kept"  # it stays as it was
    TAKEN_BACK = "taken-back"  # by the person


class Because(StrEnum):
    """Why something stays as it was: nobody is turned down without a reason."""

    RULE = "rule"  # the rule's words say so
    SEEN = "seen"  # it was looked into, and it is so
    WORDS = "words"  # something else, in the judge's own words


PROGRAM = -1
"""The place of a verdict that nobody decided: anybody on the ladder stands above it."""


def ladder(path: str) -> list[tuple[Role, str]]:
    """Who stands above whom over a branch: its trainers, its head, then the same of each unit above it, lowest first.
    `path` looks like /1/2/3/."""
    parts = path.strip("/").split("/")
    above = [f"/{'/'.join(parts[:n])}/" for n in range(len(parts), 0, -1)]
    return [(role, unit) for unit in above for role in (Role.TRAINER, Role.MANAGER)]


def rung(held: Iterable[Held], path: str, day: date) -> int:
    """The highest place on the ladder of a branch from which somebody decides on a day; an inspector stands beside the
    managers of the same unit. PROGRAM where they hold no such role."""
    seats = {Role.TRAINER: Role.TRAINER, Role.MANAGER: Role.MANAGER, Role.INSPECTOR: Role.MANAGER}
    holds = {
        (seats[h.role], h.path)
        for h in held
        if h.role in seats and below(path, h.path) and (h.until is None or day <= h.until)
    }
    return max((place for place, seat in enumerate(ladder(path)) if seat in holds), default=PROGRAM)


def last_day(calendar: Calendar, closed: Collection[date], day: date, days: int) -> date:
    """The last of so many working days after a day, of a branch with these closing days of its own."""
    for _ in range(days):
        day = calendar.next_working(day, closed)
    return day


def reminded(today: date, due: date) -> bool:
    """Whether whoever is to judge hears of it again: on the day it is due, and every working day after it."""
    return today >= due
