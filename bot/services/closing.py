"""Days without a drill: said ahead or in the middle of the day, lifted again, and told once to everybody on duty.

A day that is called off after the push excuses the morning: what was answered stays answered and counts, because it was
said to count and shows what somebody knows; what is open counts for nobody, and what is answered afterwards is
practice. Nobody is asked to make up, nobody stays that evening: who was to, comes on the next working day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.services import caseflow, live
from bot.services.caller import known, local
from bot.services.duty import next_at_work, on_duty, opens
from bot.services.sittings import at
from bot.store import cases, closings, groups, outbox, people, sittings, steps, units
from bot.store.tables import Closing, Person, Unit
from bot.store.turn import Reader, Turn
from bot.views import closing as views
from drills.cases import HELD, Event, State
from drills.day import Step, gone_by
from drills.people import Role
from drills.policy import plan
from drills.refused import Refused
from drills.settings import closable

URGENT = 3
MOST_BRANCHES = 400
"""More branches at once are a matter of the calendar, not of a message."""
ENDED = ("morning", "makeup", "evening")


def coming(turn: Reader, unit: Unit, day: date) -> list[views.Closed]:
    """The days ahead without a drill, days in a row with the same word together."""
    found: list[views.Closed] = []
    for row in closings.ahead(turn, unit.path, day):
        one = shown(turn, unit, row)
        last = found[-1] if found else None
        if last is not None and last.last >= row.day:
            continue  # a unit above has said so already
        found.append(one)
    return found


def shown(turn: Reader, unit: Unit, row: Closing) -> views.Closed:
    """A closing as it is told on a unit."""
    by = "" if row.unit_id == unit.id else units.get(turn, row.unit_id).name
    kind: closings.Kind = "no-drill" if row.kind == "no-drill" else "closed"
    return views.Closed(first=row.day, last=row.day, kind=kind, reason=row.reason, said_by=by)


def today(turn: Reader, unit: Unit) -> views.Closed | None:
    """Why there is no drill today, where somebody has said so."""
    return on_day(turn, unit, local(turn, unit).date())


def on_day(turn: Reader, unit: Unit, day: date) -> views.Closed | None:
    """Why a unit had, or will have, no drill on a day, where somebody has said so."""
    row = closings.of_day(turn, unit.path, day)
    return shown(turn, unit, row) if row else None


@dataclass(frozen=True, slots=True)
class Done:
    """What was closed, and how many people were told."""

    closed: views.Closed
    told: int


def close(turn: Turn, unit: Unit, wanted: views.Closed, *, by: int | None = None) -> Done:
    """No drill on a unit and below it on these days. Raises Refused when the days have passed,
    are too many, are closed already, or nobody would work on them anyway."""
    now = local(turn, unit).date()
    closable(wanted.first, wanted.last, now)
    branches = units.branches(turn, unit.path)
    if len(branches) > MOST_BRANCHES:
        raise Refused("closing-wide", most=MOST_BRANCHES)
    calendar, before = turn.in_force(unit.path).calendar, closings.days(turn, unit.path)
    working = calendar.working_between(wanted.first, wanted.last)
    days = [d for d in working if d not in before]
    if not days:
        raise Refused("closing-known" if working else "closing-off")
    still = {known(b.id): [d for d in days if opens(turn, b, turn.in_force(b.path), d)] for b in branches}
    for day in days:
        closings.close(turn, known(unit.id), day, wanted.reason, wanted.kind, by)
    closed = replace(wanted, first=days[0], last=days[-1], reason=wanted.reason[: closings.LONGEST_REASON])
    return Done(closed, sum(_call_off(turn, b, still[known(b.id)], closed, by) for b in branches))


def _call_off(turn: Turn, unit: Unit, days: Sequence[date], closed: views.Closed, by: int | None) -> int:
    """Take back what a branch had before it on these days, and tell everybody; how many can be reached."""
    if not days:
        return 0
    now = local(turn, unit).date()
    begun = now in days and Step.PUSH in steps.done(turn, known(unit.id), now)
    moved: dict[int, list[tuple[str, date]]] = {}
    for day in days:
        for stays, where in _move_cases(turn, unit, day, now).items():
            moved.setdefault(stays, []).extend(where)
    if now in days:
        sittings.end(turn, known(unit.id), now, ENDED, turn.now)
        outbox.withdraw(
            turn, [f"{what}/{now}/" for what in ("push", "remind", "makeup")], _ids(on_duty(turn, unit, now))
        )
    told = 0
    for person in _readers(turn, unit, days[0], by):
        where = moved.get(known(person.id), [])
        message = views.told(turn.words[person.language], closed, now, begun=begun, moved=where)
        once = f"{_once(turn, 'closing', unit, days[0])}/{person.id}"
        told += bool(outbox.tell(turn, known(person.id), once, message, urgency=URGENT))
    _tell_groups(turn, unit, closed, now)
    return told


def _move_cases(turn: Turn, unit: Unit, day: date, now: date) -> dict[int, list[tuple[str, date]]]:
    """Evenings of a closed day go to the next day at work; what nobody had confirmed lapses. Where each went."""
    rules = turn.in_force(unit.path)
    states = [State.PROPOSED, State.CONFIRMED, *HELD, State.AGAIN]
    which = {"evening_by": day} if day == now else {"evening": day}
    moved: dict[int, list[tuple[str, date]]] = {}
    for case in cases.of_unit(turn, known(unit.id), states, **which):
        if State(case.state) is State.PROPOSED:
            caseflow.step(turn, case, Event.LAPSE, note="no drill that day")
            continue
        later = next_at_work(turn, unit, rules, case.person_id, day)
        caseflow.step(turn, case, Event.POSTPONE, note="no drill that day")
        caseflow.put_off(turn, case, later)
        moved.setdefault(case.person_id, []).append((caseflow.checkpoint_name(rules, case.checkpoint), later))
    return moved


def _readers(turn: Reader, unit: Unit, day: date, by: int | None) -> list[Person]:
    """Everybody on duty on a branch and everybody who leads it, but whoever says it."""
    lead = people.with_role(turn, [Role.TRAINER, Role.MANAGER], unit.path, on=known(unit.id))
    everybody = {known(p.id): p for p in (*on_duty(turn, unit, day), *lead)}
    return [p for person, p in everybody.items() if person != by]


def _ids(persons: Sequence[Person]) -> list[int]:
    return [known(p.id) for p in persons]


def _once(turn: Turn, what: str, unit: Unit, day: date) -> str:
    """A day may be closed, lifted and closed again: each time is an occasion of its own."""
    return f"{what}/{unit.id}/{day}/{round(turn.now.timestamp() * 1000)}"


def _tell_groups(turn: Turn, unit: Unit, closed: views.Closed, now: date) -> None:
    if closed.first == now and Step.CLOSE not in steps.done(turn, known(unit.id), now):
        live.say(turn, unit, now, lambda words: views.group_told(words, closed, now))
        return
    for group in groups.hold(turn, known(unit.id)):
        message = views.group_told(live.language(turn, group), closed, now)
        groups.tell_group(turn, group, _once(turn, "closing", unit, closed.first), message)


def lift(turn: Turn, unit: Unit, day: date, *, by: int | None = None) -> int:
    """There is a drill after all; how many people were told. Evenings that were moved stay where they are. Raises
    Refused for a day that has passed, one that this unit has not closed, or one that a unit above it keeps closed."""
    now = local(turn, unit).date()
    if day < now:
        raise Refused("closing-past")
    if not closings.lift(turn, known(unit.id), day):
        above = closings.of_day(turn, unit.path, day)
        if above is None:
            raise Refused("closing-none")
        raise Refused("closing-above", unit=units.get(turn, above.unit_id).name)
    branches = units.branches(turn, unit.path)
    return sum(_resume(turn, b, day, by) for b in branches if opens(turn, b, turn.in_force(b.path), day))


def _resume(turn: Turn, unit: Unit, day: date, by: int | None) -> int:
    """A branch goes on where it is in its day."""
    moment, policy = local(turn, unit), turn.in_force(unit.path).policy
    how = _where(turn, unit) if day == moment.date() else "another day"
    told = 0
    for person in _readers(turn, unit, day, by):
        words = turn.words[person.language]
        message = views.told_lifted(words, day, moment.date(), policy=policy, how=how)
        once = f"{_once(turn, 'lifted', unit, day)}/{person.id}"
        told += bool(outbox.tell(turn, known(person.id), once, message, urgency=URGENT))
    for group in groups.hold(turn, known(unit.id)):
        message = views.group_lifted(live.language(turn, group), day, moment.date())
        groups.tell_group(turn, group, _once(turn, "lifted", unit, day), message)
    return told


def _where(turn: Turn, unit: Unit) -> str:
    """How today goes on. A push whose window has passed is skipped here, and everybody is told, so that the trainers
    do not hear of a program that was not running."""
    moment, policy, unit_id = local(turn, unit), turn.in_force(unit.path).policy, known(unit.id)
    day, done = moment.date(), steps.done(turn, unit_id, moment.date())
    if Step.PUSH not in done and Step.PUSH in gone_by(plan(policy), moment.time(), done):
        steps.mark_done(turn, unit_id, day, Step.PUSH, skipped=True)
    elif Step.PUSH not in done:
        return "to-come"
    elif moment.time() < policy.close:
        sittings.reopen(turn, unit_id, day, "morning", at(unit, day, policy.close))
        return "open"
    return "make-up" if moment.time() < policy.makeup_until else "over"


def next_days(turn: Reader, unit: Unit, n: int = 2) -> list[date]:
    """The next days on which the unit works, today among them."""
    rules, day = turn.in_force(unit.path), local(turn, unit).date()
    found: list[date] = []
    while len(found) < n:
        if opens(turn, unit, rules, day):
            found.append(day)
        day += timedelta(days=1)
    return found
