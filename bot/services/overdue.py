"""An evening not done is told upwards: the branch's head on the day, the units above it after three days and seven."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.services.caller import known
from bot.store import cases, outbox, people, units
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import late as views
from drills.cases import OPEN, Event, State, late_since, told_upwards
from drills.people import Role

LATE = 4
LONGEST = timedelta(days=120)
"""A case so old is nobody's to do any more: who has not come in a third of a year is a matter for people."""


def below(turn: Reader, path: str, day: date) -> list[tuple[Unit, TrainingCase, date]]:
    """The cases on or below a unit that were overdue at the end of a day: their branches, and since which evening."""
    found = []
    for case, unit, moves in cases.missed_below(turn, path, day - LONGEST):
        zone = ZoneInfo(unit.timezone)
        taken = [(move, on) for move in moves if (on := move.at.astimezone(zone).date()) <= day]
        since = late_since((Event(move.event), on) for move, on in taken)
        if since is not None and State(taken[-1][0].state) in OPEN:
            found.append((unit, case, since))
    return found


def tell(turn: Turn, unit: Unit, rules: InForce, day: date, before: date) -> None:
    """Whoever is to know by `day` and was not told by the day `before` hears how many evenings of a branch are
    overdue; once for each level. Names stay in the branch: a level above counts."""
    reached: dict[int, list[date]] = {}
    for _, _, late in below(turn, unit.path, day):
        told = told_upwards(late, before, rules.policy) if late <= before else 0
        for level in range(told + 1, told_upwards(late, day, rules.policy) + 1):
            reached.setdefault(level, []).append(late)
    line = units.ids(unit.path)[::-1]
    for level, lates in reached.items():
        above = units.get(turn, line[min(level, len(line)) - 1])
        for manager in people.with_role(turn, [Role.MANAGER], above.path, on=known(above.id)):
            words = turn.words[manager.language]
            message = views.overdue(words, unit=unit.name, unit_id=known(unit.id), n=len(lates), since=min(lates))
            once = f"overdue/{unit.id}/{day}/{level}/{manager.id}"
            outbox.tell(turn, known(manager.id), once, message, urgency=LATE)
