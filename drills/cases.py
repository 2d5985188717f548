"""A case's life, as one transition function: illegal steps are impossible, not merely hidden."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from drills.policy import Policy
from drills.refused import Refused


class State(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"  # by the rules, at nine; a trainer decides
    CONFIRMED = "confirmed"  # stays on its evening
    CALLED = "called"  # has the evening's questions in hand
    PASSED = "passed"  # waits for one different question on a later day
    AGAIN = "again"  # not passed, did not come, or failed that later question: another evening
    VERIFIED = "verified"  # done
    EXCUSED = "excused"  # a person decided that nothing follows
    LAPSED = "lapsed"  # nobody decided in time


class Event(StrEnum):
    """What can happen to a case."""

    CONFIRM = "confirm"  # the trainer, or the policy at settling time
    EXCUSE = "excuse"  # the trainer
    POSTPONE = "postpone"  # to the next open evening; of a proposal, that confirms it
    LAPSE = "lapse"  # settling time passed
    CALL = "call"  # the card went out
    PASS = "pass"  # noqa: S105 -- an evening, not a password
    FAIL = "fail"
    NOT_DONE = "not-done"  # the evening closed on unfinished questions
    REVIEW = "review"  # held in the meeting; changes nothing but the record
    VERIFY = "verify"  # the different question was right
    RELAPSE = "relapse"  # it was wrong


_STEPS: Mapping[State, Mapping[Event, State]] = {
    State.PROPOSED: {
        Event.CONFIRM: State.CONFIRMED,
        Event.POSTPONE: State.CONFIRMED,
        Event.EXCUSE: State.EXCUSED,
        Event.LAPSE: State.LAPSED,
    },
    State.CONFIRMED: {
        Event.CALL: State.CALLED,
        Event.POSTPONE: State.CONFIRMED,
        Event.EXCUSE: State.EXCUSED,
    },
    State.CALLED: {
        Event.PASS: State.PASSED,
        Event.FAIL: State.AGAIN,
        Event.NOT_DONE: State.AGAIN,
        Event.POSTPONE: State.CONFIRMED,
        Event.EXCUSE: State.EXCUSED,
    },
    State.AGAIN: {
        Event.CALL: State.CALLED,
        Event.POSTPONE: State.AGAIN,
        Event.EXCUSE: State.EXCUSED,
        Event.REVIEW: State.AGAIN,
    },
    State.PASSED: {
        Event.REVIEW: State.PASSED,
        Event.VERIFY: State.VERIFIED,
        Event.RELAPSE: State.AGAIN,
        Event.EXCUSE: State.EXCUSED,
    },
    State.VERIFIED: {Event.REVIEW: State.VERIFIED},
    State.EXCUSED: {},
    State.LAPSED: {},
}

OPEN = frozenset({State.PROPOSED, State.CONFIRMED, State.CALLED, State.PASSED, State.AGAIN})
"""States in which something is still to come; a passed case waits to be verified."""


def move(state: State, event: Event) -> State:
    """The state after an event. Raises Refused("illegal-step") with the `state` when this cannot happen from here."""
    after = _STEPS[state].get(event)
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
