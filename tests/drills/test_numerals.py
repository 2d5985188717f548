from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.numerals import LONGEST, read_number

DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def spelled(number: int, digits: str = DIGITS, sizes: str = "十百千") -> str:
    """A whole number below 10**12 in Chinese numerals, as a school book writes it; an oracle that reads nothing."""
    if not number:
        return digits[0]
    for size, sign in ((10**8, "亿"), (10**4, "万")):
        high, low = divmod(number, size)
        if high:
            gap = digits[0] if low and low < size // 10 else ""
            return spelled(high, digits, sizes) + sign + gap + (spelled(low, digits, sizes) if low else "")
    said = ""
    for place, digit in zip("千百十一", f"{number:04}", strict=True):
        if digit == "0":
            said += digits[0] if said and not said.endswith(digits[0]) else ""
        else:
            said += digits[int(digit)] + {"千": sizes[2], "百": sizes[1], "十": sizes[0], "一": ""}[place]
    return said.rstrip(digits[0])


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("5", "5"),
        (" 5 元 ", "5"),
        ("５元", "5"),
        ("１，０００．５０", "1000.5"),
        ("1,234.5", "1234.5"),
        ("10，000", "10000"),
        ("￥5.00", "5"),
        ("¥5", "5"),
        ("5块", "5"),
        ("5块钱", "5"),
        ("5圆整", "5"),
        ("5元正", "5"),
        ("100人民币", "100"),
        ("人民币壹佰元整", "100"),
        ("RMB 100", "100"),
        ("5.", "5"),
        ("5元。", "5"),
        ("约5元", "5"),
        ("3块5", "3.5"),
        ("三块五", "3.5"),
        ("3元5", "3.5"),
        ("3元5角", "3.5"),
        ("3块5毛钱", "3.5"),
        ("三元零五分", "3.05"),
        ("3元50分", "3.5"),
        ("3元2角1分", "3.21"),
        ("五毛", "0.5"),
        ("5角", "0.5"),
        ("15角", "1.5"),
        ("350分", "3.5"),
        ("5万", "50000"),
        ("1.5万元", "15000"),
        ("五万块", "50000"),
        ("3千", "3000"),
        ("2亿", "200000000"),
        ("十点五", "10.5"),
        ("零点零五", "0.05"),
        ("0", "0"),
        ("零元", "0"),
        ("〇", "0"),
        ("免费", "0"),
        ("免費", "0"),
        ("不收费", "0"),
        ("\u200b5\ufeff元", "5"),
    ],
)
def test_money_is_read_as_people_write_it(text: str, yuan: str) -> None:
    assert read_number(text, "元") == Fraction(yuan)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("三十", 30),
        ("廿", 20),
        ("廿五", 25),
        ("卅一", 31),
        ("两百", 200),
        ("两百五十", 250),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百一十", 110),
        ("一千零五十", 1050),
        ("一千五十", 1050),
        ("一千零五", 1005),
        ("一千五百", 1500),
        ("一万二", 12_000),
        ("十五万二", 152_000),
        ("一万零五", 10_005),
        ("一万零五百", 10_500),
        ("两万五千", 25_000),
        ("壹拾万柒仟", 107_000),
        ("十五万零三百", 150_300),
        ("一亿五千万", 150_000_000),
        ("一亿二", 120_000_000),
        ("一万亿", 10**12),
        ("贰拾", 20),
        ("貳拾萬", 200_000),
    ],
)
def test_chinese_numerals_are_read(text: str, number: int) -> None:
    assert read_number(text, "元") == number
    assert read_number(text, "张") == number


@pytest.mark.parametrize("text", ["一百五", "二百五", "两百五", "一千五", "三千六", "壹佰伍"])
def test_what_may_mean_two_sums_is_asked_for_again(text: str) -> None:
    assert read_number(text, "元") is None
    assert read_number(text + "元", "元") is None


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-inf", "1e3", "1E3", "1_000", "0x10", "1/2", "+5", "1+1", "5!5"]
)
def test_what_only_computers_write_is_no_number(text: str) -> None:
    assert read_number(text, "元") is None


@pytest.mark.parametrize("text", ["-5", "−5", "－5", "负五", "-5元", "—5"])
def test_a_negative_sum_is_no_answer(text: str) -> None:
    assert read_number(text, "元") is None


@pytest.mark.parametrize("text", ["½", "①", "⑤", "5²", "10⁵", "٣", "۵", "５²", "Ⅴ", "㊄", "㈤"])
def test_other_signs_for_digits_are_not_guessed(text: str) -> None:
    assert read_number(text, "元") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "。",
        "元",
        "整",
        "点",
        "点五",
        "三点",
        "三点十",
        ".5",
        ",5",
        "5,",
        "1,23",
        "12,34",
        "1234,567",
        "1.2.3",
        "1 5",
        "1 000",
        "3~5",
        "3-5",
        "3或5",
        "3块50",
        "3块0",
        "3元15角",
        "3.5元5角",
        "3角15分",
        "1万2",
        "5万万",
        "元5",
        "5元0",
        "五六",
        "一二百",
        "百",
        "百五",
        "零百",
        "零五",
        "一百十五",
        "二十零五",
        "一万零",
        "一万零零",
        "十百",
        "一万二万",
        "一亿一亿",
        "零万",
        "五角三元",
        "不知道",
        "壹佰元零",
        "5元6元",
        "5元左右吧",
        "是",
        "人民币",
        "一二",
        "二〇二六",
    ],
)
def test_what_is_no_one_number_is_asked_for_again(text: str) -> None:
    assert read_number(text, "元") is None


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("15天", "天", "15"),
        ("15日", "天", "15"),
        ("十五", "天", "15"),
        ("3个工作日", "工作日", "3"),
        ("3工作日", "个工作日", "3"),
        ("3个月", "月", "3"),
        ("5名", "人", "5"),
        ("5个人", "人", "5"),
        ("三张", "张", "3"),
        ("1.5小时", "小时", "1.5"),
        ("0.03%", "%", "0.03"),
        ("0.03％", "%", "0.03"),
        ("3", "%", "3"),
        ("5‰", "%", "0.5"),
        ("百分之五", "%", "5"),
        ("百分之零点五", "%", "0.5"),
        ("千分之一", "%", "0.1"),
        ("万分之五", "%", "0.05"),
        ("免费", "%", "0"),
        ("5‰", "‰", "5"),
    ],
)
def test_other_units_may_stand_behind_or_be_left_out(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit) == Fraction(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("15天", "元"),
        ("5%", "元"),
        ("5元", "天"),
        ("5元", "%"),
        ("3个工作日", "天"),
        ("3天", "工作日"),
        ("5张张", "张"),
        ("免费", "天"),
        ("不收费", "张"),
        ("百分之", "%"),
        ("百分之五", "元"),
        ("千分之x", "%"),
        ("5%%", "%"),
        ("3个", "元"),
    ],
)
def test_another_unit_is_not_converted(text: str, unit: str) -> None:
    assert read_number(text, unit) is None


def test_a_sentence_is_no_number() -> None:
    assert read_number("1" * LONGEST, "元") == int("1" * LONGEST)
    assert read_number("1" * (LONGEST + 1), "元") is None


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_spelled_out_is_read_back(number: int) -> None:
    assert read_number(spelled(number), "张") == number
    assert read_number(spelled(number, CAPITALS, "拾佰仟") + "元整", "元") == number


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{}元", "¥{}", "{}块", "人民币{}元", " {} "]))
def test_every_sum_in_fen_is_read_back_exactly(fen: int, form: str) -> None:
    yuan = Fraction(fen, 100)
    assert read_number(form.format(f"{fen // 100:,}.{fen % 100:02}"), "元") == yuan
    assert read_number(form.format(f"{fen // 100}.{fen % 100:02}"), "元") == yuan
    assert read_number(f"{fen}分", "元") == yuan


@given(st.integers(0, 9999), st.integers(1, 9), st.integers(1, 9))
def test_yuan_jiao_and_fen_add_up(yuan: int, jiao: int, fen: int) -> None:
    assert read_number(f"{yuan}元{jiao}角{fen}分", "元") == Fraction(yuan * 100 + jiao * 10 + fen, 100)
    assert read_number(f"{yuan}块{jiao}", "元") == yuan + Fraction(jiao, 10)


@given(st.text(), st.sampled_from(["元", "%", "天", "工作日", "张", ""]))
def test_whatever_is_typed_gives_a_sum_or_a_second_try(text: str, unit: str) -> None:
    number = read_number(text, unit)
    assert number is None or number >= 0


@given(st.text("0123456789零一二两三五九十百千万亿壹贰佰元块角分点.,免费%‰天 -", max_size=12))
def test_width_never_changes_what_is_meant(text: str) -> None:
    wide = "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)
    assert read_number(wide, "元") == read_number(text, "元")
