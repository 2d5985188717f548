"""A case's life, as one transition function: illegal steps are impossible, not merely hidden."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from drills.policy import Policy
from drills.refused import Refused


class State(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"  # by the rules, at nine; a trainer decides
    CONFIRMED = "confirmed"  # stays on its evening
    CALLED = "called"  # has the evening's questions in hand
    TRAINING = "training"  # has begun them
    PROVING = "proving"  # has passed them; the evening's recordings are still missing
    PROVEN = "proven"  # they are in, and somebody is to judge
    PASSED = "passed"  # waits for the review, and for one different question on a later day
    REVIEWED = "reviewed"  # the meeting has held the review; the question is still to come
    AGAIN = "again"  # not passed, did not come, or failed that later question: another evening
    VERIFIED = "verified"  # done
    EXCUSED = "excused"  # a person decided that nothing follows
    LAPSED = "lapsed"  # nobody decided in time
    APPEALED = "appealed"  # the person appeals: nothing goes on until somebody has judged
    WITHDRAWN = "withdrawn"  # an appeal was upheld: it counts nowhere


class Event(StrEnum):
    """What can happen to a case."""

    CONFIRM = "confirm"  # the trainer, or the policy at settling time
    EXCUSE = "excuse"  # the trainer
    POSTPONE = "postpone"  # to the next open evening; of a proposal, that confirms it
    LAPSE = "lapse"  # settling time passed
    CALL = "call"  # the card went out
    BEGIN = "begin"  # the person pressed the start button
    PASS = "pass"  # noqa: S105 -- an evening, not a password
    FAIL = "fail"
    NOT_DONE = "not-done"  # the evening closed on unfinished questions
    ANSWER = "answer"  # the questions were passed, and the cause asks for proof
    PROVE = "prove"  # the recordings of that evening are known
    REVIEW = "review"  # held in the meeting
    VERIFY = "verify"  # the different question was right
    RELAPSE = "relapse"  # it was wrong
    APPEAL = "appeal"  # against the case, or against a mark it rests on
    REJECT = "reject"  # not upheld, or taken back: it goes on where it was
    CORRECT = "correct"  # a mark of its evening or its verifying question was put right: it was passed after all
    WITHDRAW = "withdraw"  # an appeal was upheld


_LET_GO = {Event.EXCUSE: State.EXCUSED, Event.WITHDRAW: State.WITHDRAWN, Event.APPEAL: State.APPEALED}
_STEPS: Mapping[State, Mapping[Event, State]] = {
    State.PROPOSED: {
        Event.CONFIRM: State.CONFIRMED,
        Event.POSTPONE: State.CONFIRMED,
        Event.LAPSE: State.LAPSED,
        **_LET_GO,
    },
    State.CONFIRMED: {Event.CALL: State.CALLED, Event.POSTPONE: State.CONFIRMED, **_LET_GO},
    State.CALLED: {
        Event.BEGIN: State.TRAINING,
        Event.NOT_DONE: State.AGAIN,
        Event.POSTPONE: State.CONFIRMED,
        **_LET_GO,
    },
    State.TRAINING: {
        Event.PASS: State.PASSED,
        Event.ANSWER: State.PROVING,
        Event.FAIL: State.AGAIN,
        Event.NOT_DONE: State.AGAIN,
        Event.POSTPONE: State.CONFIRMED,
        **_LET_GO,
    },
    State.PROVING: {Event.PROVE: State.PROVEN, Event.REVIEW: State.PROVING, **_LET_GO},
    State.PROVEN: {Event.PASS: State.PASSED, Event.FAIL: State.AGAIN, Event.REVIEW: State.PROVEN, **_LET_GO},
    State.PASSED: {
        Event.REVIEW: State.REVIEWED,
        Event.VERIFY: State.VERIFIED,
        Event.RELAPSE: State.AGAIN,
        **_LET_GO,
    },
    State.REVIEWED: {
        Event.REVIEW: State.REVIEWED,
        Event.VERIFY: State.VERIFIED,
        Event.RELAPSE: State.AGAIN,
        **_LET_GO,
    },
    State.AGAIN: {
        Event.CALL: State.CALLED,
        Event.POSTPONE: State.AGAIN,
        Event.REVIEW: State.AGAIN,
        **_LET_GO,
    },
    State.APPEALED: {Event.WITHDRAW: State.WITHDRAWN},
    State.VERIFIED: {Event.REVIEW: State.VERIFIED, Event.WITHDRAW: State.WITHDRAWN, Event.APPEAL: State.APPEALED},
    State.EXCUSED: {Event.WITHDRAW: State.WITHDRAWN},
    State.LAPSED: {},
    State.WITHDRAWN: {},
}

OVER = frozenset({State.VERIFIED, State.EXCUSED, State.LAPSED, State.WITHDRAWN})
"""States in which nothing is to come."""
OPEN = frozenset(State) - OVER
"""States in which something is still to come; a passed case waits to be verified."""
WAITS_TO_VERIFY = frozenset({State.PASSED, State.REVIEWED})
"""The evening is done; one different question on a later day ends it."""
HELD = frozenset({State.CALLED, State.TRAINING})
"""Somebody has the evening's questions in hand."""
_RESUMES = {state: State.CONFIRMED if state in HELD else state for state in State if Event.APPEAL in _STEPS[state]}
"""Where a case goes on that was appealed in vain: questions that were in hand are so no longer."""
_JUDGED: Mapping[Event, Mapping[State, State]] = {
    Event.REJECT: _RESUMES,
    Event.CORRECT: dict.fromkeys([State.AGAIN, State.CONFIRMED, *HELD], State.PASSED),
}
"""How an appeal ends that does not undo the case, by the state before it."""


def move(state: State, event: Event, before: State | None = None) -> State:
    """The state after an event; of one that ends an appeal, what follows from the state `before` it. Raises
    Refused("illegal-step") with the `state` when this cannot happen from here."""
    after = _STEPS[state].get(event)
    if state is State.APPEALED and before is not None and after is None:
        after = _JUDGED.get(event, {}).get(before)
    if after is None:
        raise Refused("illegal-step", state=state)
    return after


def passed(results: Sequence[tuple[str, bool]], checkpoint: str, policy: Policy) -> bool:
    """Whether an evening is passed (DESIGN §9): enough right, the missed checkpoint among them. `results` are
    (checkpoint, right) of each question asked; of fewer questions than the mark, as a small bank gives, all must be
    right. Where the bank has no question on the checkpoint any more, the number decides alone: nobody can be kept for
    ever by that."""
    right = sum(r for _, r in results)
    on_point = [r for c, r in results if c == checkpoint]
    return bool(results) and right >= min(policy.evening_pass, len(results)) and (any(on_point) or not on_point)


_SETTLES = frozenset(
    {
        Event.PASS,
        Event.FAIL,
        Event.ANSWER,
        Event.POSTPONE,
        Event.CONFIRM,
        Event.APPEAL,
        Event.CORRECT,
    }
)
"""After these nobody is late: they have come, or appealed, or somebody has set another evening."""


def late_since(steps: Iterable[tuple[Event, date]]) -> date | None:
    """The first evening that a case was called to and not done, with nothing settled since: from then on it is overdue
    (domain SP-40: the same evening). `steps` are its events with their days, oldest first."""
    since = None
    for event, day in steps:
        if event in _SETTLES:
            since = None
        elif event is Event.NOT_DONE and since is None:
            since = day
    return since


def told_upwards(since: date, today: date, policy: Policy) -> int:
    """To how many levels an overdue case is to be known by today: 1, the branch's head, on the day itself, then one
    more after each of the policy's spans (features facts, row 78: day 0, 3, 7)."""
    return sum((today - since).days >= days for days in policy.overdue_days)
