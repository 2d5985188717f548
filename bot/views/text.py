"""Days, times, numbers and names as people write them. The only room that rounds."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from fractions import Fraction

from bot.chat.words import Words

MINUTE = 60  # seconds
SOME = 5
FEW = 3
BASE = 100  # below this a percentage says more than is known


def clock(at: time) -> str:
    """A time of day: 08:45."""
    return f"{at:%H:%M}"


def day_name(words: Words, day: date, today: date | None = None) -> str:
    """A day as it is said: 今天, or 11月20日."""
    if day == today:
        return words("date.today")
    return words("date.day", month=day.month, day=day.day, month_name=day.strftime("%b"))


def day_label(words: Words, day: date, today: date) -> str:
    """A day on a button: 今天, 明天, or 11月27日."""
    if day.toordinal() == today.toordinal() + 1:
        return words("date.tomorrow")
    return day_name(words, day, today)


def long_day(words: Words, day: date) -> str:
    """A day with its weekday: 11月23日 星期一."""
    return words("date.weekday", day=day_name(words, day), weekday=words(f"date.w{day.weekday()}"))


def span(words: Words, first: date, last: date, today: date | None = None) -> str:
    """A stretch of days, or the one day it is."""
    if first == last:
        return day_name(words, first, today)
    return words("date.span", first=day_name(words, first, today), last=day_name(words, last, today))


def listed(words: Words, things: Iterable[str]) -> str:
    """Several things in a row: 王芳、李强."""
    return words("list").join(things)


def some(words: Words, things: Sequence[str], most: int = SOME) -> str:
    """The first few of many, and how many there are in all: a phone's screen is small."""
    if len(things) <= most:
        return listed(words, things)
    return words("more", names=listed(words, things[:most]), n=len(things))


def few(words: Words, names: Sequence[str]) -> str:
    """The first few of many, where how many there are is said beside them."""
    shown = listed(words, names[:FEW])
    return words("and_others", names=shown) if len(names) > FEW else shown


def took(words: Words, seconds: int) -> str:
    """How long something took: 2 分 10 秒."""
    if seconds < MINUTE:
        return words("date.seconds", seconds=seconds)
    return words("date.minutes", minutes=seconds // MINUTE, seconds=seconds % MINUTE)


def percent(right: int, asked: int) -> str:
    """A share as a whole percentage, rounded half up once; "–" without a base."""
    if asked == 0:
        return "–"
    return whole_percent(Fraction(right, asked))


def share(right: int, asked: int) -> str:
    """A share with its base, 26/30; as a percentage once the base is a hundred or more."""
    return f"{right}/{asked}" if 0 < asked < BASE else percent(right, asked)


def whole_percent(rate: Fraction) -> str:
    """A rate as a whole percentage, rounded half up."""
    return f"{(rate * 200 + 1) // 2}%"


def number(value: Fraction) -> str:
    """An exact number without needless zeros: 15, 4.5, 0.03."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def opening(text: str) -> str:
    """As a text begins: its first letter large, where the script has such."""
    return text[:1].upper() + text[1:]


def megabytes(size: int) -> str:
    """So many bytes in MiB with one decimal, never none: 2.1 MB."""
    tenths = max(1, (size * 10 + (1 << 19)) >> 20)
    return f"{tenths // 10}.{tenths % 10} MB"


def letter(index: int) -> str:
    """The letter of an option: 0 is A."""
    return chr(ord("A") + index)
