"""The shipped bank, held to what the plan promises."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest

from bot.content import Content, digest, load, parse, shipped
from drills.cheats import LIMIT, gains
from drills.fees import charge
from drills.numerals import read_number
from drills.people import Post
from drills.questions import Amount, One, Question, Several, Truth
from drills.study import study

TODAY = date(2026, 11, 23)
LOADED = load(shipped(), TODAY)
CONTENT: Content = parse(LOADED.body)
BANK = CONTENT.bank
QUESTIONS = tuple(BANK.questions.values())


def kind(wanted: type[Question]) -> list[Question]:
    return [q for q in QUESTIONS if isinstance(q, wanted)]


def by_topic(questions: Iterable[Question]) -> Counter[str]:
    return Counter(BANK.topic_of(q) for q in questions)


def test_nothing_is_wrong_with_it() -> None:
    assert [str(p) for p in LOADED.problems] == []
    assert [w.file for w in LOADED.warnings] == ["calendar/2027.yaml"]


@pytest.mark.parametrize("code", sorted(BANK.checkpoints))
def test_whoever_stays_reads_the_rule_and_where_it_says_so(code: str) -> None:
    read = study(BANK, CONTENT.scenes.values(), code, None, TODAY, 1)
    assert read.rule
    assert read.source
    assert read.sum is not None or code not in {"fees.individual-transfer", "fees.corporate-transfer"}
    assert read.say or code not in {"greeting.raise-hand", "greeting.receive-order", "cash.count-before-customer"}


def test_it_is_large_enough() -> None:
    assert len(QUESTIONS) >= 66
    wanted = {"fees", "greeting", "cash", "notes", "damaged", "fakes", "capitals", "dress", "lobby", "guard"}
    assert wanted | {"complaints", "elderly"} <= set(BANK.topics)
    assert min(by_topic(QUESTIONS).values()) >= 5
    assert len(kind(Amount)) >= 10
    assert len(kind(Several)) >= 8
    assert len(kind(Truth)) >= 8


@pytest.mark.parametrize("day", [date(2026, 1, 5), TODAY, date(2027, 9, 30), date(2027, 10, 8)])
@pytest.mark.parametrize("post", list(Post))
def test_every_post_can_be_drilled_on_any_day(post: Post, day: date) -> None:
    askable = BANK.askable(post, day)
    assert len(askable) >= 30
    assert len({q.checkpoint for q in askable}) >= 8
    assert min(by_topic(askable).values()) >= 5, "an evening takes five of one topic"
    per_checkpoint = Counter(q.checkpoint for q in askable)
    few = {c: n for c, n in per_checkpoint.items() if n < (3 if BANK.checkpoints[c].critical else 2)}
    assert few == {}, "another question of the checkpoint must be left for the evening"


def test_nothing_has_ended() -> None:
    assert [q.code for q in QUESTIONS if not q.holds_on(TODAY)] == []


def test_every_question_says_where_it_comes_from() -> None:
    for question in QUESTIONS:
        assert question.source.document, question.code
        assert question.source.fact, question.code
        assert question.source.mark in {"V1", "V2"}, question.code


def test_fees_are_called_ceilings() -> None:
    tariffed = [q for q in QUESTIONS if q.code in {"fees-01", "fees-02", "fees-04", "fees-05", "fees-06", "fees-08"}]
    assert len(tariffed) == 6
    for question in tariffed:
        assert "国家规定" in question.stem
        assert "最高" in question.stem or "上限" in question.stem


@pytest.mark.parametrize(
    ("tariff", "sum_", "fee"),
    [
        # the worked fees of the fact collection: at, just above and far above each bound
        ("individual-transfer", "2000", "2"),
        ("individual-transfer", "2000.01", "5"),
        ("individual-transfer", "5000", "5"),
        ("individual-transfer", "5001", "10"),
        ("individual-transfer", "10000", "10"),
        ("individual-transfer", "50000", "15"),
        ("individual-transfer", "50000.01", "15"),
        ("individual-transfer", "60000", "18"),
        ("individual-transfer", "100000", "30"),
        ("individual-transfer", "166666.67", "50"),
        ("individual-transfer", "200000", "50"),
        ("corporate-transfer", "10000", "5"),
        ("corporate-transfer", "10000.01", "10"),
        ("corporate-transfer", "100000", "10"),
        ("corporate-transfer", "100000.01", "15"),
        ("corporate-transfer", "500000", "15"),
        ("corporate-transfer", "1000000", "20"),
        ("corporate-transfer", "2500000", "50"),
        ("corporate-transfer", "10000000", "200"),
        ("corporate-transfer", "20000000", "200"),
        ("small-business-transfer", "10000", "4.5"),
        ("small-business-transfer", "10000.01", "9"),
        ("small-business-transfer", "100000", "9"),
        ("cash-remittance", "1000", "5"),
        ("cash-remittance", "9999", "50"),
        ("cash-remittance", "10000", "50"),
        ("cash-remittance", "50000", "50"),
    ],
)
def test_the_shipped_tariffs_give_the_worked_fees(tariff: str, sum_: str, fee: str) -> None:
    assert charge(CONTENT.tariffs[tariff], Fraction(sum_)) == Fraction(fee)


def test_answers_drawn_from_tariffs() -> None:
    answers = {
        code: [int(c.answer * 10) / 10 for c in q.cases] for code, q in BANK.questions.items() if isinstance(q, Amount)
    }
    assert answers["fees-01"] == [2, 2, 5, 5, 10, 10, 15, 15]
    assert answers["fees-02"] == [18, 24, 30, 45, 50, 50]
    assert answers["fees-04"] == [5, 5, 10, 10, 15, 15, 20, 20]
    assert answers["fees-05"] == [30, 50, 100, 160, 200, 200]
    assert answers["fees-06"] == [4.5, 4.5, 9, 9, 9]
    assert answers["fees-08"] == [2, 5, 13, 30, 45, 50, 50]


def test_a_written_capital_amount_is_read_as_its_answer() -> None:
    for code in ("cap-05", "cap-06"):
        question = BANK.questions[code]
        assert isinstance(question, Amount)
        for case in question.cases:
            assert read_number(case.values["大写"], "元") == case.answer, case


def test_no_trick_pays() -> None:
    assert all(gained <= LIMIT for gained in gains(q for q in QUESTIONS if isinstance(q, One)).values())


def test_always_true_or_always_false_does_not_pay_either() -> None:
    told = [q.truth for q in QUESTIONS if isinstance(q, Truth)]
    assert 2 / 5 <= sum(told) / len(told) <= 3 / 5


def test_no_two_questions_say_the_same() -> None:
    stems = defaultdict(list)
    for question in QUESTIONS:
        stems[question.stem].append(question.code)
    assert [codes for codes in stems.values() if len(codes) > 1] == []


def test_reasons_are_short_sentences() -> None:
    assert [q.code for q in QUESTIONS if len(q.why) > 60 or not q.why.endswith("。")] == []


def test_an_edition_is_read_quickly() -> None:
    started = time.perf_counter()
    parse(LOADED.body)
    assert time.perf_counter() - started < 0.15


def test_the_digest_is_that_of_the_content_not_of_its_order() -> None:
    shuffled = dict(reversed(LOADED.body.items()))
    assert digest(shuffled) == digest(LOADED.body)
    assert digest({**LOADED.body, "topics": []}) != digest(LOADED.body)
