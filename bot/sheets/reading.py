"""A file from a stranger → rows of text. Excel is looked at from outside first, then read by a child with limits."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from zipfile import BadZipFile, ZipFile

from bot.sheets import child
from bot.sheets.guard import unguarded
from bot.sheets.problems import Unreadable

MIB = 2**20
MOST_ROWS = 20_000
HEAD = 10
"""A heading may be this far down, below a title."""
LARGEST = 10 * MIB
UNPACKED, RATIO, ENTRIES = 50 * MIB, 100, 200
SECONDS = 30
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TABLE = "xl/workbook.xml"
CHILD = child.__file__
AT_ONCE, PATIENCE = 2, 5
"""So many children read at a time, each with a gigabyte at most; who waits longer than so many seconds comes again."""
places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row in which something stands: its number as Excel counts, its cells."""

    number: int
    cells: tuple[str, ...]


def read(path: Path, seconds: int = SECONDS) -> list[Row]:
    """The rows of a sheet; Excel has so many seconds to give them. Raises Unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("too-big", limit=LARGEST // MIB)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("no-file", path=path) from error
    if data.startswith(OLE):
        raise Unreadable("old-excel")
    if data.startswith(ZIP):
        _look_into(path)
        return _excel(path, seconds)
    if path.suffix.lower() != ".csv" or b"\x00" in data:
        raise Unreadable("wrong-type")
    return _csv(data)


def _look_into(path: Path) -> None:
    """Refuse before anything is unpacked."""
    try:
        with ZipFile(path) as packed:
            entries = packed.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("broken-file") from error
    if TABLE not in {entry.filename for entry in entries}:
        raise Unreadable("wrong-type")
    size = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES or size > UNPACKED or size > RATIO * max(path.stat().st_size, 1):
        raise Unreadable("too-big", limit=LARGEST // MIB)


def _excel(path: Path, seconds: int) -> list[Row]:
    """By a child: a file of 4 KiB can abort a process, or keep it busy for minutes."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("CHENLIAN_")}
    most = MOST_ROWS + HEAD
    words = [sys.executable, "-P", CHILD, str(path.absolute()), str(most), str(seconds)]
    if not places.acquire(timeout=PATIENCE):
        raise Unreadable("busy")
    try:
        done = subprocess.run(words, env=bare, capture_output=True, check=True, timeout=seconds)  # noqa: S603 -- our own file
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unreadable("broken-file") from error
    finally:
        places.release()
    if "problem" in found:
        raise Unreadable(found["problem"], limit=MOST_ROWS)
    return [Row(number, tuple(cells)) for number, cells in found["rows"]]


def _csv(data: bytes) -> list[Row]:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    try:
        found = list(islice(_lines(text, mark), MOST_ROWS + HEAD + 1))
    except csv.Error as error:
        raise Unreadable("broken-file") from error
    if len(found) > MOST_ROWS + HEAD:
        raise Unreadable("too-many-rows", limit=MOST_ROWS)
    return found


def _decoded(data: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not-text")


def _lines(text: str, mark: str) -> Iterator[Row]:
    """Every row in which something stands. Rows are counted, not lines: so does Excel."""
    for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=mark), 1):
        if any(map(str.strip, cells)):
            yield Row(number, tuple(child.text(unguarded(cell)) for cell in cells[: child.COLUMNS]))
