"""Welcome, the menu, leave, and the words for what cannot be done."""

from collections.abc import Sequence
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import clock, listed, opening, span


def menu(
    words: Words, *, name: str, unit: str, roles: Sequence[str], commands: Sequence[str], lead: str = ""
) -> Message:
    """Hello, and a button for each command this person has."""
    named = listed(words, [words(f"role.{r}") for r in roles])
    return Message(
        lead=lead,
        title=words("menu.title", name=name),
        body=words("menu.body", unit=unit, roles=named),
        buttons=_menu_buttons(words, commands),
    )


def _menu_buttons(words: Words, commands: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(words(f"menu.{c}"), f"/{c}") for c in commands]
    return tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))


def joined(words: Words, *, name: str, unit: str, push: time, closes: time, commands: Sequence[str]) -> Message:
    """The chat is linked to the person."""
    return Message(
        title=words("joined.title", name=name),
        body=words("joined.body", unit=unit, time=clock(push), closes=clock(closes)),
        note=words("joined.note"),
        buttons=_menu_buttons(words, commands),
    )


def stranger(words: Words) -> Message:
    """Somebody we do not know."""
    return Message(body=words("stranger.body"))


def wordless(words: Words, kind: str, *, drilled: bool) -> Message:
    """Something we can't read, and what to do instead."""
    return Message(body=words(f"wordless.{kind}", own="/today" if drilled else "/start"))


def leave(words: Words, days: Sequence[tuple[str, date]]) -> Message:
    """Which day off: buttons for the next ones, or a written date."""
    buttons = tuple(Button(opening(label), f"lv:{day:%Y%m%d}") for label, day in days)
    return Message(title=words("leave.title"), body=words("leave.body"), buttons=(buttons,))


def leave_asked(words: Words, *, trainers: Sequence[str], first: date, last: date, today: date) -> Message:
    """The request is on its way."""
    if not trainers:
        return Message(body=words("leave.asked_nobody"))
    days = span(words, first, last, today)
    return Message(body=words("leave.asked", trainers=listed(words, trainers), days=days))


def leave_request(words: Words, *, absence: int, name: str, first: date, last: date, today: date) -> Message:
    """To the trainer: yes or no."""
    buttons = (Button(words("leave.grant"), f"lg:{absence}"), Button(words("leave.refuse"), f"lr:{absence}"))
    body = words("leave.request", name=name, days=span(words, first, last, today))
    return Message(body=body, buttons=(buttons,))


def leave_told(words: Words, *, granted: bool, trainer: str, first: date, last: date, today: date) -> Message:
    """To the person: the decision."""
    key = "leave.granted" if granted else "leave.refused"
    return Message(body=words(key, days=span(words, first, last, today), trainer=trainer))


def leave_done(words: Words, *, granted: bool, name: str, first: date, last: date, today: date) -> Message:
    """To the trainer: what was decided."""
    key = "leave.granted_done" if granted else "leave.refused_done"
    return Message(body=words(key, days=span(words, first, last, today), name=name))


def unknown_year(words: Words, year: int) -> Message:
    """To the admins: the calendar has a hole."""
    return Message(
        title=words("admin.unknown_year", year=year),
        body=words("admin.unknown_year_body"),
        note=words("admin.unknown_year_note", year=year),
    )


def unreachable(words: Words, name: str) -> Message:
    """To the trainer, once: somebody stopped the chat."""
    return Message(title=words("admin.unreachable", name=name), body=words("admin.unreachable_body"))


def skipped(words: Words, *, at: time, until: time) -> Message:
    """To the trainer: the push did not happen."""
    return Message(body=words("skipped.body", time=clock(at), until=clock(until)))
