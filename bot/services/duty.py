"""Who is expected today: the branch's people with a post, less those on leave; and which days count at all."""

from collections.abc import Iterable
from datetime import date

from bot.services.caller import known
from bot.store import absences, closings, people
from bot.store.tables import Person, Unit
from bot.store.turn import InForce, Reader
from drills.people import Role


def on_duty(turn: Reader, unit: Unit, day: date) -> list[Person]:
    """The people drilled on a branch on a day: with a post, already joined, not on granted leave."""
    drilled = [p for p in people.on_unit(turn, known(unit.id)) if p.post and p.joined_on <= day]
    away = absences.away(turn, [known(p.id) for p in drilled], day)
    return [p for p in drilled if p.id not in away]


def there(turn: Reader, unit: Unit, day: date) -> list[Person]:
    """Who works on the branch and is not away: they may play and mark, whatever they are drilled for."""
    here = [p for p in people.on_unit(turn, known(unit.id)) if p.joined_on <= day]
    away = absences.away(turn, [known(p.id) for p in here], day)
    return [p for p in here if p.id not in away]


def closed_days(turn: Reader, unit: Unit) -> frozenset[date]:
    """Days on which the branch, or a unit above it, does not open."""
    return closings.days(turn, unit.path)


def opens(turn: Reader, unit: Unit, rules: InForce, day: date) -> bool:
    """Whether the branch works that day."""
    return rules.calendar.is_working(day, closed_days(turn, unit))


def next_open(turn: Reader, unit: Unit, rules: InForce, day: date) -> date:
    """The branch's next working day after this one."""
    return rules.calendar.next_working(day, closed_days(turn, unit))


def previous_open(turn: Reader, unit: Unit, rules: InForce, day: date) -> date:
    """The branch's last working day before this one."""
    return rules.calendar.previous_working(day, closed_days(turn, unit))


def recent_days(turn: Reader, unit: Unit, rules: InForce, day: date, n: int) -> list[date]:
    """The last `n` working days up to and including this one if it works, oldest first."""
    closed = closed_days(turn, unit)
    days: list[date] = [day] if rules.calendar.is_working(day, closed) else []
    while len(days) < n:
        days.append(rules.calendar.previous_working(days[-1] if days else day, closed))
    return sorted(days)


def names(persons: Iterable[Person]) -> list[str]:
    """Their names, in the order given."""
    return [p.name for p in persons]


def deciders(turn: Reader, unit: Unit, about: int = 0) -> list[Person]:
    """Who decides on a branch: its trainers, less the one it is `about`; its head where nobody is left."""
    trainers = [t for t in people.with_role(turn, [Role.TRAINER], unit.path) if t.id != about]
    return trainers or people.with_role(turn, [Role.MANAGER], unit.path, on=known(unit.id))


def next_at_work(turn: Reader, unit: Unit, rules: InForce, person: int, day: date) -> date:
    """The next day after this one on which the branch opens and the person is not on leave."""
    later = next_open(turn, unit, rules, day)
    while absences.away(turn, [person], later):
        later = next_open(turn, unit, rules, later)
    return later
