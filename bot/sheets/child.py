"""A process of its own that reads one Excel file from a stranger: little memory, little time, and it may die.

It is started by its path, so it imports nothing of ours. What it found is one JSON object on stdout: `rows`, a list of
[row, [cells as text]], or `problem`.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY = 1024 * 2**20
COLUMNS, TEXT = 50, 400
TOO_MANY = "too-many-rows"
BROKEN = "broken-file"


def text(value: object) -> str:
    """A cell as a person sees it: a staff number that Excel holds as 1001.0 is 1001."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        value = value.isoformat()
    return str(value)[:TEXT].encode("utf-8", "replace").decode("utf-8")


def rows(path: str, most: int) -> dict[str, object]:
    """The rows of the first sheet in which something stands."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- only after the limits are in force

    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    sheet: Any = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
    if sheet is None:
        return {"problem": BROKEN}
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    found: list[tuple[int, list[str]]] = []
    for number, values in enumerate(sheet.iter_rows(max_col=COLUMNS, values_only=True), 1):
        if values.count(None) == len(values):  # a far cell makes a million of these: they must cost next to nothing
            continue
        cells = [text(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(found) >= most or number > 2 * most:
            return {"problem": TOO_MANY}
        found.append((number, cells))
    return {"rows": found}


def main() -> None:
    """Read the file named first; the most rows are named second, the seconds third."""
    path, most, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = rows(path, most)
    except Exception:  # noqa: BLE001 -- whatever a damaged file does, it is damaged
        found = {"problem": BROKEN}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
