"""Who leads the meeting, and the review of last evening in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.closing import coming_day
from bot.views.text import clock, day_name, listed, opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """A meeting and who leads it; `named` for that day, or simply who leads the branch."""

    day: date
    hosts: Sequence[str]
    named: bool


def _day(words: Words, day: date, today: date) -> str:
    return words("date.today") if day == today else coming_day(words, day, today)


def screen(words: Words, days: Sequence[Led], *, unit: str, unit_id: int, today: date, lead: str = "") -> Message:
    """The next meetings, and a button for each to name somebody."""
    rows = [(opening(_day(words, one.day, today)), _names(words, one)) for one in days]
    buttons = tuple(
        Button(words("host.change", day=_button_day(words, one.day, today)), f"hod:{unit_id}:{one.day:%Y%m%d}")
        for one in days
    )
    title = words("host.title", unit=unit)
    return Message(lead=lead, title=title, rows=tuple(rows), note=words("host.note"), buttons=(buttons,))


def _names(words: Words, one: Led) -> str:
    names = listed(words, one.hosts) or words("host.nobody")
    return names if one.named else words("host.usual", names=names)


def line(words: Words, one: Led, today: date) -> str:
    """A meeting and who leads it, in a line."""
    return f"{_day(words, one.day, today)} {_names(words, one)}"


def _button_day(words: Words, day: date, today: date) -> str:
    if day == today:
        return words("date.today")
    return words("date.tomorrow") if day.toordinal() == today.toordinal() + 1 else f"{day.month}/{day.day}"


def choose(words: Words, names: Sequence[tuple[str, int]], *, unit_id: int, day: date, today: date) -> Message:
    """Who it shall be."""
    buttons = [Button(name, f"hos:{unit_id}:{day:%Y%m%d}:{person}") for name, person in names]
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    back = (Button(words("setting.back"), f"ho:{unit_id}"),)
    return Message(title=words("host.who", day=_day(words, day, today)), buttons=(*rows, back))


def done(words: Words, name: str, *, day: date, today: date) -> str:
    """It is settled."""
    return words("host.done", name=name, day=_day(words, day, today))


def told(words: Words, *, unit: str, unit_id: int, day: date, at: time, today: date) -> Message:
    """To the host, once."""
    body = words("host.told", unit=unit, day=_day(words, day, today), time=clock(at))
    lead = Button(words("run.open"), f"mt:{unit_id}")
    return Message(body=opening(body), note=words("host.told_note"), buttons=((lead,),))


def relieved(words: Words, name: str, *, day: date, today: date) -> Message:
    """To whoever was named before."""
    return Message(body=opening(words("host.relieved", name=name, day=_day(words, day, today))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One evening's outcome on the review list."""

    name: str
    checkpoint: str
    passed: bool
    right: int
    of: int


def review(
    words: Words, results: Sequence[Reviewed], *, unit: int, day: date, evening: time, leads: bool = True
) -> Message:
    """The host's list, praise first; who has to do it again is not named in the meeting. A host who does not lead the
    branch (`leads`) is sent to no list."""
    good = [words("review.praise_one", name=r.name, of=r.of, right=r.right) for r in results if r.passed]
    points = list(dict.fromkeys(r.checkpoint for r in results))
    lines = [words("review.praise", names=listed(words, good))] if good else []
    lines.append(words("review.point", checkpoints=listed(words, points)))
    again = sum(not r.passed for r in results)
    key = "review.again" if leads else "review.again_host"
    note = words(key, n=again, time=clock(evening)) if again else ""
    done = Button(words("review.done"), f"rv:{unit}:{day:%Y%m%d}")
    meeting = Button(words("run.open"), f"mt:{unit}")
    title = words("review.title", day=day_name(words, day))
    return Message(title=title, body="\n".join(lines), note=note, buttons=((meeting, done),))
