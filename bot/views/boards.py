"""Boards and letters for those who lead: participation first, praise by name, faults by checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.closing import Closed, why
from bot.views.text import clock, day_name, listed, long_day, percent, share, some

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
    """A branch's day: who took part, how many were right, the top three, and one's own place if there is one."""

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


def board(words: Words, values: Board, *, more: Sequence[Button] = ()) -> Message:
    """The board of a branch: never the last by name."""
    title = words("board.title", unit=values.unit, day=long_day(words, values.day))
    rows = [(words("board.participation"), f"{values.answered}/{values.expected}")]
    if values.asked:
        rows.append((words("board.correct"), f"{values.right}/{values.asked}"))
    rows += [(words("board.top", place=t.place), f"{t.name}　{t.right}/{t.asked}") for t in values.top]
    body = "" if values.top else words("board.none")
    if values.own:
        note = words("board.own", place=values.own, of=values.of)
    else:
        note = words("board.minimum", minimum=values.minimum)
    return Message(title=title, body=body, rows=tuple(rows), note=note, buttons=(tuple(more),) if more else ())


def choose(words: Words, *, unit: str, buttons: Sequence[Button]) -> Message:
    """Which branch is meant, of those below a unit."""
    if not buttons:
        return Message(title=unit, body=words("units.none"))
    return Message(title=unit, body=words("choose.branch"), buttons=_pairs(buttons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """A person's own figures. `next_day` is the next drill, `case` the open case's checkpoint and state."""

    name: str
    post: str
    month: tuple[int, int]
    today: tuple[int, int]
    streak: int
    next_day: date
    push: time
    case: tuple[str, str] | None = None


def me(words: Words, values: Me, today: date) -> Message:
    """My marks, my streak, what comes next."""
    right, asked = values.today
    rows = [
        (words("me.place"), words("me.today_value", right=right, asked=asked) if asked else words("me.today_none")),
        (words("me.month"), words("me.month_value", right=values.month[0], asked=values.month[1])),
        (words("me.streak"), words("me.streak_value", days=values.streak)),
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
class Weak:
    """A checkpoint and how it was answered."""

    checkpoint: str
    right: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a manager hears in the morning about the working day before. `idle` are branches that held no drill with the
    days in a row, `off` units that were closed (name, kind, reason), `overdue` the people whose evening was not done
    with their branches, `change` percentage points."""

    unit: str
    unit_id: int
    day: date
    branches: int
    at_branch: bool
    idle: Sequence[tuple[str, int]]
    overdue: int
    overdue_units: Sequence[str]
    passed: int
    again: int
    answered: int
    expected: int
    weakest: Sequence[Weak]
    change: int | None
    off: Sequence[tuple[str, str, str]] = ()


def summary(words: Words, values: Summary) -> Message:
    """One screen: branches that held no drill, overdue cases, participation, the worst gaps."""
    day = day_name(words, values.day)
    if values.branches == 1:
        title = words("summary.title_branch", unit=values.unit, day=day)
    else:
        title = words("summary.title", unit=values.unit, day=day, n=values.branches)
    lines = _amiss(words, values)
    if values.expected:
        lines.append(words("summary.participation", answered=values.answered, expected=values.expected))
    if not lines:
        return Message(title=title, body=words("summary.nothing"))
    if values.weakest:
        points = [
            words("summary.point", checkpoint=w.checkpoint, rate=percent(w.right, w.asked), asked=w.asked)
            for w in values.weakest
        ]
        lines.append(words("summary.weakest", points=listed(words, points)))
    if values.change is not None:
        key = "summary.change" if values.change else "summary.same"
        lines.append(words(key, change=f"{values.change:+d}"))
    buttons = (
        Button(words("menu.board"), f"b:{values.unit_id}:{values.day:%Y%m%d}")
        if values.at_branch
        else Button(words("summary.units"), f"u:{values.unit_id}:{values.day:%Y%m%d}"),
        Button(words("summary.worst"), f"wo:{values.unit_id}"),
    )
    return Message(title=title, body="\n".join(lines), buttons=(buttons,))


def _amiss(words: Words, values: Summary) -> list[str]:
    lines = []
    if values.idle:
        names = [words("summary.twice", name=n, days=d) if d > 1 else n for n, d in values.idle]
        lines.append(words("summary.no_drill", names=some(words, names)))
    for kind, key in (("no-drill", "summary.called_off"), ("closed", "summary.closed")):
        off = [words("summary.because", name=n, reason=r) if r else n for n, k, r in values.off if k == kind]
        if off:
            lines.append(words(key, names=some(words, off)))
    if values.overdue:
        units = some(words, values.overdue_units)
        lines.append(words("summary.overdue", n=values.overdue, units=units))
    if values.passed or values.again:
        key = "summary.evening" if values.again else "summary.evening_all"
        lines.append(words(key, passed=values.passed, again=values.again))
    return lines


def no_drill(words: Words, names: Sequence[str]) -> Message:
    """09:05, only where something is amiss."""
    body = words("no_drill.body", names=some(words, names))
    return Message(title=words("no_drill.title"), body=body, note=words("no_drill.note"))


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


def units(words: Words, *, unit: str, day: date, rows: Sequence[UnitRow], up: int | None) -> Message:
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
    title = words("units.title", unit=unit, day=long_day(words, day))
    body = "" if rows else words("units.none")
    return Message(title=title, body=body, rows=tuple(cells), buttons=_pairs(buttons))


def _pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def worst(words: Words, *, unit: str, weak: Sequence[Weak], minimum: int) -> Message:
    """The weakest checkpoints of the last days: checkpoints, no names."""
    rows = tuple(
        (w.checkpoint, words("worst.row", rate=percent(w.right, w.asked), right=w.right, asked=w.asked)) for w in weak
    )
    body = "" if rows else words("worst.none")
    note = words("worst.note", minimum=minimum)
    return Message(title=words("worst.title", unit=unit), body=body, rows=rows, note=note)
