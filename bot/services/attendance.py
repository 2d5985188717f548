"""On which days people were expected: their branch's questions went out, and they were not off. For sums over many
people and days; one day of one branch is `duty.on_duty`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.services.caller import known
from bot.store import absences, closings, people, steps, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader
from drills.day import Step


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is drilled, and the days on which they were expected."""

    person: Person
    days: frozenset[date]


def expected(turn: Reader, unit: Unit, first: date, last: date) -> list[Expected]:
    """Everybody with a post on a unit or below it. A day counts once its questions have gone out; one that was called
    off afterwards does not, nor does leave."""
    open_days = _open_days(turn, unit, first, last)
    away = absences.days_away_below(turn, unit.path, first, last)
    found = []
    for person in people.below(turn, unit.path):
        if person.post:
            days = open_days.get(person.unit_id, frozenset())
            off = away.get(known(person.id), set())
            found.append(Expected(person, frozenset(d for d in days if d >= person.joined_on and d not in off)))
    return found


def _open_days(turn: Reader, unit: Unit, first: date, last: date) -> dict[int, frozenset[date]]:
    pushed = steps.days_below(turn, unit.path, Step.PUSH, first, last)
    closed = closings.between(turn, unit.path, first, last)
    if not closed:
        return {branch: frozenset(days) for branch, days in pushed.items()}
    paths = {known(branch.id): branch.path for branch in units.branches(turn, unit.path)}
    return {
        branch: frozenset(days - {day for day, where in closed if paths[branch].startswith(where)})
        for branch, days in pushed.items()
        if branch in paths
    }


def by_branch(everybody: Iterable[Expected]) -> Mapping[int, int]:
    """Days on duty of each branch's people together, by the branch's id."""
    found: dict[int, int] = defaultdict(int)
    for one in everybody:
        found[one.person.unit_id] += len(one.days)
    return found
