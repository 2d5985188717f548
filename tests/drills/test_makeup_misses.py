"""A make-up is done after the morning's list: what is missed there is looked at with the next one."""

from dataclasses import replace
from datetime import date

from drills.staying import Rule, Tier
from tests.drills.test_staying import COUNTING, MONDAY, called, miss, one, said, told

TODAY = told(MONDAY, "greeting.stand", right=True)
FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)


def test_a_second_miss_in_fridays_makeup_stays_on_monday() -> None:
    [call] = called(one(miss(THURSDAY), replace(miss(FRIDAY), kind="makeup"), TODAY))
    assert (call.tier, call.rule, call.checkpoint) == (Tier.STAYS, Rule.CRITICAL_AGAIN, COUNTING)
    assert [t.day for t in call.evidence] == [THURSDAY, FRIDAY]


def test_who_is_silent_every_morning_does_not_escape_by_it() -> None:
    staff = one(miss(THURSDAY), replace(miss(FRIDAY), kind="makeup"), empty=[MONDAY])
    assert said(staff) == [(Tier.STAYS, Rule.CRITICAL_AGAIN), (Tier.MAKEUP, Rule.NO_ANSWER)]


def test_a_first_miss_in_a_makeup_was_asked_again_right_there() -> None:
    assert said(one(replace(miss(FRIDAY), kind="makeup"), TODAY)) == []


def test_a_makeup_before_the_last_working_day_was_looked_at_already() -> None:
    staff = one(miss(date(2026, 11, 18)), replace(miss(THURSDAY), kind="makeup"), TODAY)
    assert said(staff) == []


def test_fridays_morning_was_looked_at_on_friday() -> None:
    assert said(one(miss(THURSDAY), miss(FRIDAY), TODAY)) == []
