from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.leave import read_days

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "11-25",
        "11/25",
        "11.25",
        "11月25日",
        "11月25号",
        "11 月 25 日",
        "１１－２５",
        "2026-11-25",
        "2026年11月25日",
        "11/25请假",
        "请 11-25 假",
    ],
)
def test_one_day_however_it_is_written(text: str) -> None:
    assert read_days(text, TODAY) == (date(2026, 11, 25), date(2026, 11, 25))


@pytest.mark.parametrize(
    "text",
    [
        "11-25 至 11-27",
        "11/25-11/27",
        "11月25日到11月27日",
        "11.25~11.27",
        "11-25～11-27",
        "11-25—11-27",
        "从11月25日起至11月27日止",
        "2026-11-25 至 2026-11-27",
        "2026-11-25至11-27",
    ],
)
def test_a_stretch_however_it_is_joined(text: str) -> None:
    assert read_days(text, TODAY) == (date(2026, 11, 25), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        (date(2026, 12, 30), "1-2", "2027-01-02", "2027-01-02"),
        (date(2026, 12, 31), "12-31", "2026-12-31", "2026-12-31"),
        (date(2027, 1, 1), "12-31", "2027-12-31", "2027-12-31"),
        (date(2026, 12, 30), "12-31 至 1-3", "2026-12-31", "2027-01-03"),
        (date(2026, 6, 15), "12-31 至 1-3", "2026-12-31", "2027-01-03"),
        (date(2026, 6, 15), "2026-12-31 至 1-3", "2026-12-31", "2027-01-03"),
        (date(2026, 11, 23), "11-20", "2026-11-20", "2026-11-20"),
        (date(2026, 11, 23), "5-28", "2026-05-28", "2026-05-28"),
        (date(2026, 11, 23), "5-27", "2027-05-27", "2027-05-27"),
        (date(2028, 2, 1), "2-29", "2028-02-29", "2028-02-29"),
        (date(2027, 12, 20), "2-29", "2028-02-29", "2028-02-29"),
        (date(2026, 11, 23), "2026-02-28", "2026-02-28", "2026-02-28"),
        (date(2026, 11, 23), "2027-11-25", "2027-11-25", "2027-11-25"),
    ],
    ids=[
        "January in December",
        "New Year's Eve",
        "the next New Year's Eve",
        "over New Year",
        "over New Year, asked in June",
        "over New Year, a year in front",
        "just gone by",
        "179 days ago is gone by",
        "180 days ago is next year's",
        "a leap year's",
        "the coming leap year's",
        "a year that is given is kept",
        "and so is a later one",
    ],
)
def test_without_a_year_the_next_such_day_is_meant(today: date, text: str, first: str, last: str) -> None:
    assert read_days(text, today) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天",
        "11月",
        "25",
        "1125",
        "11-31",
        "2-30",
        "2-29",
        "13-01",
        "11-0",
        "2026-02-29",
        "11-25 11-27",
        "11-25、11-27",
        "11-25 至 11-26 至 11-27",
        "11-27 至 11-25",
        "11-25 至 2-30",
        "2-30 至 3-1",
        "11-25 至 27",
        "11-25-2026",
        "1-115",
        "111-25",
        "11-25 下午3点",
        "٢-٣",
    ],
)
def test_what_cannot_be_told_is_asked_for_again(text: str) -> None:
    assert read_days(text, TODAY) is None


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(0, 185), st.integers(0, 13))
def test_a_coming_stretch_written_without_years_is_read_back(today: date, ahead: int, more: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=more)
    assert read_days(f"{first.month}月{first.day}日至{last.month}月{last.day}日", today) == (first, last)


@given(st.text("0123456789-/.年月日至~ 假", max_size=24), st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_whatever_is_typed_gives_a_stretch_or_a_second_try(text: str, today: date) -> None:
    days = read_days(text, today)
    assert days is None or days[0] <= days[1]
