from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.policy import Policy
from drills.spacing import Past, due_on

START = date(2028, 2, 28)  # the next day is 29 February


def history(*days: tuple[int, bool]) -> list[Past]:
    """Answers to one question so many days after the start."""
    return [Past(question="q", checkpoint="c", day=START + timedelta(days=after), right=right) for after, right in days]


def test_a_question_never_asked_is_never_due() -> None:
    assert due_on([], Policy()) is None


@pytest.mark.parametrize(
    ("answers", "after"),
    [
        ([(0, False)], 1),
        ([(0, True)], 2),
        ([(0, True), (2, True)], 2 + 4),
        ([(0, True), (2, True), (6, True)], 6 + 9),
        ([(0, True), (2, True), (6, True), (15, True)], 15 + 21),
        ([(0, True), (2, True), (6, True), (15, True), (36, True)], None),
        ([(0, True), (2, True), (6, False)], 7),
        ([(0, True), (2, False), (3, True)], 3 + 2),
        ([(0, False), (1, True), (2, False), (3, True)], 3 + 2),
        ([(0, True), (0, True), (0, True)], 2),
        ([(0, False), (0, True)], 1),
        ([(0, True), (0, False)], 1),
        ([(0, False), (0, True), (1, True)], 1 + 2),
        ([(0, True), (2, True), (6, True), (15, True), (36, True), (40, False)], 41),
    ],
    ids=[
        "missed: the next day",
        "right once",
        "twice",
        "three times",
        "four times",
        "at rest",
        "missed after a row",
        "the row begins anew",
        "of two misses the later one",
        "three times on one day is one day",
        "right minutes after the miss is no recall",
        "missed in the evening",
        "the first day of the row is the day after",
        "rest ends with a miss",
    ],
)
def test_when_a_question_comes_back(answers: list[tuple[int, bool]], after: int | None) -> None:
    assert due_on(history(*answers), Policy()) == (None if after is None else START + timedelta(days=after))


def test_the_steps_are_the_policys() -> None:
    assert due_on(history((0, True)), Policy(spacing=(7,))) == START + timedelta(days=7)
    assert due_on(history((0, True), (7, True)), Policy(spacing=(7,))) is None
    assert due_on(history((0, True)), Policy(spacing=())) is None
    assert due_on(history((0, False)), Policy(spacing=())) == START + timedelta(days=1)


ANSWERS = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=12)


@given(ANSWERS)
def test_a_question_is_never_due_on_a_day_it_was_answered(answers: list[tuple[int, bool]]) -> None:
    past = history(*sorted(answers))
    due = due_on(past, Policy())
    assert due is None or due > past[-1].day


@given(ANSWERS)
def test_a_miss_brings_it_back_tomorrow_and_nothing_sooner(answers: list[tuple[int, bool]]) -> None:
    past = history(*sorted(answers))
    missed = [*past[:-1], *history((max(day for day, _ in answers), False))]
    assert due_on(missed, Policy()) == past[-1].day + timedelta(days=1)
    assert (due_on(past, Policy()) or date.max) >= past[-1].day + timedelta(days=1)
