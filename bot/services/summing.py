"""The manager's morning letter about the working day before, and the warning when a branch held no drill."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.chat.message import Message
from bot.services import caseflow, evening, overdue
from bot.services.caller import Caller, known
from bot.services.duty import opens, previous_open
from bot.services.leading import WEAK_DAYS, WEEK, day_figures, weakest
from bot.store import answers, closings, outbox, people, sittings, steps, units
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import summary as views
from drills.cases import Event
from drills.day import Step
from drills.people import Act, Role
from drills.sitting import Kind
from drills.windows import target

SUMMARY, AMISS = 6, 3
LONGEST_IDLE = 10
POINTS = 2


def send(turn: Turn, unit: Unit, day: date) -> None:
    """07:40: one message to each manager of this unit about the working day before."""
    rules = turn.in_force(unit.path)
    last = previous_open(turn, unit, rules, day)
    found = summary(turn, unit, last)
    if not (found.expected or found.overdue or found.passed or found.again or found.off):
        return
    if _told_before(turn, unit, last, day):
        return
    for manager in people.with_role(turn, [Role.MANAGER], unit.path, on=known(unit.id)):
        message = views.summary(turn.words[manager.language], found)
        outbox.tell(turn, known(manager.id), f"summary/{day}/{unit.id}/{manager.id}", message, urgency=SUMMARY)


def _told_before(turn: Turn, unit: Unit, last: date, day: date) -> bool:
    """Whether the same was told on a day between, that was called off only after it had begun."""
    between = (date.fromordinal(n) for n in range(last.toordinal() + 1, day.toordinal()))
    return any(Step.SUMMARY in steps.done(turn, known(unit.id), d) for d in between)


def _off(turn: Reader, unit: Unit, day: date) -> list[tuple[str, str, str]]:
    """What was closed that day below a unit, by the highest that said so: its name, the kind, the reason."""
    found: list[tuple[str, str, str]] = []
    top = ""
    for row, where in closings.below(turn, unit.path, day):
        if not (top and where.path.startswith(top)):
            top = where.path
            found.append((where.name, row.kind, row.reason))
    return found


def message_for(turn: Reader, unit: Unit, day: date, who: Caller) -> Message:
    """The summary of one day below a unit."""
    values = replace(summary(turn, unit, day), export=who.may(Act.EXPORT, unit.path))
    return views.summary(who.words, values)


def summary(turn: Reader, unit: Unit, day: date) -> views.Summary:
    """What happened below a unit on a day: who held no drill, what is overdue, participation, gaps, the trend."""
    rules = turn.in_force(unit.path)
    opened = [b for b in units.branches(turn, unit.path) if opens(turn, b, rules, day)]
    asked_of = [b for b in opened if _pushed(turn, b, day)]  # who was sent no questions has not stayed away
    right, asked, answered, expected = day_figures(turn, asked_of, day)
    results = evenings(turn, opened, day)
    late = [where.name for where, _, _ in overdue.below(turn, unit.path, day)]
    passed = sum(outcome is Event.PASS for _, _, outcome in results)
    again = sum(outcome is Event.FAIL for _, _, outcome in results)
    return views.Summary(
        unit=unit.name,
        unit_id=known(unit.id),
        day=day,
        branches=len(opened),
        at_branch=unit.level == units.BRANCH,
        off=_off(turn, unit, day),
        idle=[(b.name, n) for b in opened if (n := idle_days(turn, b, rules, day))],
        overdue=len(late),
        overdue_units=list(dict.fromkeys(late)),
        passed=passed,
        again=again,
        answered=answered,
        expected=expected,
        weakest=weakest(turn, unit, rules, previous(turn, unit, rules, day), day)[:POINTS],
        change=_change(turn, opened, (right, asked), day),
        target=target(rules.policy, day),
    )


def previous(turn: Reader, unit: Unit, rules: InForce, day: date) -> date:
    """The first of the last few working days that the weakest checkpoints are counted over."""
    first = day
    for _ in range(WEAK_DAYS - 1):
        first = previous_open(turn, unit, rules, first)
    return first


Evening = tuple[Unit, TrainingCase, Event | None]


def evenings(turn: Reader, branches: Sequence[Unit], day: date) -> list[Evening]:
    """The evenings of a day with how each ended."""
    held = ((unit, case) for unit in branches for case, _ in evening.results_of(turn, unit, day))
    return [(unit, case, caseflow.outcome_on(turn, case, unit, day)) for unit, case in held]


def _change(turn: Reader, branches: list[Unit], now: tuple[int, int], day: date) -> int | None:
    right, asked, _, _ = day_figures(turn, branches, day - WEEK)
    if not asked or not now[1]:
        return None
    return round(100 * now[0] / now[1]) - round(100 * right / asked)


def idle_days(turn: Reader, unit: Unit, rules: InForce, day: date) -> int:
    """For how many working days in a row, up to this one, questions went out and nobody answered. 0: it was held."""
    n = 0
    while n < LONGEST_IDLE and _pushed(turn, unit, day) and not answers.people_answered(turn, known(unit.id), day):
        n += 1
        day = previous_open(turn, unit, rules, day)
    return n


def _pushed(turn: Reader, unit: Unit, day: date) -> bool:
    return bool(sittings.progress(turn, known(unit.id), day, Kind.MORNING))


def warn_no_drill(turn: Turn, unit: Unit, day: date) -> None:
    """09:05, only where something is amiss: everybody who manages this branch hears that it held no drill."""
    if not idle_days(turn, unit, turn.in_force(unit.path), day):
        return
    for manager in people.with_role(turn, [Role.MANAGER], unit.path):
        message = views.no_drill(turn.words[manager.language], [unit.name])
        outbox.tell(turn, known(manager.id), f"no-drill/{day}/{unit.id}/{manager.id}", message, urgency=AMISS)
