"""What the meeting is about, and its one question for everybody."""

from datetime import date, timedelta
from random import Random

from bot.content import load, parse, shipped
from drills.people import Post
from drills.questions import Bank, One, Truth
from drills.shared import Rate, choose_focus, choose_shared, weakest

DAY = date(2026, 11, 23)
BANK = parse(load(shipped()).body).bank
COUNTING, SHOES = "cash.count-before-customer", "dress.shoes"
ALL = frozenset(Post)


def test_the_weakest_comes_first_and_what_nobody_missed_is_not_weak() -> None:
    rates = [
        Rate(checkpoint="a", right=5, asked=5),
        Rate(checkpoint="b", right=1, asked=2),
        Rate(checkpoint="c", right=2, asked=4),
        Rate(checkpoint="d", right=3, asked=4),
    ]
    assert weakest(rates) == ("c", "b", "d")


def test_the_focus_is_the_weakest_that_was_not_spoken_of_lately() -> None:
    assert choose_focus(BANK, ["gone", COUNTING, SHOES], [], DAY) == COUNTING
    assert choose_focus(BANK, ["gone", COUNTING, SHOES], [COUNTING], DAY) == SHOES


def test_without_a_weak_one_the_checkpoints_take_turns() -> None:
    days = [choose_focus(BANK, [], [], DAY + timedelta(n)) for n in range(len(BANK.checkpoints))]
    assert sorted(days) == sorted(BANK.checkpoints)
    assert choose_focus(Bank(topics={}, checkpoints={}), [], [], DAY) == ""


def test_it_is_of_the_wanted_checkpoint_by_one_tap_for_all_posts() -> None:
    for seed in range(30):
        question = choose_shared(BANK, {Post.TELLER}, [COUNTING], (), DAY, Random(seed))
        assert isinstance(question, One | Truth)
        assert question.checkpoint == COUNTING
        for_all = choose_shared(BANK, ALL, [SHOES], (), DAY, Random(seed))
        assert for_all is not None
        assert for_all.posts == ALL, "guards have no question on shoes: what all are meant by goes first"


def test_what_somebody_has_before_them_today_is_not_asked() -> None:
    own = {q.code for q in BANK.questions.values() if q.checkpoint == COUNTING}
    question = choose_shared(BANK, ALL, [COUNTING], own, DAY, Random(1))
    assert question is not None
    assert question.checkpoint != COUNTING
    assert choose_shared(BANK, ALL, [], set(BANK.questions), DAY, Random(1)) is None
    assert choose_shared(BANK, ALL, [], (), date(1990, 1, 1), Random(1)) is None
