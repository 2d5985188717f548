"""A case walked through at random: whatever anybody presses, in whatever order, these hold."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from drills.cases import HELD, OPEN, OVER, WAITS_TO_VERIFY, Event, State, move
from drills.refused import Refused

DONE_FOR = frozenset({State.LAPSED, State.WITHDRAWN})
"""After these there is nothing whatever."""


def possible(state: State, before: State | None) -> list[Event]:
    """What can happen from here; of an appealed case by the state before."""
    found = []
    for event in Event:
        try:
            move(state, event, before)
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
        self.before: State | None = None
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

    @precondition(lambda self: bool(self.possible()))
    @rule(data=st.data())
    def on(self, data: st.DataObject) -> None:
        """Something that is possible here does happen, so that the walk gets far."""
        event = data.draw(st.sampled_from(self.possible()))
        before = self.state
        self._happens(event)
        assert self.taken[-1] is event, before

    def possible(self) -> list[Event]:
        """What can happen now. That an evening was passed after all is said only where the marks say so, which takes an
        evening or a later question that was not."""
        failed = {Event.FAIL, Event.RELAPSE} & set(self.taken)
        return [e for e in possible(self.state, self.before) if e is not Event.CORRECT or failed]

    def _happens(self, event: Event) -> None:
        before = self.state
        if event not in possible(before, self.before):
            with pytest.raises(Refused) as refused:
                move(before, event, self.before)
            assert (refused.value.why, refused.value.values) == ("illegal-step", {"state": before})
            return
        if event not in self.possible():
            return
        after = move(before, event, self.before)
        assert after is move(before, event, self.before), "the same step leads to the same place"
        self.state, self.before = after, before if event is Event.APPEAL else None
        self.taken.append(event)
        self._after(before, event)

    def _after(self, before: State, event: Event) -> None:
        """Where this step may have come from."""
        if before in OVER:
            assert event in {Event.REVIEW, Event.WITHDRAW, Event.APPEAL}
            assert self.state in OVER or event is Event.APPEAL, "what is over stays so, unless it is appealed"
        if event is Event.PASS:
            assert before in {State.TRAINING, State.PROVEN}
        if event is Event.VERIFY:
            assert before in WAITS_TO_VERIFY
        if before is State.APPEALED:
            assert event in {Event.REJECT, Event.CORRECT, Event.WITHDRAW}, "frozen until somebody has judged"
        if self.state in HELD:
            assert event in {Event.CALL, Event.BEGIN}, "nobody has questions in hand but by the call"

    @invariant()
    def passed_only_after_a_call_a_beginning_and_a_pass(self) -> None:
        """Nobody is let off the evening, and nobody is held to have passed one they never had."""
        if self.state in WAITS_TO_VERIFY | {State.VERIFIED}:
            assert Event.CALL in self.taken
            won = max(i for i, event in enumerate(self.taken) if event in {Event.PASS, Event.CORRECT})
            assert not {Event.FAIL, Event.RELAPSE, Event.NOT_DONE} & set(self.taken[won:])
            if self.taken[won] is Event.PASS:
                called = max(i for i, event in enumerate(self.taken[:won]) if event is Event.CALL)
                assert Event.BEGIN in self.taken[called:won]

    @invariant()
    def confirmed_before_anybody_is_called(self) -> None:
        """A person decides, or the policy does, before anybody stays."""
        if Event.CALL in self.taken:
            assert set(self.taken[: self.taken.index(Event.CALL)]) & {Event.CONFIRM, Event.POSTPONE}

    @invariant()
    def withdrawn_and_lapsed_are_final(self) -> None:
        """Nothing happens any more; and from all else there is a way on or out."""
        assert bool(possible(self.state, self.before)) is (self.state not in DONE_FOR)

    @invariant()
    def what_is_open_can_be_let_go_and_can_come_to_its_end(self) -> None:
        """No case is stuck: an excuse is always open (of an appealed one, the appeal), and so is the long way."""
        if self.state in OPEN:
            let_go = Event.WITHDRAW if self.state is State.APPEALED else Event.EXCUSE
            assert move(self.state, let_go) in OVER
            assert State.VERIFIED in _reached(self.state, self.before)


def _reached(state: State, before: State | None) -> set[State]:
    """All the states there is a way to."""
    found, open_ = {(state, before)}, [(state, before)]
    while open_:
        here, then = open_.pop()
        after = {(move(here, e, then), here if e is Event.APPEAL else None) for e in possible(here, then)} - found
        found |= after
        open_ += after
    return {there for there, _ in found}


TestACase = ACase.TestCase
