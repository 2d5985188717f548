"""Leave and shifts from a list: to whoever sent it what would change, to each person their own days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import day_name, few, listed, opening, span
from drills.rota import Change, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a list would change: each person's name with their change; so many of its days have gone by; whether it
    speaks of its sender."""

    changes: Sequence[tuple[str, Change]]
    gone: int = 0
    own: bool = False


def lines(words: Words, preview: Preview, today: date) -> list[str]:
    """What would change, kind by kind."""
    changes = preview.changes
    off = [(name, sum(len(list(stretch)) for stretch in c.fresh)) for name, c in changes if c.fresh]
    same = sum(c.same for _, c in changes)
    found = []
    if off:
        names = few(words, [name for name, _ in off])
        found.append(words("rota.entered", n=len(off), days=sum(n for _, n in off), names=names))
    found += _by_day(words, "rota.taken_back", [(name, c.back) for name, c in changes if c.back], today)
    found += _by_day(words, "rota.kept", [(name, c.kept) for name, c in changes if c.kept], today)
    found += [words("rota.same", n=same)] if same else []
    found += [words("rota.gone", n=preview.gone)] if preview.gone else []
    return found + ([words("rota.own")] if preview.own else [])


def _by_day(words: Words, key: str, who: Sequence[tuple[str, Sequence[date]]], today: date) -> list[str]:
    named = [words("rota.one", name=name, what=_each(words, days, today)) for name, days in who]
    return [words(key, names=few(words, named))] if named else []


def _each(words: Words, days: Sequence[date], today: date) -> str:
    return listed(words, [day_name(words, day, today) for day in days])


def screen(words: Words, preview: Preview, today: date, *, buttons: Sequence[Button], lead: str = "") -> Message:
    """The dry run, with what can be done about it."""
    body = lines(words, preview, today)
    if not buttons:
        return Message(lead=lead, title=words("upload.nothing"), body="\n".join(body))
    return Message(
        lead=lead,
        title=words("rota.title"),
        body="\n".join(body),
        note=words("rota.telling"),
        buttons=tuple((button,) for button in buttons),
    )


def done(words: Words, *, told: int, of: int) -> Message:
    """It has been done."""
    return Message(body=words("rota.done", told=told, of=of))


def days_of(words: Words, name: str, change: Change, today: date) -> str:
    """One person's days: 王芳 11月24日至11月25日休息, 11月26日改为上班."""
    return f"{name} · " + " ".join(_said(words, change, today))


def told(words: Words, change: Change, today: date) -> Message:
    """To the person: the days they are off, and those they come back to work."""
    return Message(title=words("rota.changed"), body="\n".join(map(opening, _said(words, change, today))))


def _said(words: Words, change: Change, today: date) -> list[str]:
    off = [words("rota.are_off", days=_days(words, change.fresh, today))] if change.fresh else []
    back = [words("rota.back", days=_each(words, change.back, today))] if change.back else []
    return off + back


def _days(words: Words, stretches: Sequence[Stretch], today: date) -> str:
    return listed(words, [span(words, stretch.first, stretch.last, today) for stretch in stretches])
