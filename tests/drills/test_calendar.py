from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.calendar import Calendar, Year

SPRING = frozenset(date(2026, 2, d) for d in range(15, 24))
NATIONAL = frozenset(date(2026, 10, d) for d in range(1, 8))
NEW_YEAR = frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)})
MADE_UP = frozenset({date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)})
CALENDAR = Calendar({2026: Year(off=SPRING | NATIONAL | NEW_YEAR, work=MADE_UP)})


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 14), True),
        (date(2026, 9, 20), True),
        (date(2026, 1, 1), False),
    ],
    ids=[
        "Monday",
        "Friday",
        "Saturday",
        "Sunday",
        "a holiday Monday",
        "a made-up Saturday",
        "a made-up Sunday",
        "New Year",
    ],
)
def test_the_week_corrected_by_the_notice(day: date, works: bool) -> None:
    assert CALENDAR.is_working(day) is works


def test_an_unknown_year_works_monday_to_friday_and_can_be_told() -> None:
    assert (CALENDAR.knows(2026), CALENDAR.knows(2027)) == (True, False)
    assert CALENDAR.is_working(date(2027, 10, 1))
    assert not CALENDAR.is_working(date(2027, 10, 2))


def test_a_branchs_closing_day_comes_before_everything() -> None:
    typhoon = {date(2026, 11, 24), date(2026, 2, 14)}
    assert not any(CALENDAR.is_working(day, typhoon) for day in typhoon)
    assert CALENDAR.is_working(date(2026, 11, 25), typhoon)


def test_a_day_named_off_and_working_is_off() -> None:
    saturday = date(2026, 11, 28)
    assert not Calendar({2026: Year(frozenset({saturday}), frozenset({saturday}))}).is_working(saturday)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 2, 13), date(2026, 2, 14)),
        (date(2026, 2, 14), date(2026, 2, 24)),
        (date(2026, 9, 30), date(2026, 10, 8)),
        (date(2025, 12, 31), date(2026, 1, 4)),
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
    ids=[
        "a weekend",
        "onto the made-up Saturday",
        "Spring Festival",
        "National Day",
        "New Year",
        "29 February",
        "unknown",
    ],
)
def test_the_working_day_after_and_the_one_before(day: date, following: date) -> None:
    assert CALENDAR.next_working(day) == following
    assert CALENDAR.previous_working(following) == day


def test_the_next_day_skips_a_branchs_closing_days() -> None:
    closed = {date(2026, 11, 24), date(2026, 11, 25)}
    assert CALENDAR.next_working(date(2026, 11, 23), closed) == date(2026, 11, 26)
    assert CALENDAR.previous_working(date(2026, 11, 26), closed) == date(2026, 11, 23)


def test_both_ends_belong_to_a_stretch() -> None:
    monday, friday = date(2026, 11, 23), date(2026, 11, 27)
    assert CALENDAR.working_between(monday, friday + timedelta(2)) == tuple(monday + timedelta(n) for n in range(5))
    assert CALENDAR.working_between(monday, monday) == (monday,)
    assert CALENDAR.working_between(friday, monday) == ()
    assert CALENDAR.working_between(monday, friday, {monday}) == tuple(monday + timedelta(n) for n in range(1, 5))


@given(
    st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=9)
)
def test_before_and_after_undo_each_other_and_skip_only_free_days(day: date, closed: Collection[date]) -> None:
    following = CALENDAR.next_working(day, closed)
    assert following > day
    assert CALENDAR.working_between(day + timedelta(1), following, closed) == (following,)
    assert CALENDAR.previous_working(following, closed) <= day
    if CALENDAR.is_working(day, closed):
        assert CALENDAR.previous_working(following, closed) == day
