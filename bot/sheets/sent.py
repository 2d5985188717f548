"""A file that somebody sent: which list it is, and what stands in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.sheets.lists import Listing as StaffList
from bot.sheets.lists import read_list
from bot.sheets.problems import Problem, Unreadable
from bot.sheets.reading import LARGEST, MIB, read
from bot.sheets.rota import Listing as Rota
from bot.sheets.rota import is_rota, read_rota

SECONDS = 25
"""The person waits, and so does the platform, which forgets its patience after a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as it was understood: a staff list, a list of leave and shifts, or why it is neither."""

    name: str = ""
    roster: StaffList | None = None
    rota: Rota | None = None
    problem: Problem | None = None


def understand(name: str, data: bytes, today: date) -> Sent:
    """The list in these bytes. The name says only whether it may be a CSV; nothing is ever written under it."""
    try:
        with TemporaryDirectory(prefix="chenlian-") as folder:
            path = Path(folder) / ("sheet.csv" if name.lower().endswith(".csv") else "sheet.xlsx")
            path.write_bytes(data)
            rows = read(path, SECONDS)
        if is_rota(rows, today):
            return Sent(name=name, rota=read_rota(rows, today))
        return Sent(name=name, roster=read_list(rows))
    except Unreadable as error:
        return Sent(name=name, problem=error.problem)


def too_large() -> Sent:
    """A file that is larger than we read."""
    return Sent(problem=Problem(code="too-big", values={"limit": LARGEST // MIB}))


def unfetched(*, for_good: bool) -> Sent:
    """A file the platform did not give us."""
    return Sent(problem=Problem(code="not-given" if for_good else "not-fetched", values={"limit": LARGEST // MIB}))
