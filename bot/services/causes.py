"""A cause outside the nine o'clock list: a case made at once, whoever saw it."""

from datetime import date
from typing import Any

from bot.services import caseflow, spending, tonight
from bot.services.caller import known, local
from bot.services.duty import next_at_work, opens
from bot.services.sittings import at
from bot.store import absences, cases
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import Reader, Turn
from drills.cases import Event, State
from drills.staying import Rule

FARTHEST = 31
"""Evenings looked at for one with minutes left: a month has ended by then, and its caps begin anew."""


def bring(  # noqa: PLR0913 -- what a case is, and who says so
    turn: Turn,
    unit: Unit,
    person_id: int,
    *,
    rule: Rule,
    checkpoint: str,
    by: int | None,
    confirmed: bool,
    figures: dict[str, Any] | None = None,
    told: bool = False,
) -> TrainingCase | None:
    """Make a case for tonight, or for the next open evening once tonight's card is out. `confirmed`: it holds at once
    (SP-05) and the person hears it; else it is proposed, and those who decide get its card, unless the caller has
    `told` them. None where this person has an open case of that checkpoint, or had one today: that one goes on."""
    if checkpoint in cases.open_checkpoints(turn, [person_id]).get(person_id, set()):
        return None
    case = TrainingCase(
        person_id=person_id,
        unit_id=known(unit.id),
        day=local(turn, unit).date(),
        evening=evening_for(turn, unit, person_id),
        checkpoint=checkpoint,
        rule=rule,
        evidence=[],
        figures=figures or {},
        state=State.PROPOSED,
    )
    if not cases.propose(turn, case):
        return None
    if confirmed:
        caseflow.step(turn, case, Event.CONFIRM, by=by)
        tonight.tell_stay(turn, unit, case)
    elif not told:
        tonight.ask(turn, unit, case)
    return case


def evening_for(turn: Reader, unit: Unit, person_id: int) -> date:
    """Tonight, while its card is still to come, the person is at work and has minutes left; else the next evening with
    all of it."""
    rules, today = turn.in_force(unit.path), local(turn, unit).date()
    in_time = turn.now < at(unit, today, rules.policy.evening)
    at_work = opens(turn, unit, rules, today) and not absences.away(turn, [person_id], today)
    day = today if in_time and at_work else next_at_work(turn, unit, rules, person_id, today)
    for _ in range(FARTHEST):
        if spending.has_room(turn, unit, person_id, day):
            break
        day = next_at_work(turn, unit, rules, person_id, day)
    return day
