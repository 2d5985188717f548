"""What stands in the cells of a rota or a list of leave: days as people write them, and who is off."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from unicodedata import normalize

from bot.sheets.headings import plain
from drills.leave import read_days
from drills.rota import Mark

OFF: Final[Mapping[Mark, tuple[str, ...]]] = {
    Mark.SHIFT: (
        *(
            "休",
            "轮休",
            "休班",
            "公休",
            "调休",
            "补休",
            "休息",
            "轮空",
            "调班休",
            "r",
            "rest",
            "off",
            "day off",
            "shift",
        ),
    ),
    Mark.LEAVE: (
        *("假", "请假", "年假", "年休", "年休假", "病假", "事假", "婚假", "产假", "陪产假", "丧假", "探亲假", "工伤假"),
        *("l", "leave", "annual leave", "sick leave"),
    ),
}
AT_WORK: Final = frozenset(
    [
        *("", "班", "上", "上班", "白", "白班", "早", "早班", "中", "中班", "晚", "晚班", "全", "全天", "全班", "正常"),
        *("行政", "行政班", "长白班", "值", "值班", "加班", "在岗", "出勤", "√", "✓", "✔", "●", "/", "-", "—"),
        *("a", "b", "c", "d", "a班", "b班", "c班", "d班", "w", "work", "on"),
    ]
)
SUMS: Final = frozenset({"合计", "总计", "小计", "total", "sum"})
"""What a row is called that counts those above it."""

_WORDS = {word: mark for mark, words in OFF.items() for word in words}

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)t\d\d:\d\d(:\d\d)?(\.\d+)?")
_WEEKDAY = re.compile(
    r"[(]?\s*(?:(?:周|星期|礼拜)[一二三四五六日天]|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\s*[)]?"
)
_BARE_WEEKDAY = re.compile(
    r"[一二三四五六日天]|(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_A_DAY = re.compile(r"[\d年月日号/.\-\s]+")
_POINTED = re.compile(r"\d{1,2}\.\d{1,2}")
_MONTH = re.compile(r"(?:(20\d\d)\s*[年\-/.]\s*)?(1[0-2]|0?[1-9])\s*月(?!\s*\d)")
_NUMBER = re.compile(r"(3[01]|[12]\d|0?[1-9])\s*[日号]?")
_LOOK_BACK = 180  # days: a month without a year that is longer gone is next year's


def mark_of(text: str) -> Mark | None:
    """What a cell of a rota says; None where that is anybody's guess."""
    word = plain(text)
    return Mark.WORK if word in AT_WORK else _WORDS.get(word)


def kind_of(text: str) -> Mark | None:
    """Why somebody is off, as a list says it. Where it says nothing it is leave."""
    return _WORDS.get(plain(text)) if text.strip() else Mark.LEAVE


def choices(*, at_work: bool) -> str:
    """The first few words that may stand there."""
    words = (OFF[Mark.SHIFT][0], OFF[Mark.SHIFT][1], OFF[Mark.LEAVE][0], OFF[Mark.LEAVE][2])
    return " / ".join((*words, "班") if at_work else words)


def span_of(text: str, today: date) -> tuple[date, date] | None:
    """The days of a cell: one, or from one to another. 12.1 is not read: Excel shows 12.10 so too."""
    bare = _bare(text)
    return None if is_pointed(text) else read_days(bare, today)


def is_pointed(text: str) -> bool:
    """Whether it says 12.1."""
    return bool(_POINTED.fullmatch(_bare(text)))


def day_of(text: str, today: date, month: date | None) -> date | None:
    """The day a heading means: 2026-12-01, 12-01, 12/1, 12月1日, with or without a weekday; under a title that says the
    month, 1 or 1日 too. None for what is no day."""
    bare = _bare(text)
    number = _NUMBER.fullmatch(bare)
    if number and month:
        try:
            return month.replace(day=int(number[1]))
        except ValueError:
            return None  # the 31st of a month that has none
    if number or not _A_DAY.fullmatch(bare) or _POINTED.fullmatch(bare):
        return None
    span = read_days(bare, today)
    return span[0] if span and span[0] == span[1] else None


def month_of(text: str, today: date) -> date | None:
    """The first of the month a title names: 城东支行 2026 年 12 月排班表."""
    found = _MONTH.search(normalize("NFKC", text))
    if not found:
        return None
    month = int(found[2])
    if found[1]:
        return date(int(found[1]), month, 1)
    this = date(today.year, month, 1)
    return this if (today - this).days < _LOOK_BACK else date(today.year + 1, month, 1)


def is_weekday(text: str) -> bool:
    """Whether a cell says 一, 周二 or Wed, as a second line of headings does."""
    return bool(_BARE_WEEKDAY.fullmatch(plain(text)))


def _bare(text: str) -> str:
    """A day without the time Excel gives it, and without its weekday."""
    return _WEEKDAY.sub(" ", _TIME.sub(r"\1", plain(text))).strip()
