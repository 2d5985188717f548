"""After a mark was put right: the same rules again over the corrected answers, for every case that rested on it."""

from datetime import timedelta

from bot.services import caseflow
from bot.services.caller import known
from bot.services.duty import recent_days
from bot.services.naming import told_of
from bot.store import answers, cases, editions, sittings
from bot.store.sittings import Played
from bot.store.tables import Answer, TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from drills.cases import Event, passed
from drills.choosing import Reason
from drills.sitting import Kind
from drills.staying import Staff, Tier, who_stays

BY_MARKS = frozenset({"critical-again", "rolling"})
"""Rules that speak of answers; nothing that somebody saw is undone by a mark."""


def resting_on(turn: Reader, answer: Answer) -> list[TrainingCase]:
    """The cases that an answer had a part in: as evidence, in their evening, or as the question that verified them."""
    played = sittings.by_slot(turn, answer.slot_id)
    evening = played.sitting.case_id if played else None
    verifies = answer.reason == Reason.VERIFY
    return [
        case
        for case in cases.of_person(turn, answer.person_id)
        if answer.id in case.evidence or case.id == evening or (verifies and _relapsed_by(turn, case, answer))
    ]


def _relapsed_by(turn: Reader, case: TrainingCase, answer: Answer) -> bool:
    return case.checkpoint == answer.checkpoint and any(
        step.event == Event.RELAPSE and step.at == answer.at for step in cases.steps(turn, known(case.id))
    )


def replay(turn: Turn, unit: Unit, case: TrainingCase, answer: Answer, *, by: int) -> Event | None:
    """What follows for one of them, which its appeal has frozen: it is withdrawn where the rules no longer name it,
    passed where its evening is, verified where the question that had failed it was right. None: it stands."""
    if answer.id in case.evidence and not still_called(turn, unit, case):
        return _taken(turn, case, Event.WITHDRAW, by)
    if _relapsed_by(turn, case, answer) and answer.right and _taken(turn, case, Event.CORRECT, by):
        return _taken(turn, case, Event.VERIFY, by)
    if _failed_by(turn, unit, case, answer):
        return _taken(turn, case, Event.CORRECT, by)
    return None


def _taken(turn: Turn, case: TrainingCase, event: Event, by: int) -> Event | None:
    """The step; none where the case is past it, because it was passed, withdrawn or let go meanwhile."""
    if not caseflow.can(turn, case, event):
        return None
    caseflow.step(turn, case, event, by=by, note="a mark was put right")
    return event


def _failed_by(turn: Reader, unit: Unit, case: TrainingCase, answer: Answer) -> bool:
    """Whether this is of an evening of the case that was failed, and would not be now."""
    played = sittings.by_slot(turn, answer.slot_id)
    if played is None or played.sitting.case_id != case.id:
        return False
    failed = caseflow.outcome_on(turn, case, unit, played.sitting.day) is Event.FAIL
    return failed and _passes(turn, case, played)


def _passes(turn: Reader, case: TrainingCase, played: Played) -> bool:
    policy = editions.of(turn, played.sitting.edition_id).policy
    said = [(slot.checkpoint, played.answers.get(known(slot.id))) for slot in played.slots]
    results = [(checkpoint, given.right) for checkpoint, given in said if given and given.counted]
    finished = all(given is not None for _, given in said)
    return finished and passed(results, case.checkpoint, policy)


def still_called(turn: Reader, unit: Unit, case: TrainingCase) -> bool:
    """Whether the rules, over the answers as they stand now, name this person and checkpoint on the day of the case, on
    what was known at nine o'clock then and by the edition of that day. What else they would name nobody is kept for: an
    appeal harms no one."""
    if case.rule not in BY_MARKS:
        return True
    rules = _rules_then(turn, unit, case)
    days = recent_days(turn, unit, rules, case.day, rules.policy.rolling_days)
    since = min(days[0], case.day - timedelta(days=rules.policy.repeat_days))
    given = answers.counted_by_person(turn, [case.person_id], since, case.day).get(case.person_id, [])
    known_then = [a for a in given if a.day < case.day or a.kind == Kind.MORNING]
    one = Staff(person=case.person_id, on_duty=True, answers=told_of(known_then), empty_days=())
    calls = who_stays(case.day, [one], rules.bank.checkpoints, rules.policy, days)
    return any(call.tier is Tier.STAYS and call.checkpoint == case.checkpoint for call in calls)


def _rules_then(turn: Reader, unit: Unit, case: TrainingCase) -> InForce:
    """The edition that its newest evidence was asked from."""
    for _, slot in answers.with_slots(turn, case.evidence[-1:]):
        played = sittings.by_slot(turn, known(slot.id))
        if played is not None:
            return editions.of(turn, played.sitting.edition_id)
    return turn.in_force(unit.path)
