"""Reading a number as people in a bank write it: ５元, 1,234.5, 3块5, 五毛, 350分, 一万二, 壹佰元整, 免费, 5万, 0.03%.

What can be meant in two ways (一百五: 105 or 150), and what only computers write (1e3, 1_000, nan), is not guessed: the
person is asked to write it again. A wrong reading would be a wrong verdict, with no trace of why."""

import re
from fractions import Fraction

LONGEST = 30
"""Characters; whatever is longer is no number but a sentence."""

FREE = frozenset({"免费", "不收费", "不收", "免收", "免", "不要钱", "不用钱", "无"})
"""Ways to say that something costs nothing; they answer only questions about money and rates."""

_FOLDED = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # 全角: the ASCII signs at double width
    | {ord("\u3000"): " ", ord("￥"): "¥", ord("〇"): "零", ord("正"): "整"}
    | dict(zip(map(ord, "萬億圓圆貳參参陸兩塊錢點費"), "万亿元元贰叁叁陆两块钱点费", strict=True))
    | {ord("廿"): "二十", ord("卅"): "三十"}
)
_DIGITS = dict(zip("零一二三四五六七八九壹贰叁肆伍陆柒捌玖两", [0, *range(1, 10), *range(1, 10), 2], strict=True))
_LARGE = {"万": 10**4, "亿": 10**8}
_SIZES = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "": 1}
_PLAIN = re.compile(rf"(?P<number>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)(?P<size>{'|'.join(_SIZES)})", re.ASCII)
_D = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖两]"
_SECTION = re.compile(
    rf"(?:(?P<thousands>{_D})[千仟])?(?:零?(?P<hundreds>{_D})[百佰])?"
    rf"(?:零?(?P<tens>{_D})[十拾]|^(?P<ten>[十拾]))?(?:(?P<zero>零)?(?P<ones>{_D}))?"
)
_MONEY = re.compile(
    r"(?:(?P<yuan>[^元块]+)[元块]钱?)?(?:(?P<jiao>[^元块角毛分]+)[角毛]钱?)?(?:(?P<fen>[^元块角毛分]+)分钱?)?"
)
_SHORT = re.compile(rf"(?P<yuan>[^元块角毛分]+)[块元](?P<jiao>[1-9]|{_D})")
_BEFORE = re.compile(r"^(?:大约|大概|约|是|~)?(?:人民币|rmb|¥)?", re.IGNORECASE)
_AFTER = re.compile(r"(?:人民币|rmb)?整?[.。!?~]*$", re.IGNORECASE)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")  # zero width and direction: copying brings them
_PARTS = {"百分之": Fraction(1), "千分之": Fraction(1, 10), "万分之": Fraction(1, 100)}
_ALSO = {"天": ("日",), "日": ("天",), "人": ("名", "位")}


def read_number(text: str, unit: str) -> Fraction | None:
    """The number meant, in the unit asked for, or None when it cannot be told for certain: then the person writes it
    again. The unit may be left out; another unit (15天 for 元) is None, and so is a negative number."""
    said = _clean(text)
    if not said or len(said) > LONGEST:
        return None
    if said in FREE:
        return Fraction(0) if unit in {"元", "%", "‰"} else None
    if unit == "元":
        return _money(said)
    return _rate(said) if unit == "%" else _counted(said, unit)


def _clean(text: str) -> str:
    """Without what means nothing: width, blanks, 约, ¥, 整, the full stop. Two numbers side by side are not joined."""
    folded = _HIDDEN.sub("", text.translate(_FOLDED)).strip()
    if re.search(r"\d\s+[\d.,]", folded):
        return ""  # 1 5: fifteen, or one and five?
    return _AFTER.sub("", _BEFORE.sub("", re.sub(r"\s+", "", folded)))


def _money(said: str) -> Fraction | None:
    """In yuan. 3块5 is three yuan five jiao."""
    found = _SHORT.fullmatch(said)
    if found:
        return _yuan({"yuan": found["yuan"], "jiao": found["jiao"], "fen": None})
    found = _MONEY.fullmatch(said)
    return _yuan(found.groupdict()) if found else _value(said)


def _yuan(parts: dict[str, str | None]) -> Fraction | None:
    """The sum of the parts said. Over a smaller part stands a whole number, and the smaller part does not reach one of
    the larger: 3元15角 is a slip of the finger, 3元50分 is not."""
    total, above = Fraction(0), Fraction(0)
    for name, size in (("yuan", Fraction(1)), ("jiao", Fraction(1, 10)), ("fen", Fraction(1, 100))):
        text = parts[name]
        if text is None:
            continue
        value = _times(_value(text.removeprefix("零") if above else text), size)
        if value is None or (above and (total % above or value >= above)):
            return None
        total, above = total + value, size
    return total


def _rate(said: str) -> Fraction | None:
    """In per cent: 5%, 百分之五, 0.5‰, 千分之一."""
    for words, size in _PARTS.items():
        if said.startswith(words):
            return _times(_value(said.removeprefix(words)), size)
    if said.endswith("‰"):
        return _times(_value(said.removesuffix("‰")), _PARTS["千分之"])
    return _value(said.removesuffix("%"))


def _times(value: Fraction | None, size: Fraction) -> Fraction | None:
    return None if value is None else value * size


def _counted(said: str, unit: str) -> Fraction | None:
    bare = unit.removeprefix("个")
    for ending in (bare, *_ALSO.get(bare, ())):
        if said.endswith(ending):
            return _value(said.removesuffix(ending).removesuffix("个"))
    return _value(said)


def _value(said: str) -> Fraction | None:
    """A bare number: digits, digits with a size (5万), or Chinese numerals with or without 点."""
    found = _PLAIN.fullmatch(said)
    if found:
        return Fraction(found["number"].replace(",", "")) * _SIZES[found["size"]]
    whole, dot, decimals = said.partition("点")
    total = _whole(whole)
    if total is None or not dot:
        return total
    if not decimals or any(ch not in _DIGITS for ch in decimals):
        return None
    return total + Fraction(int("".join(str(_DIGITS[ch]) for ch in decimals)), 10 ** len(decimals))


def _whole(said: str) -> Fraction | None:
    """A whole number in Chinese numerals: 亿 parts before 万 parts before sections under ten thousand."""
    for sign, size in reversed(_LARGE.items()):
        if sign in said:
            head, _, tail = said.partition(sign)
            return _joined(head, tail, size)
    return Fraction(0) if said == "零" else _section(said)


def _joined(head: str, tail: str, size: int) -> Fraction | None:
    high = _whole(head)
    if not high:
        return None
    if not tail:
        return high * size
    if _DIGITS.get(tail):
        return high * size + Fraction(_DIGITS[tail] * size, 10)  # 一万二: 12,000
    low = _whole(tail.removeprefix("零"))
    return high * size + low if low and low < size else None


def _section(said: str) -> Fraction | None:
    """One to 9,999: digits before falling sizes. 十五 is fifteen; 一百五 has no one meaning, 一百零五 has."""
    found = _SECTION.fullmatch(said)
    if not found or not said or said.startswith("零"):
        return None
    larger, tens = found["thousands"] or found["hundreds"], found["tens"] or found["ten"]
    if found["ones"] and bool(found["zero"]) is not bool(larger and not tens):
        return None
    places = (("thousands", 1000), ("hundreds", 100), ("tens", 10), ("ones", 1))
    total = sum(_DIGITS[found[name]] * size for name, size in places if found[name])
    return Fraction(total + (10 if found["ten"] else 0))
