"""An evening not done is told upwards: the branch's head on the day, the units above it after three days and seven."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.services.caller import known
from bot.store import cases, outbox, people, units
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import late as views
from drills.cases import OPEN, Event, late_since, told_upwards
from drills.people import Role

LATE = 4


def since(turn: Reader, case: TrainingCase, unit: Unit) -> date | None:
    """The evening on which a case became overdue; none where it is not."""
    zone = ZoneInfo(unit.timezone)
    moves = cases.steps(turn, known(case.id))
    return late_since((Event(move.event), move.at.astimezone(zone).date()) for move in moves)


def of_unit(turn: Reader, unit: Unit) -> list[tuple[TrainingCase, date]]:
    """A branch's overdue cases, and since when."""
    found = [(case, since(turn, case, unit)) for case in cases.of_unit(turn, known(unit.id), OPEN)]
    return [(case, late) for case, late in found if late is not None]


def tell(turn: Turn, unit: Unit, rules: InForce, day: date, before: date) -> None:
    """Whoever is to know by `day` and was not told by the day `before` hears how many evenings of a branch are
    overdue; once for each level. Names stay in the branch: a level above counts."""
    reached: dict[int, list[date]] = {}
    for _, late in of_unit(turn, unit):
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
