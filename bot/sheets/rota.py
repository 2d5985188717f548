"""Rows of text → who is off when, with every problem there is: a list of leave, or the rota on a branch's wall."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.sheets import marks
from bot.sheets.headings import ROTA, plain
from bot.sheets.lists import tidy
from bot.sheets.problems import Problem, Unreadable
from bot.sheets.reading import Row
from bot.sheets.rota_head import NO_ROTA, Head, find
from drills.rota import AHEAD, Line, Mark


@dataclass(frozen=True, slots=True)
class Listing:
    """What a sheet holds: the lines that could be read, what is wrong, how many rows there are."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    rows: int


@dataclass(slots=True)
class _Reader:
    """Reads line by line, and gathers what is wrong."""

    head: Head
    today: date
    problems: list[Problem] = field(default_factory=list)

    @property
    def last(self) -> date:
        """The last day a list may name."""
        return self.today + timedelta(AHEAD)

    def wrong(self, code: str, row: int, column: str, read: str = "", **values: object) -> None:
        """One problem."""
        self.problems.append(Problem(code=code, row=row, column=column, read=read, values=values))


def is_rota(rows: Sequence[Row], today: date) -> bool:
    """Whether this is about days, and not a staff list."""
    return find(rows, today) is not None


def read_rota(rows: Sequence[Row], today: date) -> Listing:
    """Who is off when. Raises Unreadable where there is no such thing."""
    head = find(rows, today)
    if head is None:
        raise Unreadable(NO_ROTA.code, **NO_ROTA.values)
    body = rows[head.at + 1 :]
    if not body:
        raise Unreadable("no-rows")
    reader = _Reader(head, today, [*head.twice])
    read: Callable[[_Reader, Row], Iterator[tuple[date, Mark]]] = _grid if head.days or head.pointed else _listed
    if head.days or head.pointed:
        _look_at_days(reader)
    lines = [line for row in body if (line := _line(reader, row, read))]
    problems = sorted(reader.problems, key=lambda problem: problem.row)
    return Listing(tuple(lines), tuple(problems), len(body))


def _look_at_days(reader: _Reader) -> None:
    """Days that cannot be told from others, or that are too far away."""
    row = reader.head.row
    for column in reader.head.pointed:
        said = row.cells[column].strip()
        reader.wrong("rota-pointed", row.number, said, said)
    far = [column for column, day in reader.head.days.items() if day > reader.last]
    if far:
        said = row.cells[far[0]].strip()
        reader.wrong("rota-far", row.number, said, said, last=reader.last)


def _line(reader: _Reader, row: Row, read: Callable[[_Reader, Row], Iterator[tuple[date, Mark]]]) -> Line | None:
    """One person's row; None for one that names nobody and says nothing, or where something is wrong."""
    head = reader.head
    number, name = tidy(head.cell(row, "number")), tidy(head.cell(row, "name"))
    if not number and (plain(name) in marks.SUMS or _says_nothing(row, head)):
        return None
    if not number and not name:
        reader.wrong("rota-who", row.number, "")
        return None
    before = len(reader.problems)
    days = tuple(read(reader, row))
    return None if len(reader.problems) > before else Line(row.number, number, name, days)


def _says_nothing(row: Row, head: Head) -> bool:
    """A second line of headings, with the weekdays; or a row beside whose days nothing stands."""
    if head.days:
        said = [row.cells[column] for column in head.days if column < len(row.cells) and row.cells[column].strip()]
        weekdays = bool(said) and all(map(marks.is_weekday, said))
        return weekdays or (not said and not head.cell(row, "name"))
    return not any(head.cell(row, name) for name in ("name", *ROTA))


def _grid(reader: _Reader, row: Row) -> Iterator[tuple[date, Mark]]:
    """A row of the rota: a mark for each day."""
    for column, day in reader.head.days.items():
        said = row.cells[column].strip() if column < len(row.cells) else ""
        mark = marks.mark_of(said)
        if mark is None:
            called = reader.head.row.cells[column].strip().removesuffix("T00:00:00")
            reader.wrong("rota-mark", row.number, called, said, allowed=marks.choices(at_work=True))
        else:
            yield day, mark


def _listed(reader: _Reader, row: Row) -> Iterator[tuple[date, Mark]]:
    """A row of a list: from one day to another, and why."""
    first_said, last_said, kind_said = (reader.head.cell(row, name) for name in ROTA)
    kind = marks.kind_of(kind_said)
    if kind is None:
        reader.wrong("rota-kind", row.number, "kind", kind_said, allowed=marks.choices(at_work=False))
    span = _day(reader, row, "from", first_said)
    if span and last_said:
        until = _day(reader, row, "to", last_said, near=span[0])
        span = (span[0], until[1]) if until else None
    if not span or kind is None:
        return
    first, last = span
    said = last_said or first_said
    if last < first:
        reader.wrong("rota-order", row.number, "to", said)
    elif last > reader.last:
        reader.wrong("rota-far", row.number, "to" if last_said else "from", said, last=reader.last)
    else:
        begins = max(first, reader.today - timedelta(AHEAD))  # what is longer gone changes nothing
        yield from ((begins + timedelta(n), kind) for n in range((last - begins).days + 1))


def _day(reader: _Reader, row: Row, column: str, said: str, near: date | None = None) -> tuple[date, date] | None:
    """The days of a cell, the second of the two near the first."""
    if not said:
        reader.wrong("empty", row.number, column)
        return None
    span = marks.span_of(said, near or reader.today)
    if span is None:
        reader.wrong("rota-pointed" if marks.is_pointed(said) else "rota-day", row.number, column, said)
    return span
