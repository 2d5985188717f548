"""A file from the chat: which list it is, whatever it is called."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.router.files import FETCHING
from bot.sheets import reading, sent
from bot.sheets.problems import Unreadable
from bot.sheets.reading import Row
from bot.sheets.rota import read_rota
from bot.sheets.sent import understand
from tests.sheets.files import HEADINGS, WANG, excel, text

TODAY = date(2026, 11, 23)


def test_the_headings_tell_which_list_it_is(tmp_path: Path) -> None:
    staff = understand("名单.XLSX", excel(tmp_path / "a.xlsx", [HEADINGS, WANG]).read_bytes(), TODAY)
    assert (staff.rota, staff.problem) == (None, None)
    assert staff.roster
    assert len(staff.roster.lines) == 1
    shifts = understand("班.CSV", text(tmp_path / "a.csv", [["姓名", "12-01"], ["王芳", "休"]]).read_bytes(), TODAY)
    assert (shifts.roster, shifts.problem) == (None, None)
    assert shifts.rota
    assert len(shifts.rota.lines) == 1


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/passwd", "a\x00b.csv", "CON", "", "x" * 5000, "a.csv.exe"])
def test_a_name_is_only_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    data = text(tmp_path / "a.csv", [HEADINGS, WANG]).read_bytes()
    found = understand(name, data, TODAY)
    assert bool(found.roster) == name.endswith(".csv")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


def test_reading_and_fetching_end_before_a_platform_calls_again() -> None:
    assert FETCHING + reading.PATIENCE + sent.SECONDS < 50


HEADS = [
    "姓名",
    "工号",
    "从",
    "到",
    "类型",
    "12-01",
    "12/1",
    "2026-12-01T00:00:00",
    "2026年12月",
    "1",
    "31",
    "32",
    "12.1",
    "周二",
    "二",
    "٣",
]
CELLS = ["王芳", "1001", "休", "班", "假", "?", "02-30", "9999-12-31", "2099-12-31", "12-01至12-40", "合计"]
CELL = st.sampled_from(["", *HEADS, *CELLS]) | st.text(max_size=6)
SHEET = st.lists(st.lists(CELL, max_size=6), max_size=8)


@given(SHEET)
def test_whatever_stands_in_a_sheet_it_is_read_or_told(cells: list[list[str]]) -> None:
    rows = [Row(number, tuple(line)) for number, line in enumerate(cells, 1)]
    try:
        found = read_rota(rows, TODAY)
    except Unreadable as error:
        told = [error.problem]
    else:
        told = list(found.problems)
    for problem in told:
        assert all(problem.tell("zh"))
        assert all(problem.tell("en"))
