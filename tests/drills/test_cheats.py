from datetime import date
from fractions import Fraction
from random import Random

import pytest

from drills.cheats import Cheat, gain, gains, options
from drills.people import Post
from drills.questions import One, Source, Wrong


def one(right: str, *wrong: str, stem: str = "题干") -> One:
    return One(
        code="q",
        checkpoint="c",
        posts=frozenset(Post),
        stem=stem,
        why="因为。",
        source=Source(document="某文件"),
        valid_from=date(2020, 1, 1),
        right=right,
        wrong=tuple(Wrong(text=w, mistake="错。") for w in wrong),
    )


@pytest.mark.parametrize(
    ("question", "chance"),
    [
        (one("很长的答案", "短", "短的"), Fraction(1)),
        (one("短", "很长的答案", "短的"), Fraction(0)),
        (one("两字", "二字", "一"), Fraction(1, 2)),
        (one("同长", "同样", "一样"), Fraction(1, 3)),
    ],
)
def test_longest(question: One, chance: Fraction) -> None:
    assert gain(Cheat.LONGEST, question) == chance - Fraction(1, 3)


@pytest.mark.parametrize(
    ("question", "chance"),
    [
        (one("5 元", "2 元", "10 元"), Fraction(1)),
        (one("2 元", "5 元", "10 元"), Fraction(0)),
        (one("5 元", "2 元", "10 元", "20 元"), Fraction(1, 2)),
        (one("2,000 元", "300 元", "0.5 元", "10,000 元"), Fraction(1, 2)),
        (one("15 日", "15 个工作日", "30 日", "60 日"), Fraction(1, 4)),
        (one("15 日", "15 个工作日", "7 日", "60 日"), Fraction(1, 2)),
        (one("5 元", "免费", "10 元"), Fraction(1, 3)),
        (one("5 元", "2 元到 4 元", "10 元"), Fraction(1, 3)),
    ],
)
def test_middle(question: One, chance: Fraction) -> None:
    assert gain(Cheat.MIDDLE, question) == chance - Fraction(1, len(question.wrong) + 1)


@pytest.mark.parametrize(
    ("question", "chance"),
    [
        (one("当面清点", "回家再数", "不用数", stem="为什么要当面清点?"), Fraction(1)),
        (one("是", "当面清点", "不是", stem="要当面清点吗?"), Fraction(0)),
        (one("甲", "乙", "丙", stem="哪个?"), Fraction(1, 3)),
        (one("清点", "清点", "不", stem="请清点"), Fraction(1, 2)),
    ],
)
def test_shared_words(question: One, chance: Fraction) -> None:
    assert gain(Cheat.SHARED, question) == chance - Fraction(1, 3)


def test_gains_are_means_over_the_bank() -> None:
    bank = [one("很长的答案", "短", "短的"), one("短", "很长的答案", "短的")]
    assert gains(bank)[Cheat.LONGEST] == Fraction(1, 2) - Fraction(1, 3)


def test_nothing_is_gained_where_nothing_is_asked() -> None:
    assert gains([]) == dict.fromkeys(Cheat, Fraction(0))


def test_the_exact_figure_is_what_dice_come_to() -> None:
    dice = Random(1)
    bank = [one("a" * dice.randint(1, 4), *("b" * dice.randint(1, 4) for _ in range(3))) for _ in range(50)]
    hits = 0
    for _ in range(400):
        for question in bank:
            shuffled = list(enumerate(options(question)))
            dice.shuffle(shuffled)
            hits += max(shuffled, key=lambda o: len(o[1]))[0] == 0
    assert abs(hits / 20000 - 0.25 - float(gains(bank)[Cheat.LONGEST])) < 0.02
