"""What holds of every morning and evening, whatever was answered before; and the corners of a case to verify."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.choosing import WEAK_MOST, Pick, Reason, choose, choose_evening
from drills.people import Post
from drills.policy import Policy
from drills.questions import Bank
from drills.spacing import Past
from tests.drills.bank import DAY, make

BANK = make()
CODES = sorted(BANK.questions)
NOTHING: Mapping[str, frozenset[str]] = {}
A_CASE = {"a.1": frozenset({"a.1-1", "a.1-3"})}  # leaves a.1-2


def told(code: str, ago: int, *, right: bool = True, first: bool = True) -> Past:
    day = DAY - timedelta(ago)
    return Past(question=code, checkpoint=code.partition("-")[0], day=day, right=right, first=first)


def morning(
    past: Sequence[Past],
    seed: int,
    verify: Mapping[str, frozenset[str]] = NOTHING,
    bank: Bank = BANK,
    dose: int = 5,
) -> tuple[Pick, ...]:
    return choose(bank, Post.TELLER, past, DAY, Random(seed), Policy(dose=dose), verify)


def picked(picks: Sequence[Pick], reason: Reason) -> list[str]:
    return [p.question for p in picks if p.reason is reason]


PASTS = st.lists(
    st.builds(told, st.sampled_from(CODES), st.integers(0, 40), right=st.booleans(), first=st.booleans()), max_size=40
).map(lambda past: sorted(past, key=lambda p: p.day))
VERIFY = st.dictionaries(
    st.sampled_from(["a.1", "b.2", "d.1", "gone"]), st.frozensets(st.sampled_from(CODES), max_size=9), max_size=3
)
SEEDS = st.integers(0, 2**32)


@given(PASTS, VERIFY, SEEDS, st.integers(1, 20))
def test_every_morning(past: list[Past], verify: dict[str, frozenset[str]], seed: int, dose: int) -> None:
    picks = morning(past, seed, verify, dose=dose)
    codes, known = {p.question for p in picks}, {p.question for p in past}
    today = {p.question for p in past if p.day == DAY}
    assert len(codes) == len(picks) == min(dose, len(CODES))
    assert not codes & today or set(CODES) - today <= codes  # seen today only where nothing else is left
    assert len(picked(picks, Reason.PROBE)) == bool(set(CODES) - today)
    assert len(picked(picks, Reason.VERIFY)) + len(picked(picks, Reason.CRITICAL)) <= 1
    assert len(picked(picks, Reason.WEAK)) <= WEAK_MOST
    assert not known & set(picked(picks, Reason.NEW))
    assert set(picked(picks, Reason.DUE)) <= known
    for code in picked(picks, Reason.VERIFY):
        point = code.partition("-")[0]
        others = {c for c in CODES if c.startswith(f"{point}-")} - verify[point]
        assert code in others or not others
    assert morning(past, seed, verify, dose=dose) == picks


@given(PASTS, st.sampled_from(["a.1", "c.1", "gone"]), SEEDS)
def test_every_evening(past: list[Past], checkpoint: str, seed: int) -> None:
    picks = choose_evening(BANK, Post.TELLER, past, checkpoint, DAY, Random(seed), Policy())
    codes, today = [p.question for p in picks], {p.question for p in past if p.day == DAY}
    assert len(codes) == len(set(codes)) == Policy().evening_dose
    assert checkpoint == "gone" or codes[0].startswith(checkpoint)
    assert not set(codes[1:]) & today or set(CODES) - today <= set(codes)
    assert choose_evening(BANK, Post.TELLER, past, checkpoint, DAY, Random(seed), Policy()) == picks


def test_if_the_probe_drew_the_only_other_question_the_case_waits() -> None:
    mornings = [morning((), seed, A_CASE) for seed in range(80)]
    took = [picks for picks in mornings if picked(picks, Reason.PROBE) == ["a.1-2"]]
    assert took
    assert all(picked(picks, Reason.VERIFY) == ["a.1-2"] for picks in mornings if picks not in took)
    assert not any(picked(picks, Reason.VERIFY) for picks in took)


def test_another_question_seen_today_is_waited_for() -> None:
    past = [told("a.1-1", 2), told("a.1-3", 2), told("a.1-2", 0, first=False)]
    assert not any(picked(morning(past, seed, A_CASE), Reason.VERIFY) for seed in range(60))


def test_a_used_up_point_is_verified_by_the_question_seen_longest_ago() -> None:
    spent = {"d.1": frozenset({"d.1-1", "d.1-2", "d.1-3"})}
    past = [told("d.1-2", 9), told("d.1-3", 5), told("d.1-1", 4)]
    for seed in range(40):
        picks = morning(past, seed, spent)
        first = "d.1-3" if picked(picks, Reason.PROBE) == ["d.1-2"] else "d.1-2"
        assert picked(picks, Reason.VERIFY) == [first]


def test_a_point_with_other_questions_is_verified_before_a_used_up_one() -> None:
    both = {"d.1": frozenset({"d.1-1", "d.1-2", "d.1-3"}), **A_CASE}
    for seed in range(40):
        picks = morning([told("d.1-1", 3)], seed, both)
        probe, verify = picked(picks, Reason.PROBE), picked(picks, Reason.VERIFY)
        assert verify[0].startswith("d.1") if probe == ["a.1-2"] else verify == ["a.1-2"]


def test_a_case_to_verify_comes_before_a_critical_point() -> None:
    bank, past = make(critical="c.1"), [told("c.1-1", 1, right=False)]
    for seed in range(40):
        picks = morning(past, seed, A_CASE, bank)
        assert not (picked(picks, Reason.VERIFY) and picked(picks, Reason.CRITICAL))
        if picked(picks, Reason.PROBE) != ["a.1-2"]:
            assert picked(picks, Reason.VERIFY) == ["a.1-2"]


def test_every_question_missed_of_a_critical_point_is_spared_while_another_is_left() -> None:
    bank = make(critical="c.1")
    past = [told("c.1-2", 9), told("c.1-3", 1, right=False), told("c.1-1", 1, right=False)]
    for seed in range(40):
        picks = morning(past, seed, bank=bank)
        again = "c.1-3" if picked(picks, Reason.PROBE) == ["c.1-2"] else "c.1-2"
        assert picked(picks, Reason.CRITICAL) == [again]


@pytest.mark.parametrize(("ago", "reason"), [(2, Reason.DUE), (1, Reason.FILL)])
def test_a_repeat_is_due_on_its_day_and_not_before(ago: int, reason: Reason) -> None:
    bank = make({"a": {"a.1": 1}, "b": {"b.1": 1}})
    mornings = [morning([told("a.1-1", ago)], seed, bank=bank) for seed in range(20)]
    assert {p.reason for picks in mornings for p in picks if p.question == "a.1-1"} == {Reason.PROBE, reason}


def test_with_nothing_new_more_repeats_come_before_what_rests() -> None:
    bank = make({topic: {f"{topic}.1": 1} for topic in "abcdef"})
    past = [told("f.1-1", 30), *(told(f"{topic}.1-1", 10) for topic in "abcde"), told("f.1-1", 1)]
    for seed in range(40):
        picks = morning(past, seed, bank=bank)
        if picked(picks, Reason.PROBE) != ["f.1-1"]:
            assert len(picked(picks, Reason.DUE)) == 4


def test_of_the_weak_the_weakest_point_first() -> None:
    bank = make({topic: {f"{topic}.1": 8} for topic in "abc"})
    past = [told("a.1-1", 0, right=False), told("a.1-2", 0), told("b.1-1", 0, right=False), told("c.1-1", 0)]
    for seed in range(40):
        (weak,) = picked(morning(past, seed, bank=bank, dose=2), Reason.WEAK)
        assert weak.startswith("b.1")


def test_of_what_was_seen_today_the_first_seen_comes_back_first() -> None:
    bank = make({"a": {"a.1": 3}, "b": {"b.1": 1}})
    past = [told("a.1-1", 0), told("b.1-1", 0), told("a.1-2", 0)]
    assert all(picked(morning(past, seed, bank=bank, dose=2), Reason.FILL) == ["a.1-1"] for seed in range(9))


def test_a_narrow_bank_gives_more_of_a_topic_rather_than_fewer_questions() -> None:
    picks = morning((), 1, bank=make({"a": {"a.1": 9}}))
    assert sorted(p.reason for p in picks) == ["new"] * 4 + ["probe"]


def test_an_evening_prefers_other_topics_to_what_was_seen_that_day() -> None:
    past = [told("a.1-1", 0, right=False), told("a.2-1", 0), told("a.2-2", 0)]
    for seed in range(20):
        picks = choose_evening(BANK, Post.TELLER, past, "a.1", DAY, Random(seed), Policy())
        codes = [p.question for p in picks]
        assert set(codes[:3]) == {"a.1-2", "a.1-3", "a.2-3"}
        assert all(not code.startswith("a") for code in codes[3:])


def test_nothing_is_asked_before_it_holds() -> None:
    assert choose_evening(BANK, Post.TELLER, (), "a.1", date(2019, 12, 31), Random(1), Policy()) == ()
