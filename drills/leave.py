"""Leave, and shifts that have somebody off, as people write their days: 11-25, 11月25日, 11-25 至 11-27, 轮休 11/25.

Words for days (明天, 下周三) are not read: the chat offers today and tomorrow as buttons, and a wrong guess would be a
wrong leave."""

import re
import unicodedata
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Why somebody is not there. For what is drilled it makes no difference."""

    LEAVE = "leave"
    SHIFT = "shift"


LONGEST = 14
"""Days one may ask for in the chat; longer leave is told to the trainer in person."""
LONGEST_ENTERED = 366
"""Days a trainer may enter at once: maternity leave is among them."""

_LOOK_BACK = 180
"""A day without a year up to so many days ago is this year's, gone by (and told so); one further back is next
year's."""

_DAY = re.compile(
    r"(?:(?P<year>20\d\d)\s*[-年/.]\s*)?(?P<month>1[0-2]|0?[1-9])\s*[-月/.]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]?",
    re.ASCII,
)
_SHIFT = re.compile(r"轮休|调休|倒休|补休|休班|下夜班|\bshift|\bday off", re.IGNORECASE)
_TO = re.compile(r"[^\d]*(?:至|到|-|–|—|~)[^\d]*")


def read_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and last day meant, both included, or None when one cannot tell: no day or more than two, another
    number beside them, two days that nothing joins, a day that does not exist, an end before its beginning. Without a
    year, the next such day is meant, unless it has just gone by; the end of a stretch is the first such day after its
    beginning."""
    plain = unicodedata.normalize("NFKC", text)
    found = list(_DAY.finditer(plain))
    if not found or re.search(r"\d", _DAY.sub("", plain)):
        return None
    first = _day(found[0], today)
    if first is None or len(found) == 1:
        return None if first is None else (first, first)
    between = plain[found[0].end() : found[1].start()]
    last = _day(found[1], first)
    if len(found) > len(("first", "last")) or not _TO.fullmatch(between) or last is None or last < first:
        return None
    return first, last


def kind_meant(text: str) -> Kind:
    """A shift where the words say so (轮休, 调休 …), else leave."""
    return Kind.SHIFT if _SHIFT.search(unicodedata.normalize("NFKC", text)) else Kind.LEAVE


def _day(found: re.Match[str], near: date) -> date | None:
    """The day of a match; without a year, the one in the year of `near`, or else in the next."""
    month, day = int(found["month"]), int(found["day"])
    for year in [int(found["year"])] if found["year"] else [near.year, near.year + 1]:
        try:
            this = date(year, month, day)
        except ValueError:
            continue  # 29 February: perhaps the next year has one
        if found["year"] or (near - this).days < _LOOK_BACK:
            return this
    return None
