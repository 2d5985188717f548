from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.policy import Policy
from drills.questions import Checkpoint
from drills.staying import Call, Rule, Staff, Tier, Told, who_stays

MONDAY = date(2026, 11, 23)
WEEK = tuple(date(2026, 11, d) for d in (17, 18, 19, 20, 23))
COUNTING, FAKES, GREETING, FEES = "cash.count-before-customer", "cash.counterfeit", "greeting.stand", "fees.transfer"
POINTS = {
    code: Checkpoint(code=code, name=code, topic=code.split(".")[0], critical=code in {COUNTING, FAKES})
    for code in (COUNTING, FAKES, GREETING, FEES)
}
WANG, LI = 1, 2


def told(day: date, checkpoint: str, right: bool, answer: int = 0) -> Told:
    return Told(answer=answer, question=f"{checkpoint}-1", checkpoint=checkpoint, day=day, right=right, kind="morning")


def miss(day: date, checkpoint: str = COUNTING) -> Told:
    return told(day, checkpoint, right=False)


def figures(right: int, asked: int, day: date = MONDAY, checkpoint: str = GREETING) -> tuple[Told, ...]:
    """So many right answers out of so many, the misses last."""
    return tuple(told(day, checkpoint, right=i < right, answer=i) for i in range(asked))


def one(*answers: Told, person: int = WANG, empty: Sequence[date] = (), opened: str = "", **about: bool) -> Staff:
    return Staff(
        person=person,
        on_duty=about.get("on_duty", True),
        answers=answers,
        empty_days=tuple(empty),
        open_checkpoints=frozenset({opened} - {""}),
        spared=about.get("spared", False),
    )


def called(*staff: Staff, policy: Policy | None = None, days: Sequence[date] = WEEK) -> tuple[Call, ...]:
    return who_stays(MONDAY, staff, POINTS, policy or Policy(), days)


def said(*staff: Staff) -> list[tuple[Tier, Rule]]:
    return [(call.tier, call.rule) for call in called(*staff)]


AGAIN, FIRST = (Tier.STAYS, Rule.CRITICAL_AGAIN), (Tier.NOW, Rule.CRITICAL_FIRST)
ROLLING, NEAR = (Tier.STAYS, Rule.ROLLING), (Tier.WATCH, Rule.NEAR)
SILENT, TWICE = (Tier.MAKEUP, Rule.NO_ANSWER), (Tier.MAKEUP, Rule.NO_ANSWER_TWICE)


def test_a_first_miss_of_a_critical_item_keeps_nobody() -> None:
    assert said(one(miss(MONDAY))) == [FIRST]


@pytest.mark.parametrize(("days_ago", "outcome"), [(1, AGAIN), (30, AGAIN), (31, FIRST)])
def test_the_second_miss_within_thirty_days_stays(days_ago: int, outcome: tuple[Tier, Rule]) -> None:
    assert said(one(miss(MONDAY - timedelta(days_ago)), miss(MONDAY))) == [outcome]


def test_two_misses_on_one_day_are_two() -> None:
    assert said(one(miss(MONDAY), miss(MONDAY))) == [AGAIN]


def test_the_evidence_is_every_miss_in_the_window_oldest_first() -> None:
    old, before, now = miss(MONDAY - timedelta(31)), miss(MONDAY - timedelta(30)), miss(MONDAY)
    right, other = told(MONDAY, COUNTING, right=True), miss(MONDAY - timedelta(1), FAKES)
    (call,) = called(one(old, before, other, right, now))
    assert (call.person, call.checkpoint, call.evidence) == (WANG, COUNTING, (before, now))
    assert (call.right, call.asked) == (0, 0)


def test_without_a_miss_today_nothing_new_happened() -> None:
    assert said(one(miss(WEEK[2]), miss(WEEK[3]))) == []
    assert said(one(miss(WEEK[3]), told(MONDAY, COUNTING, right=True))) == []


def test_two_different_critical_items_are_two_first_misses() -> None:
    assert said(one(miss(WEEK[3], FAKES), miss(MONDAY))) == [FIRST]
    assert said(one(miss(MONDAY, FAKES), miss(MONDAY))) == [FIRST, FIRST]


def test_an_item_that_is_not_critical_or_no_longer_known_keeps_nobody_by_itself() -> None:
    assert said(one(miss(WEEK[3], GREETING), miss(MONDAY, GREETING))) == []
    assert said(one(miss(WEEK[3], "dropped"), miss(MONDAY, "dropped"))) == []


def test_an_item_whose_case_is_open_is_left_to_that_case() -> None:
    assert said(one(miss(WEEK[3]), miss(MONDAY), opened=COUNTING)) == []
    assert said(one(miss(WEEK[3]), miss(MONDAY), opened=FAKES)) == [AGAIN]


def test_nobody_has_two_cases_of_one_day_the_second_item_is_asked_once_more_in_chat() -> None:
    calls = called(one(miss(WEEK[3], FAKES), miss(WEEK[2]), miss(WEEK[3]), miss(MONDAY, FAKES), miss(MONDAY)))
    assert [(c.tier, c.rule, c.checkpoint, len(c.evidence)) for c in calls] == [
        (*AGAIN, COUNTING, 3),
        (Tier.NOW, Rule.CRITICAL_AGAIN, FAKES, 2),
    ]


def test_a_first_miss_beside_a_second_of_another_item_is_still_asked_once_more() -> None:
    assert said(one(miss(WEEK[3]), miss(MONDAY), miss(MONDAY, FAKES))) == [AGAIN, FIRST]


@pytest.mark.parametrize(
    ("right", "asked", "outcome"),
    [
        (11, 15, [ROLLING]),
        (12, 15, [NEAR]),
        (16, 20, [NEAR]),
        (15, 20, [ROLLING]),
        (17, 20, []),
        (15, 15, []),
        (0, 14, []),
        (0, 15, [ROLLING]),
    ],
    ids=["73 %", "exactly 80 %", "80 % of 20", "75 %", "exactly 85 %", "all right", "14 attempts", "15 attempts"],
)
def test_weak_figures_over_enough_attempts_stay(right: int, asked: int, outcome: list[tuple[Tier, Rule]]) -> None:
    assert said(one(*figures(right, asked))) == outcome


def test_figures_look_back_over_five_working_days() -> None:
    friday_before = date(2026, 11, 16)
    assert said(one(*figures(0, 15, WEEK[0]))) == [ROLLING]
    assert called(one(*figures(0, 15, friday_before)), days=(friday_before, *WEEK)) == ()


def test_the_call_on_figures_says_how_many_were_right_and_what_was_missed() -> None:
    answers = figures(11, 15)
    (call,) = called(one(*answers))
    assert (call.right, call.asked, call.checkpoint, call.evidence) == (11, 15, GREETING, answers[11:])


def test_the_evening_is_about_what_was_missed_most_and_of_equals_last() -> None:
    base = figures(10, 10)
    twice = (
        miss(WEEK[1], FEES),
        miss(WEEK[1], GREETING),
        miss(WEEK[2], GREETING),
        miss(WEEK[3], FEES),
        miss(WEEK[3], FEES),
    )
    assert called(one(*base, *twice))[0].checkpoint == FEES
    equal = (
        miss(WEEK[1], FEES),
        miss(WEEK[1], GREETING),
        miss(WEEK[2], FEES),
        miss(WEEK[3], GREETING),
        miss(WEEK[3], COUNTING),
    )
    assert called(one(*base, *equal))[0].checkpoint == GREETING


def test_a_point_the_bank_has_dropped_counts_in_the_figures_but_is_no_evening() -> None:
    gone = tuple(miss(WEEK[1], "dropped") for _ in range(5))
    assert called(one(*figures(10, 10), *gone)) == ()
    (call,) = called(one(*figures(10, 10), *gone, miss(WEEK[2], FEES)))
    assert (call.checkpoint, call.right, call.asked, len(call.evidence)) == (FEES, 10, 16, 1)


@pytest.mark.parametrize(
    "about", [{"opened": FEES}, {"spared": True}], ids=["a case is open", "just passed an evening"]
)
def test_weak_figures_beside_a_case_are_for_the_trainer_only(about: dict[str, object]) -> None:
    weak = one(*figures(0, 15), opened=str(about.get("opened", "")), spared=bool(about.get("spared")))
    assert said(weak) == [NEAR]


def test_a_passed_evening_spares_nobody_a_critical_item_missed_again() -> None:
    assert said(Staff(person=WANG, on_duty=True, answers=figures(0, 15), empty_days=())) == [ROLLING]  # not spared
    assert said(one(miss(WEEK[3]), miss(MONDAY), spared=True)) == [AGAIN]


def test_one_evening_is_enough_critical_before_figures() -> None:
    weak = one(*figures(0, 15), miss(WEEK[3]), miss(MONDAY))
    assert said(weak) == [AGAIN]


def test_a_first_miss_and_figures_both_stand() -> None:
    assert said(one(*figures(0, 15), miss(MONDAY))) == [ROLLING, FIRST]
    assert said(one(*figures(13, 15), miss(MONDAY))) == [FIRST, NEAR]


def test_a_watch_line_under_the_other_changes_nobody_who_stays() -> None:
    strange = Policy(watch_rate=Fraction(1, 2))
    assert [c.rule for c in called(one(*figures(11, 15)), policy=strange)] == [Rule.ROLLING]
    assert called(one(*figures(12, 15)), policy=strange) == ()


def test_without_a_least_number_of_attempts_nobody_is_called_for_nothing() -> None:
    assert called(one(), policy=Policy(rolling_min=0)) == ()
    assert called(one(*figures(15, 15)), policy=Policy(watch_rate=Fraction(2))) == ()


@pytest.mark.parametrize(
    ("empty", "answered", "outcome"),
    [
        ([MONDAY], [], SILENT),
        ([MONDAY, WEEK[3]], [], TWICE),
        ([MONDAY, WEEK[2]], [WEEK[3]], SILENT),
        ([MONDAY, WEEK[2]], [], TWICE),
        ([MONDAY], [WEEK[3], WEEK[2]], SILENT),
    ],
    ids=["today", "two days in a row", "a day answered between", "a day of leave between", "never before"],
)
def test_silence_is_made_up_for_and_twice_in_a_row_is_told(
    empty: list[date], answered: list[date], outcome: tuple[Tier, Rule]
) -> None:
    spoke = [told(day, GREETING, right=True) for day in answered]
    assert said(one(*spoke, empty=empty)) == [outcome]
    (call,) = called(one(*spoke, empty=empty))
    assert (call.person, call.evidence) == (WANG, ())


def test_silence_is_never_a_wrong_answer_hides_the_rest_and_is_over_the_next_day() -> None:
    assert said(one(empty=[WEEK[3]])) == []
    assert said(one(*figures(0, 15, WEEK[3]), empty=[MONDAY])) == [SILENT]


def test_on_the_first_day_of_a_branch_silence_is_the_first() -> None:
    assert [c.rule for c in called(one(empty=[MONDAY]), days=[MONDAY])] == [Rule.NO_ANSWER]


def test_who_is_off_duty_is_left_out_of_everything() -> None:
    assert said(one(miss(WEEK[3]), miss(MONDAY), empty=[MONDAY], on_duty=False)) == []


def test_the_list_stands_in_the_order_a_trainer_reads_it() -> None:
    staff = [
        one(*figures(16, 20), person=8),
        one(person=7, empty=[MONDAY]),
        one(person=6, empty=[WEEK[3], MONDAY]),
        one(miss(MONDAY), person=5),
        one(*figures(11, 15), person=4),
        one(*figures(0, 15), person=3),
        one(*figures(0, 15), person=2),
        one(miss(WEEK[3]), miss(MONDAY), person=9),
    ]
    order = [9, 2, 3, 4, 5, 6, 7, 8]
    assert [c.person for c in called(*staff)] == [c.person for c in called(*reversed(staff))] == order


ANSWERS = st.builds(
    told, st.sampled_from(WEEK), st.sampled_from([*POINTS, "dropped"]), st.booleans(), st.integers(1, 99)
)
PEOPLE = st.lists(
    st.builds(
        Staff,
        person=st.integers(1, 99),
        on_duty=st.booleans(),
        answers=st.lists(ANSWERS, max_size=25).map(lambda a: tuple(sorted(a, key=lambda t: t.day))),
        empty_days=st.sets(st.sampled_from(WEEK)).map(lambda days: tuple(sorted(days))),
        open_checkpoints=st.frozensets(st.sampled_from(list(POINTS)), max_size=2),
        spared=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda s: s.person,
)


@given(PEOPLE)
def test_whoever_the_people_are_the_laws_hold(staff: list[Staff]) -> None:
    calls = called(*staff)
    by_id = {s.person: s for s in staff}
    staying = [c.person for c in calls if c.tier is Tier.STAYS]
    assert len(staying) == len(set(staying))
    assert len({(c.person, c.rule, c.checkpoint) for c in calls}) == len(calls)
    for call in calls:
        person = by_id[call.person]
        assert person.on_duty
        assert call.tier in {Tier.MAKEUP, Tier.STAYS} if MONDAY in person.empty_days else call.tier is not Tier.MAKEUP
        if call.tier is Tier.STAYS or call.tier is Tier.NOW:
            assert call.checkpoint in POINTS
            assert call.checkpoint not in person.open_checkpoints
        assert all(not t.right and t.checkpoint == call.checkpoint and t in person.answers for t in call.evidence)
        if call.rule is Rule.ROLLING:
            assert not person.spared
            assert call.right * 5 < call.asked * 4


@given(PEOPLE, st.integers(0, 4))
def test_a_miss_corrected_never_makes_more_people_stay(staff: list[Staff], which: int) -> None:
    def corrected(person: Staff) -> Staff:
        return replace(
            person, answers=tuple(replace(t, right=t.right or i == which) for i, t in enumerate(person.answers))
        )

    before = {c.person for c in called(*staff) if c.tier is Tier.STAYS}
    assert {c.person for c in called(*map(corrected, staff)) if c.tier is Tier.STAYS} <= before
