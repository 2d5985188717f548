"""The tick: which steps of which unit's day are due now, each taken once. A unique key says done, not a scheduler."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.services import (
    evening,
    handing,
    live,
    minutes,
    morning,
    proving,
    reviewing,
    ruling,
    summing,
    tonight,
    weekly,
)
from bot.services.caller import known, local
from bot.store import closings, inbox, meetings, outbox, people, proofs, steps, units, uploads
from bot.store.store import Store
from bot.store.tables import Unit
from bot.store.turn import Reader, Turn
from bot.views import people as views
from drills.day import BRANCH_STEPS, Step, due, gone_by
from drills.people import Role
from drills.policy import plan

log = logging.getLogger(__name__)
REPEATED = timedelta(days=8)
"""No platform repeats an event after so long."""
WEEK = timedelta(days=7)
LOOK_AHEAD = 60  # days before a year ends in which its successor must be known


def _push(turn: Turn, unit: Unit, day: date) -> None:
    morning.push(turn, unit, day)
    live.show(turn, unit, day)


def _close(turn: Turn, unit: Unit, day: date) -> None:
    morning.close(turn, unit, day)
    live.close(turn, unit, day)


def _propose(turn: Turn, unit: Unit, day: date) -> None:
    tonight.propose(turn, unit, day)
    ruling.remind(turn, unit, day)


def _call(turn: Turn, unit: Unit, day: date) -> None:
    evening.call(turn, unit, day)
    proving.invite(turn, unit, day)


TAKE: dict[Step, Callable[[Turn, Unit, date], None]] = {
    Step.SUMMARY: summing.send,
    Step.DIGEST: weekly.send,
    Step.PUSH: _push,
    Step.REVIEW: reviewing.send,
    Step.REMIND: morning.remind,
    Step.CLOSE: _close,
    Step.PROPOSE: _propose,
    Step.NO_DRILL: summing.warn_no_drill,
    Step.HANDOVER: handing.send,
    Step.SETTLE: tonight.settle,
    Step.CALL: _call,
    Step.EVENING_CLOSE: evening.close,
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One step to take for one unit's day; `skip` when its window went by."""

    unit: int
    day: date
    step: Step
    skip: bool = False


async def tick(store: Store) -> int:
    """Take every step that is due; how many were taken by us. One that fails is logged, left for the next tick, and
    keeps no other branch from its day."""
    taken = 0
    for todo in await store.look(steps_due):
        try:
            taken += await store.do(take, todo)
        except Exception:
            log.exception("step %s of unit %s on %s failed", todo.step, todo.unit, todo.day)
    for meeting in await store.look(minutes.forgotten):
        taken += await store.do(minutes.forget, meeting)
    if await store.look(proofs.over):
        taken += await store.do(proving.clear)
    return taken


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of every unit's day, read for all of them at once: the days each has closed, the steps taken."""

    closed: Mapping[int, Collection[date]]
    done: Mapping[tuple[int, date], Collection[str]]

    def closed_days(self, unit: Unit) -> frozenset[date]:
        """Days on which the unit, or one above it, does not open."""
        return frozenset(day for one in units.ids(unit.path) for day in self.closed.get(one, ()))


def steps_due(turn: Reader) -> list[Duty]:
    """The steps due now on every unit whose day it is, in the order of the day."""
    known_now = _known_of_all(turn)
    todo = [duty for unit in units.branches(turn, "/") for duty in _of(turn, unit, BRANCH_STEPS, known_now)]
    managed = {unit.path: unit for _, unit in people.holders(turn, Role.MANAGER)}
    todo += [duty for unit in managed.values() for duty in _of(turn, unit, _of_managers(unit), known_now)]
    inspected = {unit.path: unit for _, unit in people.holders(turn, Role.INSPECTOR)}
    handover = frozenset({Step.HANDOVER})
    return todo + [duty for unit in inspected.values() for duty in _of(turn, unit, handover, known_now)]


def _known_of_all(turn: Reader) -> Known:
    """Of today, whatever the date is in a unit's time zone, and for what was closed of the week behind it."""
    day = turn.now.date()
    first, last = day - timedelta(days=1), day + timedelta(days=1)
    return Known(closings.by_unit(turn, first - WEEK, last), steps.of_every_unit(turn, first, last))


def _known_of(turn: Reader, unit: Unit) -> Known:
    day = local(turn, unit).date()
    return Known(
        {known(unit.id): closings.days(turn, unit.path)}, {(known(unit.id), day): steps.done(turn, known(unit.id), day)}
    )


def _of_managers(unit: Unit) -> frozenset[Step]:
    """What managers of a unit hear; the digest of a branch is a step of the branch's own day."""
    return frozenset({Step.SUMMARY} if unit.level == units.BRANCH else {Step.SUMMARY, Step.DIGEST})


def _of(turn: Reader, unit: Unit, wanted: frozenset[Step], known_now: Known) -> list[Duty]:
    rules, moment = turn.in_force(unit.path), local(turn, unit)
    day = moment.date()
    if not rules.calendar.is_working(day, known_now.closed_days(unit)):
        return []
    if Step.DIGEST in wanted and not weekly.begins(rules, day, known_now.closed_days(unit)):
        wanted -= {Step.DIGEST}
    slots = tuple(s for s in plan(rules.policy) if s.step in wanted)
    done = frozenset(known_now.done.get((known(unit.id), day), ()))
    steps_now = due(slots, moment.time(), done)
    if Step.REMIND in steps_now and meetings.is_running(turn, known(unit.id), day):
        steps_now.remove(Step.REMIND)  # nobody's phone rings during the meeting
    found = [Duty(known(unit.id), day, s, skip=s is Step.REMIND and Step.PUSH in steps_now) for s in steps_now]
    return [Duty(known(unit.id), day, s, skip=True) for s in gone_by(slots, moment.time(), done)] + found


def take(turn: Turn, todo: Duty) -> bool:
    """Take one step, unless somebody has, or the day has been called off or moved since we looked. False: not taken."""
    unit = units.get(turn, todo.unit)
    if not _stands(turn, unit, todo) or not steps.mark_done(turn, todo.unit, todo.day, todo.step, skipped=todo.skip):
        return False
    if todo.step is Step.PUSH:
        warn_of_unknown_years(turn, todo.day)
        inbox.forget(turn, turn.now - REPEATED)
        uploads.forget(turn)
    if not todo.skip:
        TAKE[todo.step](turn, unit, todo.day)
    elif todo.step is Step.PUSH:
        morning.tell_skipped(turn, unit, todo.day)
    return True


def _stands(turn: Turn, unit: Unit, todo: Duty) -> bool:
    now = {duty.step: duty for duty in _of(turn, unit, frozenset({todo.step}), _known_of(turn, unit))}.get(todo.step)
    return now is not None and now.day == todo.day and now.skip <= todo.skip


def warn_of_unknown_years(turn: Turn, day: date) -> None:
    """Tell every admin, once per year, that the calendar does not know this or the coming year."""
    calendar = turn.in_force("/").calendar
    ahead = date.fromordinal(day.toordinal() + LOOK_AHEAD)
    for year in sorted({day.year, ahead.year}):
        if calendar.knows(year):
            continue
        for admin, _ in people.holders(turn, Role.ADMIN):
            message = views.unknown_year(turn.words[admin.language], year)
            outbox.tell(turn, known(admin.id), f"unknown-year/{year}/{admin.id}", message, urgency=summing.AMISS)
