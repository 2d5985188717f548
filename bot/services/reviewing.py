"""The next morning: the review of last night, praise first, and the tap that says it was held."""

from datetime import date

from bot.chat.message import Message, Reply
from bot.services import caseflow, evening
from bot.services.caller import Caller, known
from bot.services.deciding import branch
from bot.services.duty import deciders, previous_open
from bot.store import outbox, people
from bot.store.tables import Unit
from bot.store.turn import Reader, Turn
from bot.views import evening as views
from drills.cases import Event, State
from drills.people import Act
from drills.refused import Refused

REVIEWABLE = {State.PASSED, State.AGAIN, State.VERIFIED}
URGENT = 4


def send(turn: Turn, unit: Unit, day: date) -> None:
    """08:15: the host gets the list of last night, if there was one."""
    rules = turn.in_force(unit.path)
    last = previous_open(turn, unit, rules, day)
    results = results_of(turn, unit, last)
    if not results:
        return
    for host in deciders(turn, unit):
        words = turn.words[host.language]
        message = views.review(words, results, unit=known(unit.id), day=last, evening=rules.policy.evening)
        outbox.tell(turn, known(host.id), f"review/{day}/{unit.id}/{host.id}", message, urgency=URGENT)


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
    unit = branch(turn, who, unit_id, Act.HOST)
    held_cases = [c for c, _ in evening.results_of(turn, unit, day) if State(c.state) in REVIEWABLE]
    fresh = [c for c in held_cases if not caseflow.reviewed_after(turn, c, unit, day)]
    if not fresh:
        raise Refused("already")
    for case in fresh:
        caseflow.step(turn, case, Event.REVIEW, by=who.id)
    return Reply(message=Message(body=who.words("review.thanks")), replaces=True)
