"""Days without a drill: 停课, or a branch that does not open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, day_name, listed, long_day, opening, span
from drills.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Days without a drill: why, and the unit above that said so (empty: its own)."""

    first: date
    last: date
    kind: Literal["closed", "no-drill"]
    reason: str = ""
    said_by: str = ""


def coming_day(words: Words, day: date, today: date) -> str:
    """明天（11月24日）, or the day with its weekday."""
    if day.toordinal() == today.toordinal() + 1:
        return words("setting.tomorrow", day=day_name(words, day))
    return long_day(words, day)


def why(words: Words, closed: Closed) -> str:
    """停课, or 停课：台风."""
    kind = words("closing.no_drill" if closed.kind == "no-drill" else "closing.closed")
    return words("closing.because", kind=kind, reason=closed.reason) if closed.reason else kind


def closed_line(words: Words, closed: Closed, today: date) -> str:
    """11月30日 停课：装修（某县支行）."""
    by = words("closing.by", unit=closed.said_by) if closed.said_by else ""
    return words("closing.line", days=span(words, closed.first, closed.last, today), why=why(words, closed), by=by)


def called_off(words: Words, closed: Closed, today: date) -> Message:
    """Whoever asks for something of a day that has no drill."""
    return Message(body=opening(words("closing.today", line=closed_line(words, closed, today))))


def screen(
    words: Words, *, unit: str, unit_id: int, closed: Sequence[Closed], offered: Sequence[date], today: date
) -> Message:
    """The days ahead without a drill, each of one's own to be lifted, and the next working days to be closed."""
    lines = [opening(closed_line(words, one, today)) for one in closed] or [words("closing.none")]
    days = [
        Button(words("closing.offer", day=_short(words, day, today)), f"clq:{unit_id}:{day:%Y%m%d}") for day in offered
    ]
    own = [
        Button(words("closing.lift", day=_short(words, one.first, today)), f"clx:{unit_id}:{one.first:%Y%m%d}")
        for one in closed
        if not one.said_by
    ]
    rows = [tuple(days), *(tuple(own[i : i + 2]) for i in range(0, len(own), 2))]
    rows.append((Button(words("closing.write"), f"clw:{unit_id}"), Button(words("setting.back"), f"st:{unit_id}")))
    title = words("closing.title", unit=unit)
    return Message(title=title, body="\n".join(lines), buttons=tuple(row for row in rows if row))


def _short(words: Words, day: date, today: date) -> str:
    return words("date.tomorrow") if day.toordinal() == today.toordinal() + 1 else day_name(words, day, today)


def ask(words: Words, *, unit: str, unit_id: int, day: date, today: date, begun: bool) -> Message:
    """Before it is done: what it means, two kinds of it, and that a reason may be written."""
    key = "closing.ask_begun" if begun else "closing.ask"
    data = f"{unit_id}:{day:%Y%m%d}"
    do = (Button(words("closing.no_drill"), f"cln:{data}:n"), Button(words("closing.closed"), f"cln:{data}:c"))
    back = (Button(words("setting.back"), f"cl:{unit_id}"),)
    title = words("closing.ask_title", day=coming_day(words, day, today) if day != today else words("date.today"))
    return Message(title=title, body=words(key, unit=unit), note=words("closing.ask_reason"), buttons=(do, back))


def write(words: Words) -> Message:
    """The next text is the days and the reason."""
    return Message(title=words("closing.write_title"), body=words("closing.write_body"))


def done(words: Words, closed: Closed, today: date, *, told: int) -> str:
    """What was closed, and how many were told."""
    return words("closing.done", line=closed_line(words, closed, today), n=told)


def lifted(words: Words, day: date, today: date, *, told: int) -> str:
    """What was lifted."""
    return words("closing.lifted", day=_short(words, day, today), n=told)


def told(words: Words, closed: Closed, today: date, *, begun: bool, moved: Sequence[tuple[str, date]]) -> Message:
    """To everybody on duty, once: no drill, what that means for them, and where their evening went."""
    lines = [_means(words, closed, today, begun=begun)]
    if moved:
        points = listed(words, [checkpoint for checkpoint, _ in moved])
        lines.append(words("closing.told_moved", checkpoints=points, day=coming_day(words, moved[0][1], today)))
    title = closed_line(
        words, Closed(first=closed.first, last=closed.last, kind=closed.kind, reason=closed.reason), today
    )
    return Message(title=opening(title), body="\n".join(lines))


def _means(words: Words, closed: Closed, today: date, *, begun: bool) -> str:
    if begun:
        return words("closing.told_begun")
    if closed.first != closed.last:
        return words("closing.told_span")
    return words("closing.told_today" if closed.first == today else "closing.told")


def told_lifted(words: Words, day: date, today: date, *, policy: Policy, how: str) -> Message:
    """To everybody on duty, once: there is a drill after all. `how`: to-come, open, make-up, over, or another day."""
    if day != today:
        return Message(body=words("closing.back_day", day=coming_day(words, day, today)))
    line = {
        "to-come": words("closing.back_to_come", push=clock(policy.push)),
        "open": words("closing.back_open", closes=clock(policy.close)),
        "make-up": words("closing.back_makeup", until=clock(policy.makeup_until)),
    }.get(how, "")
    return Message(body=words("closing.back") + line)


def group_told(words: Words, closed: Closed, today: date) -> Message:
    """To the branch's group."""
    return Message(title=opening(closed_line(words, closed, today)), body=words("closing.group"))


def group_lifted(words: Words, day: date, today: date) -> Message:
    """To the branch's group."""
    return Message(
        body=words("closing.back") if day == today else words("closing.back_day", day=coming_day(words, day, today))
    )
