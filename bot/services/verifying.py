"""Verification: a passed case ends when one more question, a different one, is right on a later day."""

from collections.abc import Mapping

from bot.services import caseflow
from bot.services.caller import Caller, known
from bot.store import cases
from bot.store.tables import Answer, Person, Slot
from bot.store.turn import Reader, Turn
from bot.views.text import clock
from drills.cases import WAITS_TO_VERIFY, Event


def due(turn: Reader, person: Person) -> Mapping[str, frozenset[str]]:
    """The checkpoints this person's passed cases wait to be verified on, with the questions already used for each."""
    waiting = cases.of_person(turn, known(person.id), WAITS_TO_VERIFY)
    return {case.checkpoint: cases.questions_used(turn, known(case.id)) for case in waiting}


def after_answer(turn: Turn, who: Caller, slot: Slot, given: Answer) -> str:
    """Close or reopen the case that this question verifies; the sentence for it, or none."""
    if not given.counted or slot.reason != "verify":
        return ""
    said = ""
    for case in cases.of_person(turn, who.id, WAITS_TO_VERIFY):
        if case.checkpoint != slot.checkpoint:
            continue
        caseflow.step(turn, case, Event.VERIFY if given.right else Event.RELAPSE)
        if not given.right:
            caseflow.put_off(turn, case, given.day)
        name = caseflow.checkpoint_name(who.rules, case.checkpoint)
        key = "finish.verified" if given.right else "finish.relapse"
        said = who.words(key, checkpoint=name, time=clock(who.rules.policy.evening))
    return said
