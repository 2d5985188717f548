"""Boards and lists for those who lead: participation first, praise by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.closing import Closed, why
from bot.views.text import clock, day_name, long_day, share, span
from drills.boards import By
from drills.windows import Span, Window, window

MISSING_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """One of the best; ties share a place."""

    place: int
    name: str
    right: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A window: who took part, how many were right, the best of whoever is compared (nobody where they are not
    `named`), and one's own place if there is one; `beside`: a branch among those of its county."""

    unit: str
    day: date
    answered: int
    expected: int
    right: int
    asked: int
    top: Sequence[Top]
    own: int | None
    of: int
    minimum: int
    window: Window
    named: bool = True
    by: By = By.PERSON
    beside: bool = False
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Where the buttons of a board lead: other windows of the same day, and what else may be compared on the unit."""

    unit: int
    day: date
    today: date
    scopes: Sequence[By] = ()


def board(words: Words, values: Board, *, links: Links | None = None, more: Sequence[Button] = ()) -> Message:
    """The board of a window: never the last by name. Over more than a day participation is counted in days of people
    on duty. A branch `beside` others sees who is best there, but no figure of theirs."""
    rows = [(words("board.participation"), _participation(words, values))]
    if values.asked:
        rows.append((words("board.correct"), share(values.right, values.asked)))
    rows += [(words("board.top", place=t.place), _named(t, values)) for t in values.top]
    buttons = _windows(words, values, links) if links else ()
    rest = (*more, *_scopes(words, values, links)) if links else tuple(more)
    return Message(
        title=_title(words, values),
        body="" if values.top else _nobody(words, values),
        rows=tuple(rows),
        note="\n".join(_notes(words, values)),
        buttons=tuple(row for row in (tuple(buttons), rest) if row),
    )


def _title(words: Words, values: Board) -> str:
    first, last = values.window.first, values.window.last
    day = long_day(words, values.day) if values.window.span is Span.DAY else span(words, first, last)
    key = "board.title" if values.by is By.PERSON else "board.title_of"
    return words(key, unit=values.unit, day=day, by=words(f"board.by_{values.by.name.lower()}"))


def _participation(words: Words, values: Board) -> str:
    if values.window.span is Span.DAY:
        return f"{values.answered}/{values.expected}"
    return words("board.days", answered=values.answered, expected=values.expected)


def _named(top: Top, values: Board) -> str:
    return top.name if values.beside else f"{top.name}　{share(top.right, top.asked)}"


def _nobody(words: Words, values: Board) -> str:
    if not values.named:
        return words("board.unnamed")
    return words("board.none" if values.window.span is Span.DAY and values.by is By.PERSON else "board.none_yet")


def _notes(words: Words, values: Board) -> list[str]:
    """One's own place or what it takes to have one, how the small are ranked, and what the stage is to reach."""
    if values.own:
        notes = [words("board.own_branch" if values.beside else "board.own", place=values.own, of=values.of)]
    else:
        notes = [words("board.minimum", minimum=values.minimum)]
    if values.by in {By.BRANCH, By.UNIT}:
        notes.append(words("board.prior"))
    if values.target is not None:
        notes.append(words("board.target", target=values.target))
    return notes


def _windows(words: Words, values: Board, links: Links) -> list[Button]:
    """The other windows; they are called this week's only where they are."""
    found = []
    for span_ in Span:
        if span_ is not values.window.span:
            name = span_.name.lower()
            now = window(span_, links.day) == window(span_, links.today)
            text = words(f"board.this_{name}") if now else words(f"board.that_{name}")
            found.append(Button(text, _data(links, span_, values.by)))
    return found


def _scopes(words: Words, values: Board, links: Links) -> list[Button]:
    """What else may be compared; from a branch's day, which has lists of its own, the next of them only."""
    others = [by for by in links.scopes if by is not values.by]
    if values.by is By.PERSON and values.window.span is Span.DAY:
        others = others[:1]
    return [Button(words(f"board.by_{by.name.lower()}"), _data(links, values.window.span, by)) for by in others]


def _data(links: Links, span_: Span, by: By) -> str:
    return f"b:{links.unit}:{links.day:%Y%m%d}:{span_}:{by}"


def choose(words: Words, *, unit: str, buttons: Sequence[Button]) -> Message:
    """Which branch is meant, of those below a unit."""
    if not buttons:
        return Message(title=unit, body=words("units.none"))
    return Message(title=unit, body=words("choose.branch"), buttons=_pairs(buttons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """A person's own figures. `spare` is on how many more days of this month
    no answer ends the streak, `next_day` is the next drill, `case` the open case's checkpoint and state."""

    name: str
    post: str
    month: tuple[int, int]
    today: tuple[int, int]
    streak: int
    spare: int
    next_day: date
    push: time
    case: tuple[str, str] | None = None


def me(words: Words, values: Me, today: date) -> Message:
    """My marks, my streak, what comes next."""
    right, asked = values.today
    rows = [
        (words("me.place"), words("me.today_value", right=right, asked=asked) if asked else words("me.today_none")),
        (words("me.month"), words("me.month_value", right=values.month[0], asked=values.month[1])),
        (words("me.streak"), _streak(words, values)),
    ]
    if values.case:
        checkpoint, state = values.case
        value = words("me.open_case_value", checkpoint=checkpoint, state=words(f"state.{state}"))
        rows.append((words("me.open_case"), value))
    day = day_name(words, values.next_day, today)
    rows.append((words("me.next"), words("me.next_value", day=day, time=clock(values.push))))
    buttons = (Button(words("menu.book"), "/book"), Button(words("menu.board"), "/board"))
    title = words("me.title", name=values.name, post=words(f"post.{values.post}")) if values.post else values.name
    return Message(title=title, rows=tuple(rows), buttons=(buttons,))


def _streak(words: Words, values: Me) -> str:
    days = words("me.streak_value", days=values.streak)
    return days + words("me.spare", n=values.spare) if values.streak else days


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who has not finished: how many of the day's questions are answered."""

    name: str
    answered: int
    of: int


def missing(words: Words, waiting: Sequence[Waiting], *, duty: int, unit: int, day: date) -> Message:
    """Who has not answered, with one button that reminds only those."""
    if not waiting:
        return Message(title=words("missing.none", duty=duty))
    lines = [words("missing.line", name=w.name, answered=w.answered, of=w.of) for w in waiting[:MISSING_SHOWN]]
    lines += ["…"] * (len(waiting) > MISSING_SHOWN)
    nudge = Button(words("missing.nudge", n=len(waiting)), f"nu:{unit}:{day:%Y%m%d}")
    title = words("missing.title", n=len(waiting), duty=duty)
    return Message(title=title, body="\n".join(lines), buttons=((nudge,),))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit below, with its day."""

    unit_id: int
    name: str
    answered: int
    expected: int
    right: int
    asked: int
    is_branch: bool
    closed: Closed | None = None


def units(
    words: Words, *, unit: str, day: date, rows: Sequence[UnitRow], up: int | None, back: Button | None = None
) -> Message:
    """The units below, each opening its own page."""
    cells = []
    for row in rows:
        value = words("units.row", answered=row.answered, expected=row.expected, rate=share(row.right, row.asked))
        if not row.expected:
            value = why(words, row.closed) if row.closed else words("units.row_none")
        cells.append((row.name, value))
    buttons = [Button(r.name, f"{'b' if r.is_branch else 'u'}:{r.unit_id}:{day:%Y%m%d}") for r in rows]
    if up:
        buttons.append(Button(words("units.up"), f"u:{up}:{day:%Y%m%d}"))
    buttons += [back] if back else []
    title = words("units.title", unit=unit, day=long_day(words, day))
    body = "" if rows else words("units.none")
    return Message(title=title, body=body, rows=tuple(cells), buttons=_pairs(buttons))


def _pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
