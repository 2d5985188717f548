"""Rows of text → a file Excel opens well, in which nothing is a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

from bot.sheets.guard import guarded
from bot.sheets.problems import Unreadable

WIDE, WIDTH = 40, 2
CELL = 32_767
"""Excel holds no more characters in a cell."""
ROWS = 1_000_000
"""Excel holds no more than 1,048,576 rows on a page."""
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a workbook: its name, the headings with the width of each column in characters, and the rows, which may
    come one by one. Numbers stay numbers."""

    name: str
    headings: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[str | int]]


def write_book(path: Path, pages: Iterable[Page]) -> None:
    """Write pages into one .xlsx, or the only page into a .csv, by the file's name, in little memory however many rows
    there are; an Excel page that is full goes on on another. Raises Unreadable, and then leaves no file."""
    kinds, every = {".xlsx": _book, ".csv": _csv_page}, list(pages)
    kind = kinds.get(path.suffix.lower())
    if kind is None or (kind is _csv_page and len(every) > 1):
        raise Unreadable("wrong-type")
    try:
        kind(path, every)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unreadable("no-file", path=path) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _book(path: Path, pages: Iterable[Page]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 -- only who writes Excel pays for it

    with path.open("wb") as file, Workbook(file, _PLAIN) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for page in pages:
            rows = iter(page.rows)
            for part in count(1):
                sheet = book.add_worksheet(page.name if part == 1 else f"{page.name} {part}")
                sheet.freeze_panes(1, 0)
                for column, (heading, width) in enumerate(page.headings):
                    sheet.set_column(column, column, width)
                    sheet.write_string(0, column, heading, bold)
                if not _fill(sheet, rows, text):
                    break


def _fill(sheet: Any, rows: Iterator[Sequence[str | int]], text: Any) -> bool:  # noqa: ANN401 -- xlsxwriter has no types
    """Whether the page is full and there may be more."""
    written = 0
    for written, row in enumerate(islice(rows, ROWS), 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(written, column, cell)
            else:
                sheet.write_string(written, column, _clean(cell), text)
    return written == ROWS


def _csv_page(path: Path, pages: Iterable[Page]) -> None:
    (page,) = pages
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow([heading for heading, _ in page.headings])
        out.writerows([guarded(_clean(str(cell))) for cell in row] for row in page.rows)


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
