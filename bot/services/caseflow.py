"""Moving a case: the one place where its state changes, each move appended with who, when and why."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.services.caller import known
from bot.store import cases, units
from bot.store.tables import CaseStep, TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views.evening import Cause
from drills.cases import Event, State, move
from drills.refused import Refused


def step(turn: Turn, case: TrainingCase, event: Event, *, by: int | None = None, note: str = "") -> State:
    """Take one step. Raises Refused("illegal-step") when the case is not where this step begins."""
    state = _after(turn, case, event)
    case.state = state
    cases.append(turn, CaseStep(case_id=known(case.id), event=event, state=state, by_id=by, at=turn.now, note=note))
    return state


def can(turn: Reader, case: TrainingCase, event: Event) -> bool:
    """Whether a step can be taken."""
    try:
        _after(turn, case, event)
    except Refused:
        return False
    return True


def _after(turn: Reader, case: TrainingCase, event: Event) -> State:
    return move(State(case.state), event, _before(turn, case) if case.state == State.APPEALED else None)


def _before(turn: Reader, case: TrainingCase) -> State:
    """Where an appealed case stood before."""
    moves = cases.steps(turn, known(case.id))
    last = max(i for i, moved in enumerate(moves) if moved.event == Event.APPEAL)
    return State(moves[last - 1].state) if last else State.PROPOSED


def put_off(turn: Turn, case: TrainingCase, evening: date) -> None:
    """The evening moves to another day."""
    case.evening = evening
    turn.session.add(case)


def cause(turn: Reader, case: TrainingCase, rules: InForce) -> Cause:
    """Why this case exists, in values a view can say."""
    days = tuple(date.fromisoformat(d) for d in case.figures.get("days", []))
    return Cause(
        rule=case.rule,
        checkpoint=checkpoint_name(rules, case.checkpoint),
        days=days,
        right=case.figures.get("right", 0),
        asked=case.figures.get("asked", 0),
        again=_again(turn, case),
        source=case.figures.get("source", ""),
    )


def _again(turn: Reader, case: TrainingCase) -> str:
    """What made a case come again: not passed, not finished, or missed when it was verified. Nothing for a new one."""
    told = {Event.FAIL: "again", Event.NOT_DONE: "missed", Event.RELAPSE: "relapse"}
    events = [Event(step.event) for step in cases.steps(turn, known(case.id))]
    return next((told[event] for event in reversed(events) if event in told), "")


def checkpoint_name(rules: InForce, code: str) -> str:
    """A checkpoint's name; its code once a newer edition has dropped it."""
    checkpoint = rules.bank.checkpoints.get(code)
    return checkpoint.name if checkpoint else code


ENDS = {Event.PASS: Event.PASS, Event.ANSWER: Event.PASS, Event.FAIL: Event.FAIL, Event.NOT_DONE: Event.NOT_DONE}
"""How an evening ended, by what happened first after it had begun: proof may still be wanted, the questions were
passed."""


def outcome_on(turn: Reader, case: TrainingCase, unit: Unit, day: date) -> Event | None:
    """How an evening to which the case was called ended: passed, failed, not done. None: it was moved or excused after
    the call, or it is not over."""
    zone = ZoneInfo(unit.timezone)
    moves = list(cases.steps(turn, known(case.id)))
    called = [i for i, s in enumerate(moves) if s.event == Event.CALL and s.at.astimezone(zone).date() == day]
    if not called:
        return None
    following = [s for s in moves[called[-1] + 1 :] if s.event != Event.BEGIN]
    if not following:
        return Event.NOT_DONE if turn.now.astimezone(zone).date() > day else None
    return ENDS.get(Event(following[0].event))


def last_evening(turn: Reader, case: TrainingCase) -> date:
    """The evening a case was last called to; the one it waits for, where it never was. A case that failed waits for
    another evening than the one whoever judges it looks at."""
    zone = ZoneInfo(units.get(turn, case.unit_id).timezone)
    called = [step.at for step in cases.steps(turn, known(case.id)) if step.event == Event.CALL]
    return called[-1].astimezone(zone).date() if called else case.evening


def reviewed_after(turn: Reader, case: TrainingCase, unit: Unit, day: date) -> bool:
    """Whether the evening of that day has been reviewed in a meeting since."""
    zone = ZoneInfo(unit.timezone)
    moves = cases.steps(turn, known(case.id))
    return any(s.event == Event.REVIEW and s.at.astimezone(zone).date() > day for s in moves)
