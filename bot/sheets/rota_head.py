"""The row of headings of a rota or a list of leave: who stands where, and each day; below a title, perhaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.sheets import marks
from bot.sheets.headings import ROTA, heading, rota_field_of
from bot.sheets.problems import Problem
from bot.sheets.reading import HEAD, Row

NO_ROTA = Problem(
    code="no-rota",
    values={f"columns{end}": " ".join(heading(f, lang) for f in ROTA) for end, lang in (("", "zh"), ("_en", "en"))},
)
"""A file in which nobody's days stand."""


@dataclass(frozen=True, slots=True)
class Head:
    """The row of headings: where each field stands, and each day."""

    at: int
    row: Row
    where: Mapping[str, int]
    days: Mapping[int, date]
    pointed: Sequence[int] = ()
    twice: Sequence[Problem] = ()

    def cell(self, row: Row, name: str) -> str:
        """What a row says in the column of a field."""
        column = self.where.get(name, len(row.cells))
        return row.cells[column].strip() if column < len(row.cells) else ""


def find(rows: Sequence[Row], today: date) -> Head | None:
    """The row of headings, below a title that may say the month; None where there is none."""
    month: date | None = None
    for at, row in enumerate(rows[:HEAD]):
        found: dict[str, list[int]] = {}
        for column, cell in enumerate(row.cells):
            if name := rota_field_of(cell):
                found.setdefault(name, []).append(column)
        if "number" in found or "name" in found:
            days = {c: day for c, cell in enumerate(row.cells) if (day := marks.day_of(cell, today, month))}
            pointed = [c for c, cell in enumerate(row.cells) if marks.is_pointed(cell)]
            if days or pointed or ("from" in found and "post" not in found):
                where = {name: columns[0] for name, columns in found.items()}
                return Head(at, row, where, days, pointed, _twice(row, found, days))
        month = next((m for cell in row.cells if (m := marks.month_of(cell, today))), month)
    return None


def _twice(row: Row, found: Mapping[str, Sequence[int]], days: Mapping[int, date]) -> list[Problem]:
    used = {"number", "name"} if days else {"number", "name", *ROTA}
    same = {name: columns for name, columns in found.items() if name in used and len(columns) > 1}
    by_day: dict[date, list[int]] = {}
    for column, day in days.items():
        by_day.setdefault(day, []).append(column)
    same |= {row.cells[columns[0]].strip(): columns for columns in by_day.values() if len(columns) > 1}
    return [
        Problem(
            code="heading-twice", row=row.number, column=name, read=" / ".join(row.cells[c].strip() for c in columns)
        )
        for name, columns in same.items()
    ]
