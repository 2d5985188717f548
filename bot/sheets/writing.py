"""Rows of text → a file Excel opens well, in which nothing is a formula."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.sheets.guard import guarded
from bot.sheets.problems import Unreadable

WIDE, WIDTH = 40, 2
CELL = 32_767
"""Excel holds no more characters in a cell."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


def write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write an .xlsx or a .csv, by the file's name; the first row holds the headings. Raises Unreadable."""
    kinds = {".xlsx": _excel, ".csv": _csv}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise Unreadable("wrong-type")
    clean = [[_clean(cell) for cell in row] for row in rows]
    try:
        kind(path, clean)
    except OSError as error:
        raise Unreadable("no-file", path=path) from error


def _clean(text: str) -> str:
    """Half a character, or one no file may hold, would lose the whole file."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c >= " " or c in "\t\n")[:CELL]


def _excel(path: Path, rows: Sequence[Sequence[str]]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 -- only who writes Excel pays for it

    with path.open("wb") as file, Workbook(file, _PLAIN) as book:
        sheet, bold, text = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, text if number else bold)


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    return [min(WIDE, WIDTH * max(map(len, column)) + WIDTH) for column in zip(*rows, strict=True)]


def _csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([guarded(cell) for cell in row] for row in rows)
