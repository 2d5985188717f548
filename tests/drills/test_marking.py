import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.letters import FALSE, TRUE
from drills.marking import Choice, Shown, Written, mark, show
from drills.people import Post
from drills.questions import Amount, Case, One, Question, Several, Source, Truth, Wrong
from drills.refused import Refused

ABOUT: dict[str, Any] = {
    "code": "q1",
    "checkpoint": "cash.count-before-customer",
    "posts": frozenset({Post.TELLER}),
    "stem": "点完现金后怎么做？",
    "why": "当面清点，当面交接。",
    "source": Source(document="某制度"),
    "valid_from": date(2020, 1, 1),
}
ONE = One(
    **ABOUT,
    right="请客户当面清点",
    wrong=(Wrong(text="直接收起", mistake="省一步"), Wrong(text="请大堂清点", mistake="推给别人")),
)
SEVERAL = Several(
    **ABOUT,
    right=("唱收", "唱付"),
    wrong=(Wrong(text="沉默", mistake="怕打扰"), Wrong(text="背身点", mistake="离开视线")),
)
TRUE_ONE = Truth(**ABOUT, truth=True, mistake="以为可免")
FALSE_ONE = Truth(**ABOUT, truth=False, mistake="以为必须")
AMOUNT = Amount(
    **{**ABOUT, "stem": "转 {sum} 元收多少？"},
    unit="元",
    cases=(
        Case(values={"sum": "2,000"}, answer=Fraction(2)),
        Case(values={"sum": "5,000"}, answer=Fraction(5)),
        Case(values={"sum": "15,000"}, answer=Fraction(9, 2)),
    ),
)
SEEDS = st.integers(0, 2**31 - 1)
EVERY = st.sampled_from([ONE, SEVERAL, TRUE_ONE, FALSE_ONE, AMOUNT])


def place(shown: Shown, *texts: str) -> Choice:
    return Choice(frozenset(shown.options.index(text) for text in texts))


@given(EVERY, SEEDS)
def test_the_same_seed_shows_the_same(question: Question, seed: int) -> None:
    assert show(question, seed) == show(question, seed)


@given(EVERY, SEEDS)
def test_what_was_shown_survives_the_row_it_is_stored_in(question: Question, seed: int) -> None:
    shown = show(question, seed)
    assert Shown.from_json(json.loads(json.dumps(shown.to_json(), ensure_ascii=False))) == shown


@given(st.sampled_from([ONE, SEVERAL]), SEEDS)
def test_shuffling_loses_no_option_and_keeps_the_key_beside_its_text(question: One | Several, seed: int) -> None:
    shown = show(question, seed)
    rights = (question.right,) if isinstance(question, One) else question.right
    confusions = {wrong.text: wrong.mistake for wrong in question.wrong}
    assert sorted(shown.options) == sorted([*rights, *confusions])
    assert {shown.options[i] for i in shown.right} == set(rights)
    assert shown.mistakes == tuple(confusions.get(text, "") for text in shown.options)


def test_the_right_option_stands_everywhere_equally_often() -> None:
    where = Counter(min(show(ONE, seed).right) for seed in range(3000))
    expected = 3000 / 3
    assert sum((where[i] - expected) ** 2 / expected for i in range(3)) < 13.8  # chi-square, 2 degrees, p = 0.001


def test_a_wrong_option_without_a_confusion_is_still_wrong() -> None:
    shown = show(One(**ABOUT, right="甲", wrong=(Wrong(text="乙", mistake=""),)), 7)
    assert len(shown.right) == 1
    assert not mark(shown, place(shown, "乙")).right


def test_neighbours_draw_different_sums() -> None:
    stems = {show(AMOUNT, seed).stem for seed in range(50)}
    assert stems == {"转 2,000 元收多少？", "转 5,000 元收多少？", "转 15,000 元收多少？"}


@given(SEEDS)
def test_the_right_option_is_right_and_a_wrong_one_names_its_confusion(seed: int) -> None:
    shown = show(ONE, seed)
    right, wrong = mark(shown, place(shown, "请客户当面清点")), mark(shown, place(shown, "直接收起"))
    assert (right.right, right.mistake) == (True, "")
    assert (wrong.right, wrong.mistake) == (False, "省一步")
    assert wrong.said == str(shown.options.index("直接收起"))


@given(SEEDS, st.sets(st.integers(0, 3), min_size=1))
def test_of_several_all_and_nothing_else_must_be_chosen(seed: int, chosen: set[int]) -> None:
    shown = show(SEVERAL, seed)
    verdict = mark(shown, Choice(frozenset(chosen)))
    assert verdict.right is (chosen == shown.right)
    assert verdict.said == ",".join(map(str, sorted(chosen)))
    assert bool(verdict.mistake) is bool(chosen - shown.right)


@pytest.mark.parametrize(
    ("question", "said", "right", "mistake"),
    [
        (TRUE_ONE, TRUE, True, ""),
        (TRUE_ONE, FALSE, False, "以为可免"),
        (FALSE_ONE, FALSE, True, ""),
        (FALSE_ONE, TRUE, False, "以为必须"),
    ],
)
def test_a_statement_is_true_or_false(question: Truth, said: int, right: bool, mistake: str) -> None:
    verdict = mark(show(question, 1), Choice(frozenset({said})))
    assert (verdict.right, verdict.mistake, verdict.said) == (right, mistake, str(said))


@pytest.mark.parametrize(
    ("text", "right", "said"),
    [
        ("4.5", True, "9/2"),
        ("4块5", True, "9/2"),
        ("四块五毛", True, "9/2"),
        ("450分", True, "9/2"),
        ("5元", False, "5"),
        ("4.50", True, "9/2"),
        ("4.51", False, "451/100"),
        ("免费", False, "0"),
    ],
)
def test_a_sum_is_right_in_whatever_form_and_wrong_by_one_fen(text: str, right: bool, said: str) -> None:
    shown = next(s for s in (show(AMOUNT, seed) for seed in range(50)) if s.answer == Fraction(9, 2))
    verdict = mark(shown, Written(text))
    assert (verdict.right, verdict.said, verdict.mistake) == (right, said, "")


@pytest.mark.parametrize("response", [Written("一百五"), Written("不知道"), Written(""), Choice(frozenset({0}))])
def test_an_unreadable_sum_is_asked_for_again_and_is_no_miss(response: Written | Choice) -> None:
    with pytest.raises(Refused) as refused:
        mark(show(AMOUNT, 3), response)
    assert (refused.value.why, refused.value.values) == ("unreadable", {"unit": "元"})


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (ONE, Choice(frozenset())),
        (ONE, Choice(frozenset({3}))),
        (ONE, Choice(frozenset({-1}))),
        (ONE, Choice(frozenset({0, 1}))),
        (ONE, Written("D")),
        (ONE, Written("AB")),
        (SEVERAL, Choice(frozenset())),
        (SEVERAL, Choice(frozenset({0, 4}))),
        (TRUE_ONE, Choice(frozenset({2}))),
        (TRUE_ONE, Choice(frozenset({0, 1}))),
    ],
)
def test_an_option_that_was_not_shown_is_refused(question: Question, response: Choice | Written) -> None:
    with pytest.raises(Refused) as refused:
        mark(show(question, 5), response)
    assert refused.value.why == "no-such-option"


@pytest.mark.parametrize("fashion", ["{}", " {} ", "选{}", "{}。", "{}；"])
@pytest.mark.parametrize("form", [str, str.lower, lambda letter: chr(ord(letter) + 0xFEE0)])
def test_a_letter_is_read_however_it_is_written(fashion: str, form: Callable[[str], str]) -> None:
    shown = show(ONE, 5)
    for i, letter in enumerate("ABC"):
        verdict = mark(shown, Written(fashion.format(form(letter))))
        assert verdict == mark(shown, Choice(frozenset({i})))


@pytest.mark.parametrize("said", ["ac", "CA", "A、C", "a c", "A,C", "a，c", "选A和C", "Ａ；Ｃ"])
def test_several_letters_are_one_answer(said: str) -> None:
    shown = show(SEVERAL, 5)
    assert mark(shown, Written(said)) == mark(shown, Choice(frozenset({0, 2})))


@pytest.mark.parametrize(
    ("said", "meant"), [("对", TRUE), ("√", TRUE), (" 正确。", TRUE), ("错", FALSE), ("不对", FALSE), ("true", TRUE)]
)
def test_a_statement_is_answered_in_words(said: str, meant: int) -> None:
    assert mark(show(TRUE_ONE, 1), Written(said)) == mark(show(TRUE_ONE, 1), Choice(frozenset({meant})))


@pytest.mark.parametrize(
    ("question", "said", "why"),
    [
        (ONE, "请客户当面清点", "unread-option"),
        (ONE, "", "unread-option"),
        (ONE, "A吧", "unread-option"),
        (ONE, "1", "unread-option"),
        (SEVERAL, "AA", "unread-option"),
        (TRUE_ONE, "A", "unread-truth"),
        (TRUE_ONE, "对吗", "unread-truth"),
    ],
)
def test_what_is_not_clearly_an_answer_is_asked_for_again(question: Question, said: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        mark(show(question, 5), Written(said))
    assert refused.value.why == why


def test_an_edited_question_does_not_change_a_verdict_of_the_past() -> None:
    stored = show(ONE, 11).to_json()
    chosen = place(Shown.from_json(stored), "请客户当面清点")
    assert mark(Shown.from_json(stored), chosen).right  # whatever the bank says by now


def test_a_fifth_kind_of_question_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="Question"):
        show(Question(**ABOUT), 1)
