from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drills.choosing import Pick, Reason, choose, choose_evening, choose_retry
from drills.people import Post
from drills.policy import Policy
from drills.questions import Bank
from drills.spacing import Past
from tests.drills.bank import DAY, make, question

POLICY = Policy()
WIDE = {topic: {f"{topic}.1": 3, f"{topic}.2": 3} for topic in "abcdef"}
SEEDS = st.integers(0, 2**32)


def told(code: str, ago: int, *, right: bool = True, first: bool = True) -> Past:
    """An answer so many days before today; a question's code says its checkpoint."""
    checkpoint = code.partition("-")[0]
    return Past(question=code, checkpoint=checkpoint, day=DAY - timedelta(ago), right=right, first=first)


def history(*answers: Past) -> list[Past]:
    return sorted(answers, key=lambda answer: answer.day)


def morning(bank: Bank, *past: Past, seed: int = 1, policy: Policy = POLICY) -> tuple[Pick, ...]:
    return choose(bank, Post.TELLER, history(*past), DAY, Random(seed), policy)


def picked(picks: tuple[Pick, ...], reason: Reason) -> list[str]:
    return [p.question for p in picks if p.reason is reason]


PAST = st.lists(
    st.builds(
        told,
        st.sampled_from(sorted(make(WIDE).questions)),
        st.integers(0, 40),
        right=st.booleans(),
        first=st.booleans(),
    ),
    max_size=60,
).map(lambda answers: history(*answers))


@given(PAST, SEEDS)
def test_a_morning_is_five_different_questions_one_of_them_a_probe(past: list[Past], seed: int) -> None:
    picks = choose(make(WIDE), Post.TELLER, past, DAY, Random(seed), POLICY)
    assert len({p.question for p in picks}) == len(picks) == 5
    assert len(picked(picks, Reason.PROBE)) == 1
    assert len(picked(picks, Reason.VERIFY)) + len(picked(picks, Reason.CRITICAL)) <= 1


@given(PAST, SEEDS)
def test_same_history_and_same_dice_same_morning(past: list[Past], seed: int) -> None:
    bank = make(WIDE)
    assert choose(bank, Post.TELLER, past, DAY, Random(seed), POLICY) == choose(
        bank, Post.TELLER, past, DAY, Random(seed), POLICY
    )


@given(PAST, SEEDS)
def test_at_most_two_of_a_topic_and_never_side_by_side(past: list[Past], seed: int) -> None:
    bank = make(WIDE, critical="a.1")
    fresh = [p for p in past if p.day != DAY]
    picks = choose(bank, Post.TELLER, fresh, DAY, Random(seed), POLICY, {"b.1": frozenset({"b.1-1"})})
    topics = [bank.topic_of(bank.questions[p.question]) for p in picks]
    assert max(Counter(topics).values()) <= 2
    assert all(a != b for a, b in pairwise(topics))


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), min_size=1), SEEDS)
def test_neighbours_differ_wherever_some_order_allows_it(sizes: dict[str, int], seed: int) -> None:
    bank = make({topic: {f"{topic}.1": n} for topic, n in sizes.items()})
    topics = [bank.topic_of(bank.questions[p.question]) for p in morning(bank, seed=seed)]
    clashes = sum(a == b for a, b in pairwise(topics))
    assert clashes == min(sum(a == b for a, b in pairwise(order)) for order in permutations(topics))


def test_the_probe_is_uniform_whatever_else_is_wanted() -> None:
    bank = make({"a": {"a.1": 3}, "b": {"b.1": 3}, "c": {"c.1": 3}, "d": {"d.1": 3}}, critical="a.1")
    past = history(told("a.1-1", 1, right=False), told("b.1-1", 3), told("c.1-1", 2, right=False), told("c.1-2", 1))
    verify = {"d.1": frozenset({"d.1-1"})}
    drawn = Counter(
        picked(choose(bank, Post.TELLER, past, DAY, Random(seed), POLICY, verify), Reason.PROBE)[0]
        for seed in range(2400)
    )
    assert sum((drawn[code] - 200) ** 2 / 200 for code in bank.questions) < 31.3  # chi-square, 11 degrees, p = 0.001


def test_the_probe_has_no_place_of_its_own() -> None:
    places = Counter([p.reason for p in morning(make(WIDE), seed=seed)].index(Reason.PROBE) for seed in range(1000))
    assert all(130 < places[i] < 270 for i in range(5))


def test_a_new_colleague_gets_a_probe_and_new_questions() -> None:
    reasons = Counter(p.reason for p in morning(make(WIDE)))
    assert reasons == {Reason.PROBE: 1, Reason.NEW: 4}


def test_a_critical_point_missed_yesterday_comes_back_with_another_question() -> None:
    bank = make(WIDE, critical="a.1")
    for seed in range(30):
        picks = morning(bank, told("a.1-1", 1, right=False), told("b.1-1", 1), seed=seed)
        again = picked(picks, Reason.CRITICAL)
        assert again or picked(picks, Reason.PROBE)[0].startswith("a.")
        assert "a.1-1" not in again


def test_a_critical_point_is_missed_on_the_last_day_with_answers_even_before_a_holiday() -> None:
    bank = make({"a": {"a.1": 9}}, critical="a.1")
    assert picked(morning(bank, told("a.1-1", 9, right=False)), Reason.CRITICAL)
    assert not picked(morning(bank, told("a.1-1", 9, right=False), told("a.1-2", 8)), Reason.CRITICAL)


def test_a_missed_retry_forces_nothing_on_the_next_morning() -> None:
    bank = make({"a": {"a.1": 9}}, critical="a.1")
    assert not picked(morning(bank, told("a.1-1", 1), told("a.1-2", 1, right=False, first=False)), Reason.CRITICAL)


def test_a_missed_point_that_is_not_critical_forces_nothing() -> None:
    assert not picked(morning(make(WIDE, critical="f.1"), told("a.1-1", 1, right=False)), Reason.CRITICAL)


def test_a_passed_case_is_verified_by_a_question_it_did_not_use() -> None:
    bank, used = make(WIDE, critical="b.1"), {"a.1": frozenset({"a.1-1", "a.1-2"})}
    past = history(told("a.1-1", 3), told("a.1-2", 2), told("b.1-1", 1, right=False))
    for seed in range(40):
        picks = choose(bank, Post.TELLER, past, DAY, Random(seed), POLICY, used)
        if "a.1-3" not in picked(picks, Reason.PROBE):
            assert picked(picks, Reason.VERIFY) == ["a.1-3"] or picked(picks, Reason.PROBE)[0].startswith("a.")
            assert not (picked(picks, Reason.VERIFY) and picked(picks, Reason.CRITICAL))


def test_a_checkpoint_without_another_question_is_verified_by_a_used_one() -> None:
    bank = make({"a": {"a.1": 2}, "b": {"b.1": 9}})
    used = {"a.1": frozenset({"a.1-1", "a.1-2"})}
    past = history(told("a.1-1", 3), told("a.1-2", 1))
    seen = {
        code
        for seed in range(40)
        for code in picked(choose(bank, Post.TELLER, past, DAY, Random(seed), POLICY, used), Reason.VERIFY)
    }
    assert "a.1-1" in seen  # the one asked longest ago, unless the probe took it


def test_the_longest_overdue_comes_first() -> None:
    bank = make({topic: {f"{topic}.1": 1} for topic in "abcdefgh"})
    due = [told("a.1-1", 3), told("b.1-1", 9), told("c.1-1", 5), told("d.1-1", 1)]
    for seed in range(30):
        picks = morning(bank, *due, seed=seed, policy=Policy(dose=2))
        if not set(picked(picks, Reason.PROBE)) & {"b.1-1"}:
            assert picked(picks, Reason.DUE) == ["b.1-1"]


def test_a_backlog_of_repeats_leaves_room_for_new_questions() -> None:
    bank = make({topic: {f"{topic}.1": 2} for topic in "abcdefghij"})
    for seed in range(30):
        picks = morning(bank, *[told(f"{topic}.1-1", 30) for topic in "abcdefgh"], seed=seed)
        assert len(picked(picks, Reason.DUE)) == 2
        assert len(picked(picks, Reason.NEW)) == 2


def test_the_weakest_checkpoint_is_asked_with_another_question_than_the_missed_one() -> None:
    bank = make({topic: {f"{topic}.1": 3} for topic in "abcdef"})
    weak = [told("a.1-1", 0, right=False), told("b.1-1", 0), told("b.1-1", 0, right=False)]
    for seed in range(30):
        picks = morning(bank, *weak, seed=seed)
        assert {"a.1-1", "b.1-1"}.isdisjoint(p.question for p in picks)
        assert {code[0] for code in picked(picks, Reason.WEAK)} <= {"a", "b"}
        assert picked(picks, Reason.WEAK)


def test_a_checkpoint_right_five_times_since_is_not_weak_any_more() -> None:
    bank = make({"a": {"a.1": 9}, "b": {"b.1": 9}, "c": {"c.1": 9}})
    old, since = told("a.1-retired", 9, right=False), [told("a.1-2", n) for n in range(5, 1, -1)]
    weak = [picked(morning(bank, old, *since, seed=seed), Reason.WEAK) for seed in range(20)]
    forgiven = [picked(morning(bank, old, *since, told("a.1-3", 1), seed=seed), Reason.WEAK) for seed in range(20)]
    assert all(codes and codes[0].startswith("a.") for codes in weak)
    assert not any(forgiven)


def test_when_everything_was_asked_and_rests_the_longest_ago_fills() -> None:
    bank = make({topic: {f"{topic}.1": 1} for topic in "abcdef"})
    yesterday = [told(f"{topic}.1-1", 1) for topic in "abcde"]
    picks = morning(bank, told("f.1-1", 2), *yesterday, policy=Policy(dose=2, spacing=()))
    assert picked(picks, Reason.PROBE) == ["f.1-1"] or picked(picks, Reason.FILL) == ["f.1-1"]


def test_a_small_bank_gives_fewer_and_an_empty_one_nothing() -> None:
    assert len(morning(make({"a": {"a.1": 3}}))) == 3
    assert morning(make({})) == ()
    assert choose(make(WIDE), Post.GUARD, [], DAY, Random(1), POLICY) == ()


def test_one_topic_alone_gives_a_whole_morning_all_the_same() -> None:
    assert len(morning(make({"a": {"a.1": 9}}))) == 5


def test_what_was_asked_today_comes_again_only_where_there_is_nothing_else() -> None:
    bank = make({"a": {"a.1": 4}, "b": {"b.1": 4}})
    today = [told(f"a.1-{n}", 0) for n in range(1, 4)]
    for seed in range(20):
        codes = {p.question for p in morning(bank, *today, seed=seed)}
        assert codes == {"a.1-4", "b.1-1", "b.1-2", "b.1-3", "b.1-4"}
    assert len(morning(make({"a": {"a.1": 4}}), *today)) == 4


def test_checkpoints_that_left_the_bank_are_forgotten() -> None:
    assert len(morning(make(WIDE), told("z.1-1", 1, right=False))) == 5


def test_no_question_is_asked_before_it_holds_or_of_another_post() -> None:
    bank = make({"a": {"a.1": 1}})
    guard = question("a.1-9", "a.1", Post.GUARD)
    both = Bank(topics=bank.topics, checkpoints=bank.checkpoints, questions={**bank.questions, guard.code: guard})
    assert [p.question for p in morning(both)] == ["a.1-1"]
    assert choose(bank, Post.TELLER, [], date(2019, 12, 31), Random(1), POLICY) == ()


def evening(bank: Bank, *past: Past, checkpoint: str = "a.1", seed: int = 1) -> list[str]:
    picks = choose_evening(bank, Post.TELLER, history(*past), checkpoint, DAY, Random(seed), POLICY)
    assert {p.reason for p in picks} <= {Reason.EVENING}
    return [p.question for p in picks]


def test_an_evening_begins_with_the_missed_point_and_stays_on_its_topic() -> None:
    for seed in range(20):
        codes = evening(make(WIDE), told("a.1-1", 0, right=False), seed=seed)
        assert len(set(codes)) == 5
        assert codes[0] in {"a.1-2", "a.1-3"}
        assert all(code.startswith("a.") for code in codes)
        assert "a.1-1" not in codes


def test_a_topic_too_small_is_filled_with_fresh_questions_of_others() -> None:
    bank = make({"a": {"a.1": 3}, "b": {"b.1": 9}})
    codes = evening(bank, told("a.1-1", 0, right=False), told("b.1-1", 0))
    assert {code for code in codes if code.startswith("a")} == {"a.1-2", "a.1-3"}
    assert "b.1-1" not in codes
    assert len(codes) == 5


def test_the_only_question_of_a_point_is_asked_again_in_the_evening() -> None:
    codes = evening(make({"a": {"a.1": 1, "a.2": 9}}), told("a.1-1", 0, right=False))
    assert codes[0] == "a.1-1"


def test_an_evening_does_not_begin_with_a_miss_that_was_just_explained() -> None:
    past = [told("a.1-1", 20, right=False), told("a.1-2", 9), told("a.1-3", 0, right=False)]
    bank = make({"a": {"a.1": 3, "a.2": 9}})
    assert evening(bank, *past)[0] == "a.1-2"
    assert evening(make({"a": {"a.1": 2, "a.2": 9}}), past[0], told("a.1-2", 0, right=False))[0] == "a.1-1"
    long_ago = told("a.1-1", 31, right=False)
    assert evening(bank, long_ago, *past[1:])[0] == "a.1-1"


def test_questions_never_asked_come_before_those_asked_longest_ago() -> None:
    past = [told("a.1-1", 2), told("a.1-2", 9), told("a.1-3", 5)]
    codes = evening(make({"a": {"a.1": 3, "a.2": 2}}), *past)
    assert codes[0] == "a.1-2"
    assert set(codes[1:3]) == {"a.2-1", "a.2-2"}
    assert codes[3:] == ["a.1-3", "a.1-1"]


def test_a_point_that_left_the_bank_leaves_an_evening_of_others() -> None:
    assert len(evening(make(WIDE), checkpoint="z.9")) == 5


def test_a_bank_of_today_only_is_asked_once_more() -> None:
    assert sorted(evening(make({"a": {"a.1": 2}}), told("a.1-1", 0), told("a.1-2", 0))) == ["a.1-1", "a.1-2"]


def retry(bank: Bank, *past: Past, seed: int = 1) -> Pick | None:
    return choose_retry(bank, Post.TELLER, history(*past), "a.1", DAY, Random(seed))


def test_a_retry_is_another_question_of_the_point() -> None:
    missed = told("a.1-1", 0, right=False)
    drawn = {retry(make(WIDE), missed, seed=seed) for seed in range(20)}
    assert drawn == {Pick("a.1-2", Reason.RETRY), Pick("a.1-3", Reason.RETRY)}


def test_with_all_asked_today_a_retry_takes_the_one_asked_first() -> None:
    past = [told("a.1-2", 0), told("a.1-3", 0), told("a.1-1", 0, right=False)]
    assert retry(make(WIDE), *past) == Pick("a.1-2", Reason.RETRY)


def test_the_only_question_of_a_point_is_drawn_anew() -> None:
    assert retry(make({"a": {"a.1": 1}}), told("a.1-1", 0, right=False)) == Pick("a.1-1", Reason.RETRY)


def test_without_a_question_there_is_no_retry() -> None:
    assert retry(make({"b": {"b.1": 1}})) is None
