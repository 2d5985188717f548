from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.content import load, parse, shipped

BODY = load(shipped()).body
CALENDAR = parse(BODY).calendar


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_year_agrees_with_chinesecalendar(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    wrong = [d for d in days if d.year == year and CALENDAR.is_working(d) != chinese_calendar.is_workday(d)]
    assert wrong == []


def test_every_year_names_its_notice() -> None:
    for year, notice in BODY["calendar"].items():
        assert notice["source"].startswith(f"国务院办公厅关于{year}年部分节假日安排的通知")


def test_a_make_up_saturday_and_a_holiday() -> None:
    assert CALENDAR.is_working(date(2026, 2, 28))
    assert not CALENDAR.is_working(date(2026, 10, 7))
    assert not CALENDAR.knows(2027)
