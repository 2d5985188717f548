"""Letters to those who lead: the day before, the week before, and what one tap opens; faults by checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.views.text import day_name, listed, percent, share, some, span
from drills.boards import By
from drills.windows import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A checkpoint and how it was answered; `change` in percentage points against the same days a week before, where
    there was enough to compare with."""

    checkpoint: str
    right: int
    asked: int
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a manager hears in the morning about the working day before. `idle` are branches that held no drill with the
    days in a row, `off` units that were closed (name, kind, reason), `overdue` the cases whose evening was not done
    with their branches, `change` percentage points, `target` the stage's inspection score; `export`: whether the reader
    may have the answers."""

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
    target: int
    export: bool = True
    off: Sequence[tuple[str, str, str]] = ()


def summary(words: Words, values: Summary) -> Message:
    """One screen, worst first: branches that held no drill, overdue cases, gaps; then participation and the target.
    Every line opens what is behind it in one tap."""
    day = day_name(words, values.day)
    if values.branches == 1:
        title = words("summary.title_branch", unit=values.unit, day=day)
    else:
        title = words("summary.title", unit=values.unit, day=day, n=values.branches)
    lines = _amiss(words, values)
    if values.weakest:
        lines.append(words("summary.weakest", points=listed(words, [_point(words, w) for w in values.weakest])))
    if values.expected:
        lines.append(_participation(words, values))
    if not lines:
        return Message(title=title, body=words("summary.nothing"))
    lines.append(words("summary.target", target=values.target))
    return Message(title=title, body="\n".join(lines), buttons=_buttons(words, values))


def _amiss(words: Words, values: Summary) -> list[str]:
    lines = []
    if values.idle:
        names = [words("summary.twice", name=n, days=d) if d > 1 else n for n, d in values.idle]
        lines.append(words("summary.no_drill", names=some(words, names)))
    if values.overdue:
        units = some(words, values.overdue_units)
        lines.append(words("summary.overdue", n=values.overdue, units=units))
    for kind, key in (("no-drill", "summary.called_off"), ("closed", "summary.closed")):
        off = [words("summary.because", name=n, reason=r) if r else n for n, k, r in values.off if k == kind]
        if off:
            lines.append(words(key, names=some(words, off)))
    if values.passed or values.again:
        key = "summary.evening" if values.again else "summary.evening_all"
        lines.append(words(key, passed=values.passed, again=values.again))
    return lines


def _point(words: Words, weak: Weak) -> str:
    point = words("summary.point", checkpoint=weak.checkpoint, rate=percent(weak.right, weak.asked), asked=weak.asked)
    return point + words("summary.point_change", change=f"{weak.change:+d}") if weak.change is not None else point


def _participation(words: Words, values: Summary) -> str:
    line = words("summary.participation", answered=values.answered, expected=values.expected)
    if values.change is None:
        return line
    key = "summary.change" if values.change else "summary.same"
    return line + words(key, change=f"{values.change:+d}")


def _buttons(words: Words, values: Summary) -> tuple[tuple[Button, ...], ...]:
    at = f"{values.unit_id}:{values.day:%Y%m%d}"
    amiss = [Button(words("summary.see_idle"), f"si:{at}")] if values.idle else []
    amiss += [Button(words("summary.see_overdue"), f"so:{at}")] if values.overdue else []
    below = Button(words("menu.board"), f"b:{at}") if values.at_branch else Button(words("summary.units"), f"u:{at}")
    by = By.PERSON if values.at_branch else By.BRANCH
    more = [Button(words("board.this_stage"), f"b:{at}:{Span.STAGE}:{by}")]
    more += [Button(words("menu.export"), f"ex:{values.unit_id}")] if values.export else []
    rows = (tuple(amiss), (Button(words("summary.worst"), f"wo:{at}"), below), tuple(more))
    return tuple(row for row in rows if row)


def back(words: Words, unit: int, day: date) -> Button:
    """The way back to the summary."""
    return Button(words("summary.back"), f"su:{unit}:{day:%Y%m%d}")


def idle(words: Words, unit_id: int, day: date, branches: Sequence[tuple[str, int, int]]) -> Message:
    """Branches (name, id, days in a row) that held no drill: each opens its board."""
    title = words("summary.idle_title", day=day_name(words, day))
    rows = tuple((name, words("summary.idle_days", days=days)) for name, _, days in branches)
    buttons = [Button(name, f"b:{unit}:{day:%Y%m%d}") for name, unit, _ in branches]
    buttons.append(back(words, unit_id, day))
    body = "" if rows else words("summary.idle_none")
    return Message(
        title=title, body=body, rows=rows, note=words("no_drill.note") if rows else "", buttons=_rows(buttons)
    )


def overdue(words: Words, unit_id: int, day: date, cases: Sequence[tuple[str, str, str]]) -> Message:
    """Evenings that were not done: branch, whose (empty where the reader may not know), and which checkpoint."""
    title = words("summary.overdue_title", day=day_name(words, day))
    rows = tuple((branch, " · ".join(filter(None, (who, checkpoint)))) for branch, who, checkpoint in cases)
    body = "" if rows else words("summary.overdue_none")
    note = words("summary.overdue_note") if rows else ""
    return Message(title=title, body=body, rows=rows, note=note, buttons=((back(words, unit_id, day),),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A week gone by, of a unit (`best` are branches) or of one branch (people): `twice` are checkpoints weak in this
    week and the one before, `weakest` the week's own, `doubts` questions reported as faulty."""

    unit: str
    unit_id: int
    at_branch: bool
    first: date
    last: date
    answered: int
    expected: int
    right: int
    asked: int
    change: int | None
    best: Sequence[str]
    weakest: Sequence[Weak]
    twice: Sequence[str]
    evenings: int
    passed: int
    doubts: int


def digest(words: Words, values: Digest) -> Message:
    """The week before in one screen, praise first."""
    days = span(words, values.first, values.last)
    lines = [_week(words, values)]
    if values.best:
        lines.append(words("digest.best", names=listed(words, values.best)))
    if values.weakest:
        lines.append(
            words(
                "summary.weakest",
                points=listed(words, [_point(words, replace(w, change=None)) for w in values.weakest]),
            )
        )
    if values.twice:
        lines.append(words("digest.twice", names=some(words, values.twice)))
    last = [words("digest.evenings", n=values.evenings, passed=values.passed)] if values.evenings else []
    last += [words("digest.doubts", n=values.doubts)] if values.doubts else []
    lines += [listed(words, last)] if last else []
    by = By.PERSON if values.at_branch else By.BRANCH
    button = Button(words("menu.board"), f"b:{values.unit_id}:{values.last:%Y%m%d}:{Span.WEEK}:{by}")
    return Message(
        title=words("digest.title", unit=values.unit, days=days), body="\n".join(lines), buttons=((button,),)
    )


def _week(words: Words, values: Digest) -> str:
    rate = share(values.right, values.asked)
    line = words("digest.participation", answered=values.answered, expected=values.expected, rate=rate)
    if values.change is None:
        return line
    key = "digest.change" if values.change else "digest.same"
    return line + words(key, change=f"{values.change:+d}")


def no_drill(words: Words, names: Sequence[str]) -> Message:
    """09:05, only where something is amiss."""
    body = words("no_drill.body", names=some(words, names))
    return Message(title=words("no_drill.title"), body=body, note=words("no_drill.note"))


def worst(words: Words, *, unit: str, weak: Sequence[Weak], minimum: int, back_to: Button | None = None) -> Message:
    """The weakest checkpoints of the last days: checkpoints, no names."""
    rows = tuple((w.checkpoint, _row(words, w)) for w in weak)
    body = "" if rows else words("worst.none")
    note = words("worst.note", minimum=minimum)
    title = words("worst.title", unit=unit)
    return Message(title=title, body=body, rows=rows, note=note, buttons=((back_to,),) if back_to else ())


def _row(words: Words, weak: Weak) -> str:
    row = words("worst.row", rate=percent(weak.right, weak.asked), right=weak.right, asked=weak.asked)
    return row + words("summary.point_change", change=f"{weak.change:+d}") if weak.change is not None else row


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
