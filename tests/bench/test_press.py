"""The bench of a press, at its smallest: it must go on working between the days on which somebody reads its figures."""

import asyncio
from pathlib import Path

from tests.bench.contenders import BARE, OURS
from tests.bench.morning import prepared
from tests.bench.press import Figures, Size, table, turn

SMALL = Size(presses=12, in_flight=4, rate=100, seconds=0.1, warming=2)


async def test_a_press_is_measured_from_the_thumb_to_the_changed_card(tmp_path: Path) -> None:
    database = tmp_path / "morning.db"
    presses = await prepared(database, SMALL.people)
    assert len({press.chat for press in presses}) == SMALL.people == 24
    # side by side, since nobody reads their figures; ours asks the database whether each press was counted once
    figures, _ = await asyncio.gather(*(turn(name, presses, SMALL, database) for name in (OURS, BARE)))
    assert figures.a_second > 0
    assert 0 < figures.p50 <= figures.p99
    assert 0 < figures.steady_p50 <= figures.steady_p99


def test_the_table_tells_ratios_within_the_run_and_which_aims_were_missed() -> None:
    fast, slow = _figures(a_second=400, tail=0.02), _figures(a_second=100, tail=0.2)
    told = table({"ours": [fast], "floor": [slow], "bare": [fast]}, SMALL)
    assert "ours / floor: 4.00  4.00  4.00 (aim 1.00: met)" in told
    assert "ours / bare: 1.00  1.00  1.00 (aim 0.33: met)" in told
    assert "p99 at 100 a second: 20.0 ms (aim 50: met)" in told
    told = table({"ours": [slow], "floor": [fast], "bare": [fast]}, SMALL)
    assert told.count("MISSED") == 3


def _figures(a_second: float, tail: float) -> Figures:
    return Figures(a_second=a_second, p50=0.01, p99=0.05, steady_p50=0.01, steady_p99=tail, cpu=0.002, cpu_here=0.0002)
