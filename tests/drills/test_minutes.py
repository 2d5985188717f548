"""Evening minutes: warned, asked, refused; and never above the caps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.minutes import OF, Leave, Span, Spent, allowance, before_scene, caps, room, total
from drills.policy import Policy

MONDAY = date(2026, 11, 23)
POLICY = Policy()


@pytest.mark.parametrize(
    ("already", "planned", "leave"),
    [
        (0, 15, Leave.FREE),
        (14, 15, Leave.FREE),
        (15, 15, Leave.WARN),
        (29, 15, Leave.WARN),
        (30, 15, Leave.ASK),
        (45, 15, Leave.ASK),
        (46, 15, Leave.REFUSE),
    ],
)
def test_a_day_is_free_warned_of_asked_and_refused(already: int, planned: int, leave: Leave) -> None:
    found = room([Spent(MONDAY, already)], MONDAY, planned, POLICY)
    assert (found.leave, found.span) == (leave, Span.DAY)
    assert (found.minutes, found.most) == (already + planned, 60)


def test_a_week_begins_on_monday_and_a_month_on_the_first() -> None:
    spent = [Spent(date(2026, 11, 29), 60), Spent(date(2026, 11, 30), 30), Spent(date(2026, 12, 1), 30)]
    assert total(spent, Span.WEEK, date(2026, 11, 30)) == 60
    assert total(spent, Span.MONTH, date(2026, 11, 30)) == 90
    assert total(spent, Span.DAY, date(2026, 12, 1)) == 30


def test_the_strictest_span_holds() -> None:
    week = [Spent(MONDAY + timedelta(days=d), 50) for d in range(2)]
    found = room(week, MONDAY + timedelta(days=2), 15, POLICY)
    assert (found.leave, found.span, found.minutes) == (Leave.ASK, Span.WEEK, 115)
    assert allowance(week, MONDAY + timedelta(days=2), POLICY) == 20


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 200)), max_size=60),
)
def test_evenings_that_end_at_the_allowance_pass_no_cap(evenings: list[tuple[int, int]]) -> None:
    spent: list[Spent] = []
    for offset, wanted in sorted(evenings):
        day = MONDAY + timedelta(days=offset)
        minutes = min(wanted, allowance(spent, day, POLICY))
        if minutes:
            spent.append(Spent(day, minutes))
    for span, (_, _, most) in caps(POLICY).items():
        assert all(total(spent, span, s.day) <= most for s in spent)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 200), st.integers(1, 9)), max_size=60))
def test_with_a_scene_after_the_questions_they_pass_none_either(evenings: list[tuple[int, int, int]]) -> None:
    spent: list[Spent] = []
    for offset, wanted, acted in sorted(evenings):
        day = MONDAY + timedelta(days=offset)
        spent.append(Spent(day, min(wanted, before_scene(allowance(spent, day, POLICY), POLICY.scene_minutes))))
        if allowance(spent, day, POLICY) >= POLICY.scene_minutes:  # else the questions decide alone
            spent.append(Spent(day, min(acted, POLICY.scene_minutes)))
    for span, (_, _, most) in caps(POLICY).items():
        assert all(total(spent, span, s.day) <= most for s in spent)


@pytest.mark.parametrize(("left", "questions"), [(60, 55), (6, 1), (5, 5), (3, 3), (0, 0)])
def test_the_scene_has_its_minutes_kept_where_there_is_room(left: int, questions: int) -> None:
    assert before_scene(left, 5) == questions


@given(st.dates(), st.dates())
def test_two_days_share_a_month_only_if_they_do(one: date, other: date) -> None:
    same = (one.year, one.month) == (other.year, other.month)
    assert (OF[Span.MONTH](one) == OF[Span.MONTH](other)) is same
