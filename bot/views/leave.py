"""Leave and shifts in words: asked for, granted, entered, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import day_label, listed, opening, span
from drills.leave import Kind

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """Days from one to another, inclusive, and why somebody is not there."""

    first: date
    last: date
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What has somebody off, by its row, or waits for the trainer's word."""

    absence: int
    off: Off
    waits: bool


def _values(words: Words, off: Off, today: date) -> dict[str, str]:
    return {"kind": words(f"leave.kind_{off.kind}"), "days": span(words, off.first, off.last, today)}


def offer(words: Words, days: Sequence[date], *, today: date, coming: Sequence[Coming] = (), lead: str = "") -> Message:
    """Which day off: buttons for the next ones, or a written date; and what is to come, to be taken back."""
    rows = _choices(words, days, "lv", today)
    return Message(
        lead=lead,
        title=words("leave.title"),
        body=words("leave.body"),
        note="\n".join(opening(line(words, one, today)) for one in coming[:SHOWN]),
        buttons=(*rows, *((button,) for button in backs(words, coming, today))),
    )


def offer_for(words: Words, days: Sequence[date], *, name: str, person: int, today: date) -> Message:
    """A trainer enters somebody's days."""
    back = (Button(words("setting.back"), f"pe:{person}"),)
    buttons = (*_choices(words, days, f"ple:{person}", today), back)
    return Message(title=words("leave.title_for", name=name), body=words("leave.body"), buttons=buttons)


def _choices(words: Words, days: Sequence[date], verb: str, today: date) -> tuple[tuple[Button, ...], ...]:
    """A row of days for leave, and one for a shift."""
    return tuple(
        tuple(
            Button(
                words(f"leave.day_{kind}", day=opening(day_label(words, day, today))), f"{verb}:{day:%Y%m%d}:{kind[0]}"
            )
            for day in days
        )
        for kind in Kind
    )


def line(words: Words, one: Coming, today: date) -> str:
    """11月25日 轮休."""
    return words("leave.waits" if one.waits else "leave.stands", **_values(words, one.off, today))


def backs(words: Words, coming: Sequence[Coming], today: date) -> list[Button]:
    """A button for each that takes it back."""
    return [
        Button(words("leave.back", days=span(words, one.off.first, one.off.last, today)), f"lx:{one.absence}")
        for one in coming[:SHOWN]
    ]


def asked(words: Words, off: Off, *, trainers: Sequence[str], today: date) -> Message:
    """The request is on its way."""
    if not trainers:
        return Message(body=words("leave.asked_nobody"))
    return Message(body=words("leave.asked", trainers=listed(words, trainers), **_values(words, off, today)))


def request(words: Words, off: Off, *, absence: int, name: str, today: date) -> Message:
    """To the trainer: yes or no."""
    buttons = (Button(words("leave.grant"), f"lg:{absence}"), Button(words("leave.refuse"), f"lr:{absence}"))
    return Message(body=words("leave.request", name=name, **_values(words, off, today)), buttons=(buttons,))


def told(words: Words, off: Off, *, granted: bool, trainer: str, today: date) -> Message:
    """To the person: the decision."""
    key = "leave.granted" if granted else "leave.refused"
    return Message(body=opening(words(key, trainer=trainer, **_values(words, off, today))))


def done(words: Words, off: Off, *, granted: bool, name: str, today: date) -> Message:
    """To the trainer: what was decided."""
    key = "leave.granted_done" if granted else "leave.refused_done"
    return Message(body=words(key, name=name, **_values(words, off, today)))


def entered(words: Words, off: Off, *, trainer: str, today: date) -> Message:
    """To the person: a trainer has entered it."""
    return Message(body=words("leave.entered", trainer=trainer, **_values(words, off, today)))


def entered_done(words: Words, off: Off, *, name: str, today: date) -> str:
    """To the trainer: it is entered."""
    return words("leave.entered_done", name=name, **_values(words, off, today))


def taken_back(words: Words, off: Off, *, by: str, own: bool, today: date) -> Message:
    """To the trainers, where it is somebody's own; else to the person."""
    return Message(body=words("leave.back_own" if own else "leave.back_told", name=by, **_values(words, off, today)))


def taken_back_done(words: Words, off: Off, today: date) -> str:
    """It holds no longer."""
    return opening(words("leave.back_done", **_values(words, off, today)))
