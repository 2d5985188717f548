"""Evening minutes: what somebody has spent, what may still be asked of them, and the month's sheet of a branch."""

import math
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.store import cases, scenes, sittings
from bot.store.tables import Unit
from bot.store.turn import Reader
from drills.cases import State
from drills.minutes import Leave, Room, Spent, allowance, room

WEEK = timedelta(days=6)


def minutes(turn: Reader, persons: Collection[int], first: date, last: date) -> dict[int, list[Spent]]:
    """The evenings of people between two days, from the start button to the last answer that counts, begun minutes
    whole, and their scenes; those without any are left out."""
    found: dict[int, list[Spent]] = defaultdict(list)
    for person, day, since, until in sittings.spent(turn, persons, first, last):
        found[person].append(Spent(day, _whole(since, until)))
    for person, day, since, until in scenes.spent(turn, persons, first, last):
        found[person].append(Spent(day, _acted(turn, since, until)))
    return dict(found)


def of(turn: Reader, person: int, day: date) -> list[Spent]:
    """What somebody has spent in the week and the month of a day."""
    first = min(day.replace(day=1), day - WEEK)
    return minutes(turn, [person], first, day + WEEK).get(person, [])


def left(turn: Reader, unit: Unit, person: int, day: date) -> int:
    """The minutes somebody may still spend on an evening."""
    return allowance(of(turn, person, day), day, turn.in_force(unit.path).policy)


def asked(turn: Reader, unit: Unit, person: int, day: date) -> Room:
    """What one more evening on that day would come to for somebody, beside those already set for it."""
    policy = turn.in_force(unit.path).policy
    waiting = cases.of_person(turn, person, [State.CONFIRMED, State.AGAIN])
    before = sum(case.evening == day for case in waiting)
    return room(of(turn, person, day), day, (before + 1) * policy.evening_minutes, policy)


def has_room(turn: Reader, unit: Unit, person: int, day: date) -> bool:
    """Whether an evening may be set for that day at all."""
    return asked(turn, unit, person, day).leave is not Leave.REFUSE


def evening_minutes(turn: Reader, path: str, first: date, last: date) -> dict[tuple[int, date], int]:
    """The same by person and day, of everybody on or below a path."""
    found: dict[tuple[int, date], int] = defaultdict(int)
    for person, day, begun, ended in sittings.evenings(turn, path, first, last):
        found[person, day] += _whole(begun, ended)
    for person, day, begun, ended in scenes.evenings(turn, path, first, last):
        found[person, day] += _acted(turn, begun, ended)
    return dict(found)


def _acted(turn: Reader, since: datetime, until: datetime) -> int:
    """A scene is over when it is marked; whoever marks it only later costs the actor no minute more."""
    return min(_whole(since, until), turn.in_force("/").policy.scene_minutes)


def _whole(since: datetime, until: datetime) -> int:
    return math.ceil((until - since).total_seconds() / 60)
