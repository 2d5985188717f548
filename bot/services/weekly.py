"""The weekly digest: on a week's first working day, about the week before."""

from collections.abc import Collection
from datetime import date

from bot.services import attendance, summing
from bot.services.caller import known
from bot.services.duty import opens
from bot.services.leading import WEEK, weakest
from bot.services.standing import TOP
from bot.store import marks, outbox, people, sittings, units
from bot.store.marks import Mark
from bot.store.tables import Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import summary as views
from drills.boards import Score, praised, rank
from drills.cases import Event
from drills.people import Role
from drills.windows import Span, Window, minimum, opens_week, week_before

DIGEST = 8
"""Urgency: after the day's own letters."""
WEAK = 3


def begins(rules: InForce, day: date, closed: Collection[date]) -> bool:
    """Whether a working day is the first of its week on a unit with these days closed; those of the week are enough."""
    return opens_week(day, rules.calendar.previous_working(day, closed))


def send(turn: Turn, unit: Unit, day: date) -> None:
    """One letter a week to each who leads this very unit; none about a week without a drill."""
    week = week_before(day)
    values = digest(turn, unit, week)
    if not values.answered:
        return
    roles = [Role.MANAGER, Role.TRAINER] if values.at_branch else [Role.MANAGER]
    for reader in people.with_role(turn, roles, unit.path, on=known(unit.id)):
        message = views.digest(turn.words[reader.language], values)
        once = f"digest/{week.first}/{unit.id}/{reader.id}"
        outbox.tell(turn, known(reader.id), once, message, urgency=DIGEST)


def digest(turn: Reader, unit: Unit, week: Window) -> views.Digest:
    """A week of a unit."""
    rules, at_branch = turn.in_force(unit.path), unit.level == units.BRANCH
    days = (week.first, week.last)
    found = _marks(turn, unit, *days)
    on_duty = sum(len(one.days) for one in attendance.expected(turn, unit, *days))
    weak = weakest(turn, unit, rules, *days)
    before = {w.checkpoint for w in weakest(turn, unit, rules, week.first - WEEK, week.last - WEEK)}
    evenings, passed = _evenings(turn, unit, week)
    return views.Digest(
        unit=unit.name,
        unit_id=known(unit.id),
        at_branch=at_branch,
        first=week.first,
        last=week.last,
        answered=min(on_duty, sum(m.days for m in found)),
        expected=on_duty,
        right=sum(m.right for m in found),
        asked=sum(m.asked for m in found),
        change=_change(found, _marks(turn, unit, week.first - WEEK, week.last - WEEK)),
        best=_best(turn, unit, found),
        weakest=weak[:WEAK] if at_branch else [],
        twice=[w.checkpoint for w in weak if w.checkpoint in before],
        evenings=evenings,
        passed=passed,
        doubts=sittings.doubts(turn, known(unit.id), *days) if at_branch else 0,
    )


def _marks(turn: Reader, unit: Unit, first: date, last: date) -> list[Mark]:
    if unit.level == units.BRANCH:
        return marks.by_person(turn, known(unit.id), first, last)
    return marks.by_branch(turn, unit.path, first, last)


def _change(now: list[Mark], before: list[Mark]) -> int | None:
    sums = [(sum(m.right for m in some), sum(m.asked for m in some)) for some in (now, before)]
    if not all(asked for _, asked in sums):
        return None
    (right, asked), (earlier, of) = sums
    return round(100 * right / asked) - round(100 * earlier / of)


def _best(turn: Reader, unit: Unit, found: list[Mark]) -> list[str]:
    """The names of the best three, as the week's board has them."""
    policy, at_branch = turn.in_force(unit.path).policy, unit.level == units.BRANCH
    if at_branch and policy.board_names == "own":
        return []
    scores = [Score(key=m.key, right=m.right, asked=m.asked) for m in found]
    places = rank(scores, minimum(policy, Span.WEEK), 0 if at_branch else policy.board_prior)
    best = [p.key for p in praised(places, TOP)]
    if at_branch:
        persons = people.many(turn, best)
        return [persons[key].name for key in best]
    return [units.get(turn, key).name for key in best]


def _evenings(turn: Reader, unit: Unit, week: Window) -> tuple[int, int]:
    """How many evenings of a branch were called in a week, and how many of them were passed."""
    if unit.level != units.BRANCH:
        return 0, 0
    days = [date.fromordinal(n) for n in range(week.first.toordinal(), week.last.toordinal() + 1)]
    rules = turn.in_force(unit.path)
    held = [e for day in days if opens(turn, unit, rules, day) for e in summing.evenings(turn, [unit], day)]
    return len(held), sum(outcome is Event.PASS for _, _, outcome in held)
