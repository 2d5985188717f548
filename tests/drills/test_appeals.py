from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.appeals import PROGRAM, ladder, last_day, reminded, rung
from drills.calendar import Calendar, Year
from drills.people import Held, Role

BRANCH = "/1/2/3/"
MONDAY = date(2026, 11, 23)
PLAIN = Calendar({2026: Year(off=frozenset({date(2026, 11, 26)}), work=frozenset())})


def test_above_a_branchs_trainers_stands_its_head_then_the_same_of_each_unit_above() -> None:
    assert ladder(BRANCH) == [
        (Role.TRAINER, "/1/2/3/"),
        (Role.MANAGER, "/1/2/3/"),
        (Role.TRAINER, "/1/2/"),
        (Role.MANAGER, "/1/2/"),
        (Role.TRAINER, "/1/"),
        (Role.MANAGER, "/1/"),
    ]


@pytest.mark.parametrize(
    ("held", "place"),
    [
        ([], PROGRAM),
        ([Held(Role.STAFF, BRANCH)], PROGRAM),
        ([Held(Role.ADMIN, "/1/")], PROGRAM),
        ([Held(Role.TRAINER, BRANCH)], 0),
        ([Held(Role.MANAGER, BRANCH)], 1),
        ([Held(Role.TRAINER, BRANCH), Held(Role.MANAGER, "/1/")], 5),
        ([Held(Role.INSPECTOR, "/1/2/")], 3),
        ([Held(Role.TRAINER, "/1/2/4/")], PROGRAM),
        ([Held(Role.MANAGER, "/1/2/3/9/")], PROGRAM),
        ([Held(Role.MANAGER, BRANCH, MONDAY)], 1),
        ([Held(Role.MANAGER, BRANCH, date(2026, 11, 22))], PROGRAM),
    ],
    ids=[
        "nobody",
        "staff",
        "admin",
        "trainer",
        "head",
        "the highest of two",
        "an inspector beside the county's managers",
        "a trainer of another branch",
        "below",
        "a deputy's last day",
        "a deputy who was",
    ],
)
def test_somebody_decides_from_the_highest_place_they_hold_that_day(held: list[Held], place: int) -> None:
    assert rung(held, BRANCH, MONDAY) == place


@pytest.mark.parametrize(
    ("days", "last"),
    [(0, MONDAY), (1, date(2026, 11, 24)), (3, date(2026, 11, 27)), (4, date(2026, 11, 30))],
    ids=["none", "the next day", "over a holiday", "over a weekend"],
)
def test_only_working_days_are_counted(days: int, last: date) -> None:
    assert last_day(PLAIN, (), MONDAY, days) == last


def test_a_branchs_own_closing_days_are_not_counted() -> None:
    assert last_day(PLAIN, {date(2026, 11, 24)}, MONDAY, 1) == date(2026, 11, 25)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_judge_is_reminded_from_the_day_it_is_due(today: date, due: date) -> None:
    assert reminded(today, due) is (today >= due)
