from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.boards import Place, Score, praised, rank, streak

FRIDAY = date(2026, 11, 20)
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, d) for d in (23, 24, 25))


def board(*marks: tuple[int, int], minimum: int = 3, prior: int = 0) -> list[tuple[int, int | None]]:
    """Keys and places of scores numbered from 1."""
    scores = [Score(key=i + 1, right=right, asked=asked) for i, (right, asked) in enumerate(marks)]
    return [(p.key, p.place) for p in rank(scores, minimum, prior)]


def test_equal_rates_share_a_place_and_the_next_is_skipped() -> None:
    assert board((3, 5), (5, 5), (5, 5)) == [(2, 1), (3, 1), (1, 3)]
    assert board((5, 5), (4, 5), (4, 5), (3, 5)) == [(1, 1), (2, 2), (3, 2), (4, 4)]


def test_rates_are_compared_exactly_and_who_was_asked_more_stands_first() -> None:
    assert board((1, 3), (33333, 99999), (33332, 99999)) == [(2, 1), (1, 1), (3, 3)]
    assert board((10**17 - 1, 10**17), (10**17 - 2, 10**17 - 1)) == [(1, 1), (2, 2)]


def test_under_the_minimum_there_is_no_place_and_the_last_lines() -> None:
    assert board((2, 2), (1, 5), (3, 3), (0, 0)) == [(3, 1), (2, 2), (1, None), (4, None)]


def test_nobody_is_ranked_on_nothing() -> None:
    assert board((0, 0), (1, 1), minimum=0) == [(2, 1), (1, None)]
    assert board((0, 0), minimum=0) == [(1, None)]
    assert board(minimum=0, prior=5) == []


def test_a_place_keeps_its_figures() -> None:
    assert rank([Score(key=7, right=4, asked=5)], 3) == (Place(key=7, place=1, right=4, asked=5),)
    assert rank([Score(key=7, right=1, asked=2)], 3) == (Place(key=7, place=None, right=1, asked=2),)


def test_a_tiny_branch_is_neither_first_nor_last_by_luck() -> None:
    lucky, solid, weak = (15, 15), (280, 300), (200, 300)
    assert board(lucky, solid, weak) == [(1, 1), (2, 2), (3, 3)]
    assert board(lucky, solid, weak, prior=100) == [(2, 1), (1, 2), (3, 3)]
    assert [p.key for p in rank([Score(key=1, right=15, asked=15), Score(key=2, right=280, asked=300)], 3)] == [1, 2]
    assert board((0, 15), solid, weak, prior=400) == [(2, 1), (1, 2), (3, 3)]


SCORES = st.lists(
    st.integers(0, 30).flatmap(lambda asked: st.tuples(st.integers(0, asked), st.just(asked))), max_size=12
).map(lambda marks: [Score(key=i, right=r, asked=n) for i, (r, n) in enumerate(marks)])


@given(SCORES, st.integers(0, 10), st.integers(0, 20))
def test_everybody_is_on_the_board_once_and_a_place_is_one_more_than_those_above(
    scores: list[Score], minimum: int, prior: int
) -> None:
    places = rank(scores, minimum, prior)
    assert sorted(p.key for p in places) == [s.key for s in scores]
    placed = [p.place for p in places if p.place is not None]
    assert [p.place for p in places[: len(placed)]] == placed
    assert placed == [1 + sum(other < place for other in placed) for place in placed]
    assert all((p.place is None) is (p.asked < max(minimum, 1)) for p in places)
    if not prior:
        rates = [Fraction(p.right, p.asked) for p in places[: len(placed)]]
        assert rates == sorted(rates, reverse=True)
        assert all(
            (a == b) is (x == y) for a, x in zip(rates, placed, strict=True) for b, y in zip(rates, placed, strict=True)
        )


@given(SCORES)
def test_the_order_in_which_scores_come_does_not_matter(scores: list[Score]) -> None:
    assert rank(scores[::-1], 3) == rank(scores, 3)


@pytest.mark.parametrize(
    ("answered", "leave", "days"),
    [
        ([WEDNESDAY, TUESDAY, MONDAY], [], 3),
        ([TUESDAY, MONDAY], [], 2),
        ([WEDNESDAY, MONDAY], [TUESDAY], 2),
        ([WEDNESDAY, MONDAY], [], 1),
        ([MONDAY], [TUESDAY, WEDNESDAY], 1),
        ([TUESDAY], [TUESDAY], 1),
        ([MONDAY], [], 0),
        ([], [], 0),
        ([], [WEDNESDAY, TUESDAY, MONDAY], 0),
    ],
    ids=[
        "every day",
        "today is still open",
        "leave is neutral",
        "a day missed",
        "on leave until now",
        "answered on leave",
        "yesterday missed",
        "nothing",
        "leave alone",
    ],
)
def test_a_streak_counts_back_over_leave_and_an_open_today(answered: list[date], leave: list[date], days: int) -> None:
    assert streak(answered, [WEDNESDAY, TUESDAY, MONDAY], leave).days == days


def test_a_missed_friday_is_over_on_saturday() -> None:
    days = [FRIDAY, FRIDAY - timedelta(1)]
    assert streak(days[1:], days, ()).days == 1
    assert streak(days[1:], days, (), still_open=FRIDAY + timedelta(1)).days == 0


def test_without_working_days_there_is_no_streak() -> None:
    assert streak([MONDAY], [], ()).days == 0


DAYS = [WEDNESDAY - timedelta(n) for n in range(12)]
SOME = st.sets(st.sampled_from(DAYS))


@given(SOME, SOME, st.sampled_from(DAYS))
def test_taking_leave_never_costs_a_streak_and_an_answer_never_shortens_it(
    answered: set[date], leave: set[date], day: date
) -> None:
    before = streak(answered, DAYS, leave).days
    assert before <= streak(answered, DAYS, leave | {day}).days
    assert before <= streak(answered | {day}, DAYS, leave).days
    assert before <= len(answered)


@given(st.integers(0, 12))
def test_answering_every_day_counts_them_all(n: int) -> None:
    assert streak(DAYS[:n], DAYS, ()).days == n


YEAR_END = [date(2026, 12, 31) - timedelta(n) for n in range(70)]
"""Three calendar months, the newest day first."""
MANY = st.sets(st.sampled_from(YEAR_END))


def frozen(answered: set[date], leave: set[date], freezes: int) -> Counter[int]:
    """How many days of each month a streak forgave."""
    return Counter(day.month for day in streak(answered, YEAR_END, leave, freezes=freezes).frozen)


def test_two_days_a_month_may_be_missed_and_are_not_counted_and_the_third_ends_it() -> None:
    december = [day for day in YEAR_END if day.month == 12]
    missed = [december[20], december[10], december[5]]
    both = streak(set(december) - set(missed[:2]), december, (), freezes=2)
    assert (both.days, both.frozen) == (29, frozenset(missed[:2]))
    third = streak(set(december) - set(missed), december, (), freezes=2)
    assert (third.days, third.frozen) == (5, frozenset(missed[:2])), "what once stood stands: the third one ends it"


def test_leave_uses_no_freeze_and_neither_does_a_day_still_open() -> None:
    days = [WEDNESDAY, TUESDAY, MONDAY]
    assert streak([MONDAY], days, [TUESDAY], freezes=2).frozen == frozenset()
    assert streak([MONDAY], days, [], freezes=2).frozen == {TUESDAY}


@given(MANY, MANY, st.integers(0, 4))
def test_no_month_forgives_more_than_it_may_and_more_freezes_never_shorten_a_streak(
    answered: set[date], leave: set[date], freezes: int
) -> None:
    assert max(frozen(answered, leave, freezes).values(), default=0) <= freezes
    fewer, more = (streak(answered, YEAR_END, leave, freezes=n) for n in (freezes, freezes + 1))
    assert fewer.days <= more.days
    assert fewer.frozen <= more.frozen
    assert not fewer.frozen & (answered | leave | {YEAR_END[0]})


@given(MANY, MANY, st.sampled_from(YEAR_END), st.integers(0, 4))
def test_with_freezes_too_leave_never_costs_a_streak(
    answered: set[date], leave: set[date], day: date, freezes: int
) -> None:
    before = streak(answered, YEAR_END, leave, freezes=freezes)
    assert before.days <= streak(answered, YEAR_END, leave | {day}, freezes=freezes).days
    assert before.days <= len(answered)


def named(*marks: tuple[int, int], most: int = 3) -> list[int]:
    scores = [Score(key=i + 1, right=right, asked=asked) for i, (right, asked) in enumerate(marks)]
    return [p.key for p in praised(rank(scores, 3), most)]


def test_the_first_three_are_named_and_never_the_last() -> None:
    assert named((5, 5), (4, 5), (3, 5), (2, 5)) == [1, 2, 3]
    assert named((5, 5), (4, 5), (3, 5)) == [1, 2]
    assert named((5, 5), (3, 5), (3, 5)) == [1], "nor those who share the last place"
    assert named((5, 5), (4, 5), (3, 5), (3, 5)) == [1, 2]
    assert named((4, 5), (4, 5)) == [1, 2], "unless all share the first"
    assert named((4, 5)) == [1]
    assert named((5, 5), (5, 5), (5, 5), (5, 5), (1, 5)) == [1, 2, 3, 4]
    assert named((0, 5), (0, 5)) == named((2, 2)) == named() == []


@given(st.lists(st.tuples(st.integers(0, 5), st.just(5)), max_size=12), st.integers(1, 5))
def test_whoever_did_worst_is_not_named_unless_nobody_did_better(marks: list[tuple[int, int]], most: int) -> None:
    chosen = {marks[key - 1] for key in named(*marks, most=most)}
    rights = {right for right, _ in marks}
    assert all(right > 0 for right, _ in chosen)
    assert len(rights) < 2 or min(rights) not in {right for right, _ in chosen}
