import locale
from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import catalogue, text

ZH, EN = catalogue()["zh-CN"], catalogue()["en"]
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_days() -> None:
    assert [text.day_name(w, MONDAY) for w in (ZH, EN)] == ["11月23日", "23 Nov"]
    assert [text.day_name(w, MONDAY, MONDAY) for w in (ZH, EN)] == ["今天", "today"]
    assert [text.long_day(w, MONDAY) for w in (ZH, EN)] == ["11月23日 星期一", "Monday 23 Nov"]


def test_the_machine_has_no_say_in_the_name_of_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    assert locale.setlocale(locale.LC_TIME) in {"C", "C.UTF-8", "POSIX"}
    assert text.day_name(EN, date(2026, 5, 1)) == "1 May"


def test_stretches() -> None:
    assert [text.span(w, FRIDAY, MONDAY) for w in (ZH, EN)] == ["11月20日至11月23日", "20 Nov to 23 Nov"]
    assert text.span(ZH, MONDAY, MONDAY, MONDAY) == "今天"


def test_lists() -> None:
    assert text.listed(ZH, ["王芳", "李强"]) == "王芳、李强"
    assert text.listed(EN, ["王芳", "李强"]) == "王芳, 李强"
    assert text.listed(ZH, []) == ""


def test_times() -> None:
    assert text.clock(time(8, 5)) == "08:05"
    assert [text.took(w, 59) for w in (ZH, EN)] == ["59 秒", "59 s"]
    assert [text.took(w, 130) for w in (ZH, EN)] == ["2 分 10 秒", "2 min 10 s"]


def test_shares_carry_their_base_while_it_is_small() -> None:
    assert text.share(46, 48) == "46/48"
    assert text.share(99, 99) == "99/99"
    assert text.share(87, 100) == "87%"
    assert text.share(0, 0) == "–"


def test_percentages_round_half_up_once() -> None:
    assert text.percent(1, 8) == "13%"  # 12.5
    assert text.percent(0, 0) == "–"
    assert text.whole_percent(Fraction(4, 5)) == "80%"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_is_within_half_a_point(right: int, asked: int) -> None:
    shown = int(text.percent(right, asked).rstrip("%"))
    assert -Fraction(1, 2) < shown - Fraction(100 * right, asked) <= Fraction(1, 2)


def test_numbers() -> None:
    told = {"15": "15", "9/2": "4.5", "0.03": "0.03", "12000": "12,000", "1200.5": "1,200.5", "0": "0", "-5": "-5"}
    assert {written: text.number(Fraction(written)) for written in told} == told


def test_letters_and_openings() -> None:
    assert [text.letter(i) for i in range(3)] == ["A", "B", "C"]
    assert [text.opening(t) for t in ("today", "今天", "")] == ["Today", "今天", ""]
