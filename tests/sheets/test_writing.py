import csv
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.sheets import writing
from bot.sheets.guard import guarded, unguarded
from bot.sheets.problems import Unreadable
from bot.sheets.reading import read
from bot.sheets.writing import Page, write, write_book
from tests.sheets.files import HEADINGS, WANG

LIVE = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "＝1", " =1", "{=1}", "http://a.b", "'=1"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_written_is_read_again(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    write(path, [HEADINGS, WANG, ["0012", *LIVE[:4]]])
    assert [list(row.cells) for row in read(path)] == [HEADINGS, WANG, ["0012", *LIVE[:4]]]


def test_no_formula_and_no_link_in_excel(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [["x"], *[[text] for text in LIVE]])
    with ZipFile(tmp_path / "a.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_no_formula_in_csv(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [[text] for text in LIVE])
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    for [cell] in csv.reader(data.decode("utf-8-sig").splitlines()):
        assert cell.strip()[:1] not in {"=", "+", "-", "@", "＝"}


@given(st.text(st.sampled_from("'=+-@＝ \t\nab")))
def test_the_guard_is_taken_away_and_nothing_else(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1))
def test_no_text_breaks_a_file(tmp_path: Path, kind: str, text: str) -> None:
    write(tmp_path / f"a.{kind}", [["x"], [text], ["\ud83d"], ["z" * 40_000]])
    assert (tmp_path / f"a.{kind}").stat().st_size > 0


def test_only_where_it_can_be_written(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "a.pdf", "wrong-type"), (tmp_path / "none" / "a.xlsx", "no-file")):
        with pytest.raises(Unreadable) as refused:
            write(path, [["x"]])
        assert refused.value.problem.code == code


def test_a_page_that_is_full_goes_on_on_another_and_numbers_stay_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "ROWS", 2)
    path = tmp_path / "book.xlsx"
    rows: list[list[str | int]] = [["=1+1", 3], ["@x", 4], ["ok", 5]]
    write_book(path, [Page("one", [("a", 9), ("b", 9)], iter(rows)), Page("two", [("c", 9)], [])])
    found = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(path)}
    assert found == {"one": [["a", "b"], ["=1+1", 3], ["@x", 4]], "one 2": [["a", "b"], ["ok", 5]], "two": [["c"]]}
    with pytest.raises(Unreadable):
        write_book(tmp_path / "book.csv", [Page("one", [("a", 9)], []), Page("two", [("a", 9)], [])])
