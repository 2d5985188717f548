"""The next morning: the review of last night, praise first, and the tap that says it was held."""

from datetime import date

from bot.chat.message import Message, Reply
from bot.services import caseflow, evening
from bot.services.caller import Caller, known, local
from bot.services.duty import deciders, previous_open
from bot.store import absences, hostings, outbox, people, units
from bot.store.tables import Person, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import hosting as views
from drills.cases import WAITS_TO_VERIFY, Event, State
from drills.people import Act, may
from drills.refused import Refused

REVIEWABLE = WAITS_TO_VERIFY | {State.PROVING, State.PROVEN, State.AGAIN, State.VERIFIED}
URGENT = 4


def send(turn: Turn, unit: Unit, day: date) -> None:
    """08:15: the host gets the list of last night, if there was one."""
    rules = turn.in_force(unit.path)
    last = previous_open(turn, unit, rules, day)
    results = results_of(turn, unit, last)
    if not results or not _fresh(turn, unit, last):
        return
    for host in hosts(turn, unit, day):
        words = turn.words[host.language]
        leads = may(people.held(turn, known(host.id)), Act.SEE_TONIGHT, unit.path, day)
        message = views.review(words, results, unit=known(unit.id), day=last, evening=rules.policy.evening, leads=leads)
        outbox.tell(turn, known(host.id), f"review/{day}/{unit.id}/{host.id}", message, urgency=URGENT)


def named(turn: Reader, unit: Unit, day: date) -> Person | None:
    """Who was named to lead that day's meeting, unless they have left the branch or are away."""
    row = hostings.of_day(turn, known(unit.id), day)
    person = people.find(turn, row.person_id) if row else None
    if person is None or not person.active or absences.away(turn, [known(person.id)], day):
        return None
    leads = may(people.held(turn, known(person.id)), Act.HOST, unit.path, day)
    return person if leads or person.unit_id == unit.id else None


def hosts(turn: Reader, unit: Unit, day: date) -> list[Person]:
    """Who leads the meeting of a day: the one named, or else whoever decides on the branch."""
    person = named(turn, unit, day)
    return [person] if person is not None else deciders(turn, unit)


def results_of(turn: Reader, unit: Unit, day: date) -> list[views.Reviewed]:
    """How an evening went, best first; what was moved or excused after the call is left out."""
    rules = turn.in_force(unit.path)
    results = []
    for case, played in evening.results_of(turn, unit, day):
        outcome = caseflow.outcome_on(turn, case, unit, day)
        if outcome is None:
            continue
        right = sum(a.right for a in played.answers.values())
        results.append(
            views.Reviewed(
                name=people.get(turn, case.person_id).name,
                checkpoint=caseflow.checkpoint_name(rules, case.checkpoint),
                passed=outcome is Event.PASS,
                right=right,
                of=len(played.slots),
            )
        )
    return sorted(results, key=lambda r: (not r.passed, -r.right))


def held(turn: Turn, who: Caller, unit_id: int, day: date) -> Reply:
    """The host says the review was held; each case of that evening remembers it."""
    unit = units.find(turn, unit_id)
    if unit is None or not leads_today(turn, who, unit):
        raise Refused("no-right")
    if not record(turn, who, unit, day):
        raise Refused("already")
    return Reply(message=Message(body=who.words("review.thanks")), replaces=True)


def record(turn: Turn, who: Caller, unit: Unit, day: date) -> int:
    """Each case of that evening that no meeting has reviewed yet remembers it; how many there were."""
    fresh = _fresh(turn, unit, day)
    for case in fresh:
        caseflow.step(turn, case, Event.REVIEW, by=who.id)
    return len(fresh)


def leads_today(turn: Reader, who: Caller, unit: Unit) -> bool:
    """Whoever leads the branch may; and whoever leads its meeting, on that day only."""
    if who.may(Act.HOST, unit.path):
        return True
    person = named(turn, unit, local(turn, unit).date())
    return person is not None and person.id == who.id


def _fresh(turn: Reader, unit: Unit, day: date) -> list[TrainingCase]:
    """The cases of an evening that no meeting has reviewed yet."""
    held_cases = [c for c, _ in evening.results_of(turn, unit, day) if State(c.state) in REVIEWABLE]
    return [c for c in held_cases if not caseflow.reviewed_after(turn, c, unit, day)]
