from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.cases import HELD, OPEN, Event, State, late_since, move, passed, told_upwards
from drills.policy import Policy
from drills.refused import Refused

POINT = "cash.count-before-customer"
ELSE = "cash.call-out"

ROAD = {
    (State.PROPOSED, Event.CONFIRM): State.CONFIRMED,
    (State.PROPOSED, Event.POSTPONE): State.CONFIRMED,
    (State.PROPOSED, Event.LAPSE): State.LAPSED,
    (State.CONFIRMED, Event.CALL): State.CALLED,
    (State.CONFIRMED, Event.POSTPONE): State.CONFIRMED,
    (State.CALLED, Event.BEGIN): State.TRAINING,
    (State.CALLED, Event.NOT_DONE): State.AGAIN,
    (State.CALLED, Event.POSTPONE): State.CONFIRMED,
    (State.TRAINING, Event.PASS): State.PASSED,
    (State.TRAINING, Event.ANSWER): State.PROVING,
    (State.TRAINING, Event.FAIL): State.AGAIN,
    (State.TRAINING, Event.NOT_DONE): State.AGAIN,
    (State.TRAINING, Event.POSTPONE): State.CONFIRMED,
    (State.PROVING, Event.PROVE): State.PROVEN,
    (State.PROVING, Event.REVIEW): State.PROVING,
    (State.PROVEN, Event.PASS): State.PASSED,
    (State.PROVEN, Event.FAIL): State.AGAIN,
    (State.PROVEN, Event.REVIEW): State.PROVEN,
    (State.AGAIN, Event.CALL): State.CALLED,
    (State.AGAIN, Event.POSTPONE): State.AGAIN,
    (State.AGAIN, Event.REVIEW): State.AGAIN,
    (State.PASSED, Event.REVIEW): State.REVIEWED,
    (State.PASSED, Event.VERIFY): State.VERIFIED,
    (State.PASSED, Event.RELAPSE): State.AGAIN,
    (State.REVIEWED, Event.REVIEW): State.REVIEWED,
    (State.REVIEWED, Event.VERIFY): State.VERIFIED,
    (State.REVIEWED, Event.RELAPSE): State.AGAIN,
    (State.VERIFIED, Event.REVIEW): State.VERIFIED,
    (State.VERIFIED, Event.WITHDRAW): State.WITHDRAWN,
    (State.EXCUSED, Event.WITHDRAW): State.WITHDRAWN,
    (State.VERIFIED, Event.APPEAL): State.APPEALED,
    **{(state, Event.EXCUSE): State.EXCUSED for state in OPEN - {State.APPEALED}},
    **{(state, Event.APPEAL): State.APPEALED for state in OPEN - {State.APPEALED}},
    **{(state, Event.WITHDRAW): State.WITHDRAWN for state in OPEN},
}


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_every_event_in_every_state_leads_on_or_is_refused(state: State, event: Event) -> None:
    if (state, event) in ROAD:
        assert move(state, event) is ROAD[state, event]
        return
    with pytest.raises(Refused) as refused:
        move(state, event)
    assert (refused.value.why, refused.value.values) == ("illegal-step", {"state": state})


def test_open_is_where_something_but_a_review_or_an_appeal_is_still_to_come() -> None:
    assert {state for state, event in ROAD if event not in {Event.REVIEW, Event.WITHDRAW, Event.APPEAL}} == OPEN - {
        State.APPEALED
    }


RESUMED = {State.CALLED: State.CONFIRMED, State.TRAINING: State.CONFIRMED}


@pytest.mark.parametrize("before", sorted({*OPEN, State.VERIFIED} - {State.APPEALED}))
def test_an_appeal_in_vain_leaves_a_case_where_it_was_with_no_questions_in_hand(before: State) -> None:
    assert move(State.APPEALED, Event.REJECT, before) is RESUMED.get(before, before)


@pytest.mark.parametrize("before", sorted(State))
def test_only_where_an_evening_is_still_owed_can_it_be_passed_after_all(before: State) -> None:
    if before in {State.AGAIN, State.CONFIRMED, *HELD}:
        assert move(State.APPEALED, Event.CORRECT, before) is State.PASSED
        return
    with pytest.raises(Refused):
        move(State.APPEALED, Event.CORRECT, before)


@pytest.mark.parametrize("before", [*sorted({*State} - OPEN - {State.VERIFIED}), State.APPEALED])
def test_nothing_goes_on_that_could_not_have_been_appealed(before: State) -> None:
    with pytest.raises(Refused):
        move(State.APPEALED, Event.REJECT, before)


@given(st.lists(st.sampled_from(Event), max_size=40))
def test_nobody_is_verified_without_having_been_called_and_passed(events: list[Event]) -> None:
    state, taken = State.PROPOSED, []
    for event in events:
        try:
            state = move(state, event)
        except Refused:
            continue
        taken.append(event)
    if state is State.VERIFIED:
        road = [e for e in taken if e in {Event.CALL, Event.BEGIN, Event.ANSWER, Event.PROVE, Event.PASS, Event.VERIFY}]
        plain, proved = [Event.BEGIN, Event.PASS, Event.VERIFY], [Event.PROVE, Event.PASS, Event.VERIFY]
        assert road[-3:] in (plain, proved)


@pytest.mark.parametrize(
    ("marks", "enough"),
    [
        ([(POINT, True), *[(ELSE, True)] * 4], True),
        ([(POINT, True), *[(ELSE, True)] * 3, (ELSE, False)], True),
        ([(POINT, False), *[(ELSE, True)] * 4], False),
        ([(POINT, True), *[(ELSE, True)] * 2, *[(ELSE, False)] * 2], False),
        ([(POINT, True), (POINT, False), *[(ELSE, True)] * 3], True),
        ([(POINT, False), (POINT, False), *[(ELSE, True)] * 3], False),
    ],
    ids=[
        "5 of 5",
        "4 of 5",
        "4 of 5 without the point",
        "3 of 5",
        "the point once of twice",
        "3 of 5, never the point",
    ],
)
def test_four_of_five_pass_with_the_missed_point_among_them(marks: list[tuple[str, bool]], enough: bool) -> None:
    assert passed(marks, POINT, Policy()) is enough


@pytest.mark.parametrize(("asked", "right", "enough"), [(4, 4, True), (4, 3, False), (1, 1, True), (1, 0, False)])
def test_of_fewer_questions_than_the_mark_all_must_be_right(asked: int, right: int, enough: bool) -> None:
    assert passed([(POINT, i < right) for i in range(asked)], POINT, Policy()) is enough


def test_a_point_the_bank_has_dropped_keeps_nobody_for_ever() -> None:
    assert passed([*[(ELSE, True)] * 4, (ELSE, False)], POINT, Policy())
    assert not passed([*[(ELSE, True)] * 3, *[(ELSE, False)] * 2], POINT, Policy())


def test_an_evening_without_questions_is_not_passed() -> None:
    assert not passed([], POINT, Policy())
    assert not passed([], POINT, Policy(evening_pass=0))


@given(st.lists(st.tuples(st.sampled_from([POINT, ELSE]), st.booleans()), min_size=1, max_size=8), st.data())
def test_one_more_right_answer_never_fails_anybody(marks: list[tuple[str, bool]], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(marks) - 1))
    better = [*marks[:i], (marks[i][0], True), *marks[i + 1 :]]
    assert passed(better, POINT, Policy()) >= passed(marks, POINT, Policy())


MONDAY = date(2026, 11, 23)


def at(*events: tuple[Event, int]) -> date | None:
    return late_since((event, MONDAY + timedelta(days=days)) for event, days in events)


def test_late_is_since_the_first_evening_not_done() -> None:
    assert at((Event.CONFIRM, 0), (Event.CALL, 0)) is None
    assert at((Event.CONFIRM, 0), (Event.CALL, 0), (Event.NOT_DONE, 0)) == MONDAY
    assert at((Event.NOT_DONE, 0), (Event.CALL, 1), (Event.NOT_DONE, 1)) == MONDAY


@pytest.mark.parametrize("event", [Event.PASS, Event.FAIL, Event.ANSWER, Event.POSTPONE])
def test_who_came_or_was_given_another_evening_is_late_no_more(event: Event) -> None:
    assert at((Event.NOT_DONE, 0), (event, 1)) is None


@pytest.mark.parametrize(("days", "levels"), [(0, 1), (2, 1), (3, 2), (6, 2), (7, 3), (90, 3)])
def test_overdue_climbs_on_the_day_after_three_and_after_seven(days: int, levels: int) -> None:
    assert told_upwards(MONDAY, MONDAY + timedelta(days=days), Policy()) == levels
