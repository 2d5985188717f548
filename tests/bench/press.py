"""A press, from the thumb to the changed card: `python -m tests.bench press`.

Three contenders do the same in turn, each a process of its own, over real HTTP to a Telegram in this one:

- ours: the program as `serve` runs it on SQLite (WAL, FULL). Every press is somebody's first answer to a question of
  their morning's sitting. It is over when its spinner has stopped and its card has changed to the verdict, which goes
  out only after the answer is on disk; at the end the database is asked whether each was counted once;
- floor: python-telegram-bot's Application with its default client and a handler that answers and edits, no more;
- bare: the same handler on our request class.

All hear by webhook: each press is then a call of its own, to the same web server. By polling they would come in heaps,
and what is measured would be how each asks for the next heap. Each presses in a chat of its own, so one message a
second to a chat holds nobody back, and Telegram's 30 a second to all are not enforced: this is about the program.

First 32 are in flight at any time, the next pressed when one is over; then 200 a second are pressed, come what may, and
a press counts from when it should have been pressed. The Telegram here takes far less of a processor than any contender
does; the last columns tell, so that it can be seen again at each run."""

import argparse
import asyncio
import gc
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time as timer
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.bench.contenders import BARE, FLOOR, OURS
from tests.bench.morning import Press, prepared
from tests.bench.telegram import Telegram

AIMS = {FLOOR: 1.0, BARE: 1 / 3}
"""Our presses a second, as parts of theirs."""
TAIL = 0.050
"""Seconds within which 99 of 100 presses shall be over at a steady rate."""
WARMING = 100
"""Presses before anything is measured."""
HEADINGS = ("presses/s", "p50 ms", "p99 ms", "steady p50", "steady p99", "cpu ms", "here ms")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is pressed."""

    presses: int = 1500
    in_flight: int = 32
    rate: float = 200
    seconds: float = 5
    warming: int = WARMING

    @property
    def people(self) -> int:
        """Nobody presses twice."""
        return self.warming + self.presses + round(self.rate * self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What came of one contender's turn; seconds, and processor seconds a press."""

    a_second: float
    p50: float
    p99: float
    steady_p50: float
    steady_p99: float
    cpu: float
    cpu_here: float

    def shown(self) -> list[float]:
        """As they stand under HEADINGS."""
        return [self.a_second, *(seconds * 1000 for seconds in list(asdict(self).values())[1:])]


async def turn(name: str, presses: Sequence[Press], size: Size, database: Path) -> Figures:
    """One contender's turn; ours on a database of its own, a copy of the one that was prepared."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "chenlian.db"
        if name == OURS:
            shutil.copy(database, own)
        async with Telegram() as telegram, _running(name, telegram, own) as process:
            figures = await _measured(telegram, presses, size, process)
        if odd := +telegram.odd:
            raise RuntimeError(f"{name}: {dict(odd)}")
        if name == OURS:
            _audit(own, size.people)
    return figures


async def _measured(telegram: Telegram, presses: Sequence[Press], size: Size, process: int) -> Figures:
    await telegram.closed(presses[: size.warming], size.in_flight)
    cpu, here, began = _cpu(process), timer.process_time(), timer.perf_counter()
    took = await telegram.closed(presses[size.warming : size.warming + size.presses], size.in_flight)
    lasted = timer.perf_counter() - began
    cpu, here = _cpu(process) - cpu, timer.process_time() - here
    steady = await telegram.steady(presses[size.warming + size.presses :], size.rate)
    return Figures(
        a_second=size.presses / lasted,
        p50=median(took),
        p99=_p99(took),
        steady_p50=median(steady),
        steady_p99=_p99(steady),
        cpu=cpu / size.presses,
        cpu_here=here / size.presses,
    )


@asynccontextmanager
async def _running(name: str, telegram: Telegram, database: Path) -> AsyncIterator[int]:
    """A contender's process, which has said where to call it."""
    asked = ("-m", "tests.bench", "contenders", name, telegram.url, str(database))
    process = await asyncio.create_subprocess_exec(sys.executable, *asked)
    try:
        async with asyncio.timeout(60):
            await telegram.hooked()
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        ended = await process.wait()
    if ended:
        raise RuntimeError(f"{name} ended with {ended}")


def _audit(database: Path, presses: int) -> None:
    """Every press is an answer that counts, and its reply has its receipt. Raises RuntimeError."""
    with closing(sqlite3.connect(database)) as connection:
        (counted,) = connection.execute("select count(*) from answer where counted").fetchone()
        (sent,) = connection.execute(
            "select count(*) from letter where once like 'reply/telegram/9%' and state = 'sent'"
        ).fetchone()
    if (counted, sent) != (presses, presses):
        raise RuntimeError(f"{presses} presses, but {counted} answers and {sent} receipts")


def _cpu(process: int) -> float:
    """Processor seconds of a process, as Linux tells them; not a number elsewhere."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[98]


async def measured(folder: Path, size: Size, repetitions: int) -> dict[str, list[Figures]]:
    """Every contender's figures, the turns alternating."""
    database = folder / "morning.db"
    presses = await prepared(database, size.people)
    gc.collect()
    gc.freeze()  # what was prepared is not looked through again while the clock runs
    found: dict[str, list[Figures]] = {OURS: [], FLOOR: [], BARE: []}
    for _ in range(repetitions):
        for name, figures in found.items():
            figures.append(await turn(name, presses, size, database))
    return found


def ratios(found: dict[str, list[Figures]], other: str) -> list[float]:
    """Our presses a second as parts of the other's, turn by turn."""
    return [mine.a_second / theirs.a_second for mine, theirs in zip(found[OURS], found[other], strict=True)]


def table(found: dict[str, list[Figures]], size: Size) -> str:
    """The figures as a table, then the aims: min, median and max of the repetitions."""
    pressed = f"{size.presses} presses with {size.in_flight} in flight, then {size.rate:g} a second"
    lines = [
        f"{pressed}; {len(found[OURS])} turns each: min median max",
        "",
        f"{'':8}" + "".join(f"{heading:>22}" for heading in HEADINGS),
    ]
    for name, figures in found.items():
        columns = zip(*(one.shown() for one in figures), strict=True)
        lines.append(f"{name:8}" + "".join(f"{_spread(column):>22}" for column in columns))
    lines.append("")
    for other, aim in AIMS.items():
        parts = ratios(found, other)
        lines.append(f"ours / {other}: {_spread(parts)} (aim {aim:.2f}: {_met(median(parts) >= aim)})")
    tail = median(one.steady_p99 for one in found[OURS])
    lines.append(f"p99 at {size.rate:g} a second: {tail * 1000:.1f} ms (aim {TAIL * 1000:g}: {_met(tail < TAIL)})")
    return "\n".join(lines)


def _spread(values: Sequence[float]) -> str:
    return "  ".join(f"{value:.{0 if value >= 100 else 2}f}" for value in (min(values), median(values), max(values)))


def _met(yes: bool) -> str:
    return "met" if yes else "MISSED"


def main(arguments: list[str] | None = None) -> None:
    """Measure, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench press", description=__doc__)
    parser.add_argument("--presses", type=int, default=Size.presses)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write every figure of every turn there")
    given = parser.parse_args(arguments)
    size = Size(presses=given.presses)
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder), size, given.repetitions))
    print(table(found, size))  # noqa: T201 -- a command's answer
    if given.json:
        figures = {name: [asdict(one) for one in every] for name, every in found.items()}
        parts = {other: ratios(found, other) for other in AIMS}
        given.json.write_text(json.dumps({"size": asdict(size), "figures": figures, "ratios": parts}, indent=1))
