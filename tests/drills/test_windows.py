from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.policy import Policy
from drills.windows import (
    Span,
    Window,
    minimum,
    month_before,
    month_of,
    opens_week,
    stage,
    target,
    week_before,
    window,
)

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, "2026-11-25", "2026-11-25"),
        (Span.WEEK, "2026-11-23", "2026-11-29"),
        (Span.MONTH, "2026-11-01", "2026-11-30"),
        (Span.STAGE, "2026-09-01", "2026-12-31"),
    ],
)
def test_the_windows_of_a_wednesday(span: Span, first: str, last: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert window(span, date(2026, 11, 25)) == Window(span, *days)


@given(DAYS, st.sampled_from(Span))
def test_a_day_lies_in_its_window_and_every_day_of_it_says_the_same(day: date, span: Span) -> None:
    found = window(span, day)
    assert found.first <= day <= found.last
    assert window(span, found.first) == window(span, found.last) == found


@given(DAYS, st.sampled_from(Span))
def test_windows_leave_no_day_out_and_none_twice(day: date, span: Span) -> None:
    found = window(span, day)
    assert window(span, found.last + timedelta(1)).first == found.last + timedelta(1)


@given(DAYS)
def test_a_longer_window_holds_the_shorter_but_a_week_may_cross_a_month(day: date) -> None:
    month, stage_of = window(Span.MONTH, day), window(Span.STAGE, day)
    assert stage_of.first <= month.first
    assert month.last <= stage_of.last
    assert (window(Span.WEEK, day).last - window(Span.WEEK, day).first).days == 6


def test_the_targets_of_the_plan_by_month() -> None:
    """SP-07 to SP-09."""
    assert [target(Policy(), date(2026, month, 1)) for month in range(1, 13)] == [92] * 4 + [95] * 4 + [98] * 4
    assert [stage(date(2026, month, 28)) for month in (4, 5, 8, 9)] == [0, 1, 1, 2]


def test_the_longer_the_window_the_more_answers_a_place_takes() -> None:
    minima = [minimum(Policy(), span) for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.STAGE)]
    assert all(a < b for a, b in pairwise(minima))


def test_the_first_working_day_of_a_week_whatever_its_name() -> None:
    assert opens_week(MONDAY, MONDAY - timedelta(3))
    assert not opens_week(MONDAY + timedelta(1), MONDAY)
    assert opens_week(MONDAY + timedelta(1), MONDAY - timedelta(3)), "Monday was a holiday"
    assert not opens_week(MONDAY - timedelta(1), MONDAY - timedelta(3)), "a Sunday worked in exchange ends a week"
    assert week_before(MONDAY) == Window(Span.WEEK, MONDAY - timedelta(7), MONDAY - timedelta(1))


def test_months_are_written_one_way() -> None:
    assert month_of("2026-11") == date(2026, 11, 1)
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    for text in ("2026-13", "2026-1", "26-11", "202611", "2026/11", "", "２０２６-11", "0000-01", "2026-11-01"):
        with pytest.raises(ValueError, match="no month"):
            month_of(text)
