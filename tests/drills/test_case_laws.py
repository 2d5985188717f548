"""A case walked through at random: whatever anybody presses, in whatever order, these hold."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from drills.cases import HELD, OPEN, OVER, WAITS_TO_VERIFY, Event, State, move
from drills.refused import Refused

DONE_FOR = frozenset({State.LAPSED, State.WITHDRAWN})
"""After these there is nothing whatever."""


def possible(state: State) -> list[Event]:
    """What can happen from here."""
    found = []
    for event in Event:
        try:
            move(state, event)
        except Refused:
            continue
        found.append(event)
    return found


class ACase(RuleBasedStateMachine):
    """One case, its state and the events it has taken. Refused events are no part of them."""

    events = Bundle("events")

    def __init__(self) -> None:
        super().__init__()
        self.state = State.PROPOSED
        self.taken: list[Event] = []

    @initialize(target=events, event=st.sampled_from(Event))
    def first(self, event: Event) -> Event:
        """Something that somebody may press twice."""
        return event

    @rule(target=events, event=st.sampled_from(Event))
    def anything(self, event: Event) -> Event:
        """Somebody presses something, possible or not."""
        self._happens(event)
        return event

    @rule(event=events)
    def the_same_again(self, event: Event) -> None:
        """A button pressed twice, or pressed late."""
        self._happens(event)

    @precondition(lambda self: bool(possible(self.state)))
    @rule(data=st.data())
    def on(self, data: st.DataObject) -> None:
        """Something that is possible here does happen, so that the walk gets far."""
        event = data.draw(st.sampled_from(possible(self.state)))
        before = self.state
        self._happens(event)
        assert self.taken[-1] is event, before

    def _happens(self, event: Event) -> None:
        before = self.state
        if event not in possible(before):
            with pytest.raises(Refused) as refused:
                move(before, event)
            assert (refused.value.why, refused.value.values) == ("illegal-step", {"state": before})
            return
        after = move(before, event)
        assert after is move(before, event), "the same step leads to the same place"
        self.state = after
        self.taken.append(event)
        self._after(before, event)

    def _after(self, before: State, event: Event) -> None:
        """Where this step may have come from."""
        if before in OVER:
            assert event in {Event.REVIEW, Event.WITHDRAW}
            assert self.state in OVER, "what is over stays so"
        if event is Event.PASS:
            assert before in {State.TRAINING, State.PROVEN}
        if event is Event.VERIFY:
            assert before in WAITS_TO_VERIFY
        if self.state in HELD:
            assert event in {Event.CALL, Event.BEGIN}, "nobody has questions in hand but by the call"

    @invariant()
    def passed_only_after_a_call_a_beginning_and_a_pass(self) -> None:
        """Nobody is let off the evening, and nobody is held to have passed one they never had."""
        if self.state in WAITS_TO_VERIFY | {State.VERIFIED}:
            since = self.taken[len(self.taken) - 1 - self.taken[::-1].index(Event.CALL) :]
            assert Event.BEGIN in since
            assert Event.PASS in since
            assert Event.FAIL not in since[since.index(Event.PASS) :]
            assert Event.RELAPSE not in since

    @invariant()
    def confirmed_before_anybody_is_called(self) -> None:
        """A person decides, or the policy does, before anybody stays."""
        if Event.CALL in self.taken:
            assert set(self.taken[: self.taken.index(Event.CALL)]) & {Event.CONFIRM, Event.POSTPONE}

    @invariant()
    def withdrawn_and_lapsed_are_final(self) -> None:
        """Nothing happens any more; and from all else there is a way on or out."""
        assert bool(possible(self.state)) is (self.state not in DONE_FOR)

    @invariant()
    def what_is_open_can_be_let_go_and_can_come_to_its_end(self) -> None:
        """No case is stuck: an excuse is always open, and so is the long way."""
        if self.state in OPEN:
            assert move(self.state, Event.EXCUSE) is State.EXCUSED
            assert State.VERIFIED in _reached(self.state)


def _reached(state: State) -> set[State]:
    """All the states there is a way to."""
    found, open_ = {state}, [state]
    while open_:
        here = open_.pop()
        after = {move(here, event) for event in possible(here)} - found
        found |= after
        open_ += after
    return found


TestACase = ACase.TestCase
