from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from random import Random

import pytest

from bot.content import load, parse, shipped
from bot.rehearsal.mind import Mind
from drills.marking import Choice, Shown, Written, mark, show
from drills.questions import Bank


@pytest.fixture(scope="module")
def bank() -> Bank:
    return parse(load(shipped()).body).bank


def shown_of_every_kind(bank: Bank) -> Iterator[Shown]:
    kinds: dict[str, int] = {}
    for question in bank.questions.values():
        drawn = show(question, 7)
        if kinds.setdefault(drawn.kind, 0) < 12:
            kinds[drawn.kind] += 1
            yield drawn
    assert len(kinds) == 4


def verdict(shown: Shown, said: str) -> bool:
    chosen = Written(said) if shown.answer is not None else Choice(frozenset(int(i) for i in said.split(",")))
    return mark(shown, chosen).right


@pytest.mark.parametrize("ability", [0.0, 1.0])
def test_who_knows_is_right_and_who_does_not_is_wrong_in_every_kind_of_question(bank: Bank, ability: float) -> None:
    for number, shown in zip(count(), shown_of_every_kind(bank)):
        mind = Mind(Random(number), ability, diligence=1.0)
        assert verdict(shown, mind.answer(shown, "cash.count-before-customer")) == bool(ability), shown


def test_a_wrong_verdict_teaches_more_than_a_right_one_and_a_night_takes_some_of_it() -> None:
    mind = Mind(Random(1), 0.5, diligence=1.0)
    mind.learn("a", knew=False)
    mind.learn("b", knew=True)
    assert 0.5 < mind.chance("b") < mind.chance("a") < 1
    evening = mind.chance("a")
    mind.sleep()
    assert 0.5 < mind.chance("a") < evening
    assert mind.chance("never drilled") == 0.5


def test_practice_leads_up_and_a_blind_spot_stays() -> None:
    mind = Mind(Random(1), 0.4, diligence=1.0, blind=frozenset({"blind"}))
    for _ in range(20):
        mind.learn("a", knew=True)
        mind.learn("blind", knew=False)
    assert mind.chance("a") > 0.85
    assert mind.chance("blind") < 0.05


def test_who_is_diligent_mostly_comes() -> None:
    mind = Mind(Random(1), 0.5, diligence=0.95)
    assert 900 < sum(mind.comes_today() for _ in range(1000)) < 985
    assert not Mind(Random(1), 0.5, diligence=0.0).comes_today()


def test_amounts_are_said_as_people_write_them() -> None:
    shown = Shown(question="q", kind="amount", stem="多少？", answer=Fraction(5, 2), unit="元")
    assert Mind(Random(1), 1.0, diligence=1.0).answer(shown, "x") == "2.5"
