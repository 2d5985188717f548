"""One person before their trainer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views import leave
from bot.views.text import listed, share

CASES_SHOWN = 2


class Reach(StrEnum):
    """Whether our letters come to somebody."""

    LINKED = "linked"
    BLOCKED = "blocked"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """How somebody's first attempts went: today's right and asked (`here`: on duty today), over the last `days` working
    days, and the checkpoints missed most in the days that count for a repetition."""

    today: tuple[int, int]
    here: bool
    days: int
    answered: int
    recent: tuple[int, int]
    weak: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a trainer may know of somebody. `drill` is None for whoever is not drilled, `cases` are the open ones (id,
    checkpoint, state), `own` is the reader themselves."""

    person: int
    unit_id: int
    unit: str
    name: str
    post: str
    reach: Reach
    drill: Drill | None
    cases: Sequence[tuple[int, str, str]]
    coming: Sequence[leave.Coming]
    own: bool


def whom(words: Words, names: Sequence[tuple[str, int]], *, unit: str) -> Message:
    """Whose page is meant, of a branch's people."""
    buttons = [Button(name, f"pe:{person}") for name, person in names]
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    return Message(title=words("about.whom", unit=unit), note=words("about.by_name"), buttons=rows)


def which(words: Words, names: Sequence[tuple[str, int]]) -> Message:
    """Which of several who are called that."""
    return Message(body=words("about.which"), buttons=tuple((Button(name, f"pe:{person}"),) for name, person in names))


def page(words: Words, values: Page, *, today: date, lead: str = "") -> Message:
    """The page: figures, what is weak, what is open, days off, and what can be done."""
    rows = _drilled(words, values.drill) if values.drill else []
    rows += [
        (words("me.open_case"), words("me.open_case_value", checkpoint=checkpoint, state=words(f"state.{state}")))
        for _, checkpoint, state in values.cases[:CASES_SHOWN]
    ]
    rows += [(words("about.off"), leave.line(words, one, today)) for one in values.coming[: leave.SHOWN]]
    note = "" if values.reach is Reach.LINKED else words(f"about.{values.reach}")
    known = [values.name, words(f"post.{values.post}") if values.post else "", values.unit]
    title = " · ".join(part for part in known if part)
    return Message(lead=lead, title=title, rows=tuple(rows), note=note, buttons=_buttons(words, values, today))


def _drilled(words: Words, drill: Drill) -> list[tuple[str, str]]:
    right, asked = drill.today
    none = "me.today_none" if drill.here else "about.not_here"
    rows = [
        (words("me.place"), words("me.today_value", right=right, asked=asked) if asked else words(none)),
        (
            words("about.recent"),
            words("about.recent_value", answered=drill.answered, days=drill.days, rate=share(*drill.recent)),
        ),
    ]
    weak = [words("about.weak_one", checkpoint=checkpoint, n=n) for checkpoint, n in drill.weak]
    if weak:
        rows.append((words("about.weak"), listed(words, weak)))
    return rows


def _buttons(words: Words, values: Page, today: date) -> tuple[tuple[Button, ...], ...]:
    cases = [
        Button(words("about.case", checkpoint=checkpoint), f"c:{case}")
        for case, checkpoint, _ in values.cases[:CASES_SHOWN]
    ]
    backs = leave.backs(words, values.coming, today)
    last = [] if values.own else [Button(words("about.leave"), f"pl:{values.person}")]
    last.append(Button(words("setting.back"), f"pp:{values.unit_id}"))
    return (*((case,) for case in cases), *((back,) for back in backs), tuple(last))
