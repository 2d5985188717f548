"""Welcome, the menu, and the words for what cannot be done."""

from collections.abc import Sequence
from datetime import time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import FEW, clock, few, listed

TELEGRAM = "telegram"
PLATFORMS = frozenset({TELEGRAM, "wecom", "wecom-bot"})
"""Where somebody can be lost in a way of its own."""


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
        menu=_menu(words, commands),
    )


def _menu(words: Words, commands: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The chat's own menu: a person's commands in that person's language."""
    return tuple((command, words(f"menu.{command}")) for command in commands)


def _menu_buttons(words: Words, commands: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(words(f"menu.{c}"), f"/{c}") for c in commands]
    return tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))


def joined(words: Words, *, name: str, unit: str, times: tuple[time, time] | None, commands: Sequence[str]) -> Message:
    """The chat is linked to the person; `times` are those of the push and the close for whoever is drilled."""
    if times:
        body = words("joined.body", unit=unit, time=clock(times[0]), closes=clock(times[1]))
    else:
        body = words("joined.body_lead", unit=unit)
    return Message(
        title=words("joined.title", name=name),
        body=body,
        note=words("joined.note") if times else "",
        buttons=_menu_buttons(words, commands),
        menu=_menu(words, commands),
    )


def language(words: Words, names: Sequence[tuple[str, str]]) -> Message:
    """Which language to speak."""
    return Message(
        body=words("language.which"), buttons=(tuple(Button(called, f"lan:{code}") for code, called in names),)
    )


def stranger(words: Words) -> Message:
    """Somebody we do not know."""
    return Message(body=words("stranger.body"))


def wordless(words: Words, kind: str, *, drilled: bool) -> Message:
    """Something we can't read, and what to do instead."""
    return Message(body=words(f"wordless.{kind}", own=words("menu.today" if drilled else "menu.word")))


def unknown_year(words: Words, year: int) -> Message:
    """To the admins: the calendar has a hole."""
    return Message(
        title=words("admin.unknown_year", year=year),
        body=words("admin.unknown_year_body"),
        note=words("admin.unknown_year_note", year=year),
    )


def unreachable(words: Words, names: Sequence[str], channel: str) -> Message:
    """To the trainer, once: whom we can't write to any more, and what brings them back on that channel."""
    how = words(f"unreachable.{channel if channel in PLATFORMS else TELEGRAM}")
    if len(names) > FEW:
        return Message(title=words("unreachable.several", names=few(words, names), n=len(names)), body=how)
    return Message(title=words("unreachable.who", names=listed(words, names)), body=how)


def skipped(words: Words, *, at: time, until: time) -> Message:
    """To the trainer: the push did not happen."""
    return Message(body=words("skipped.body", time=clock(at), until=clock(until)))
