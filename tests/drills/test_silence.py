"""Two no-shows in a row: which days, and what the evening is then about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.silence import about, running
from drills.staying import Rule, Staff, Tier
from tests.drills.test_staying import (
    COUNTING,
    FAKES,
    FEES,
    GREETING,
    MONDAY,
    POINTS,
    WEEK,
    called,
    figures,
    miss,
    one,
    told,
)
from tests.drills.test_staying import said as spoken

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, _ = WEEK
LEFT = (GREETING, FAKES, COUNTING)
STAYS = (Tier.STAYS, Rule.NO_ANSWER_TWICE)


def silent(
    *empty: date, spoke: Sequence[date] = (), unanswered: tuple[str, ...] = LEFT, settled: date = date.min
) -> Staff:
    answers = [told(day, GREETING, right=True) for day in spoke]
    return replace(one(*answers, empty=empty), unanswered=unanswered, settled=settled)


def test_two_days_left_lying_stay_the_morning_after_on_what_is_critical_first() -> None:
    (call,) = called(silent(THURSDAY, FRIDAY, spoke=[MONDAY]))
    assert (call.tier, call.rule, call.checkpoint, call.days) == (*STAYS, FAKES, (THURSDAY, FRIDAY))
    assert call.evidence == (), "silence is never a wrong answer"


@pytest.mark.parametrize(
    ("empty", "spoke"),
    [
        ([FRIDAY], []),
        ([THURSDAY], [FRIDAY]),
        ([WEDNESDAY, FRIDAY], [THURSDAY]),
        ([WEDNESDAY, THURSDAY], [FRIDAY]),
        ([FRIDAY, MONDAY], []),
    ],
    ids=["one day", "made up on Friday", "a day between", "over since", "today is not over"],
)
def test_what_is_no_pair_of_days_keeps_nobody(empty: list[date], spoke: list[date]) -> None:
    assert all(tier is not Tier.STAYS for tier, _ in spoken(silent(*empty, spoke=spoke)))


def test_leave_between_makes_no_no_show_and_excuses_none() -> None:
    assert spoken(silent(TUESDAY, FRIDAY, spoke=[MONDAY])) == [STAYS]


def test_who_is_silent_today_too_stays_and_may_make_up() -> None:
    assert spoken(silent(THURSDAY, FRIDAY, MONDAY)) == [STAYS, (Tier.MAKEUP, Rule.NO_ANSWER_TWICE)]


def test_days_that_have_had_their_case_lead_to_none_again() -> None:
    days = (WEDNESDAY, THURSDAY, FRIDAY)
    assert spoken(silent(*days, settled=THURSDAY)) == [STAYS], "Thursday and Friday came after"
    assert spoken(silent(*days, settled=FRIDAY)) == []
    assert spoken(silent(*days, settled=date.max)) == [], "its evening is still to come"


def test_nobody_has_two_evenings_and_misses_say_more_than_silence() -> None:
    base = silent(WEDNESDAY, THURSDAY)
    again = replace(base, answers=(miss(TUESDAY), miss(MONDAY)), empty_days=(THURSDAY, FRIDAY))
    assert spoken(again) == [(Tier.STAYS, Rule.CRITICAL_AGAIN)]
    weak = replace(base, answers=figures(0, 15), empty_days=(THURSDAY, FRIDAY))
    assert spoken(weak) == [(Tier.STAYS, Rule.ROLLING)]
    near = replace(base, answers=figures(12, 15), empty_days=(THURSDAY, FRIDAY))
    assert spoken(near) == [STAYS, (Tier.WATCH, Rule.NEAR)]


@pytest.mark.parametrize(
    ("unanswered", "taken", "found"),
    [
        (LEFT, [], FAKES),
        (LEFT, [FAKES], COUNTING),
        ((GREETING, FEES), [], GREETING),
        (("dropped", FEES), [], FEES),
        (("dropped",), [], ""),
        ((FEES,), [FEES], ""),
        ((), [], ""),
    ],
    ids=["critical", "a case is open", "none critical", "dropped", "all dropped", "all taken", "nothing was asked"],
)
def test_the_evening_is_about_what_was_left_lying(unanswered: tuple[str, ...], taken: list[str], found: str) -> None:
    assert about(unanswered, POINTS, taken) == found


def test_where_nothing_can_be_asked_nobody_stays() -> None:
    assert spoken(silent(THURSDAY, FRIDAY, unanswered=("dropped",))) == []


DAYS = st.sets(st.dates(date(2026, 11, 1), date(2026, 11, 30)), max_size=12)


@given(DAYS, DAYS, st.dates(date(2026, 11, 1), date(2026, 11, 30)))
def test_a_no_show_is_a_day_at_work_before_today_and_one_answer_between_ends_the_run(
    worked: set[date], quiet: set[date], day: date
) -> None:
    found = running(day, worked, quiet)
    assert found == running(day, sorted(worked, reverse=True), quiet)
    assert len(found) in {0, 2}
    for one_day in found:
        assert one_day in worked & quiet
        assert one_day < day
        assert running(day, worked, quiet - {one_day}) == ()
    if found:
        assert [d for d in sorted(worked) if found[0] <= d < day] == list(found)
