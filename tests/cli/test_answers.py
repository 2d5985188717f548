"""Answers and the month's sheet from the command line."""

from pathlib import Path

import pytest

from tests.cli.bank import make_bank
from tests.cli.conftest import Run


@pytest.fixture
def bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{folder / 'bank.db'}"
    make_bank(url)
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", url)
    monkeypatch.setenv("CHENLIAN_LANGUAGE", "zh-CN")


def test_answers_into_a_file_by_unit_person_question_and_days(run: Run, bank: None, folder: Path) -> None:
    choice = ("--unit", "城东网点", "--person", "1001", "--question", "count-1", "--from", "2026-11-01")
    done = run("answers", "export", "--out", "a.csv", *choice, "--to", "2026-11-30")
    assert (done.exit_code, done.output) == (0, "0 条答题写在 a.csv。里面有姓名，请收好。\n")
    assert (folder / "a.csv").read_text(encoding="utf-8-sig").startswith('"日期","网点","工号"')
    assert run("answers", "export", "--out", "a.xlsx").exit_code == 0


def test_the_months_sheet(run: Run, bank: None, folder: Path) -> None:
    done = run("month", "--unit", "某县支行", "--month", "2026-01", "--out", "m.xlsx")
    assert (done.exit_code, done.output) == (0, "月末表写在 m.xlsx。里面有姓名，请收好。\n")
    assert (folder / "m.xlsx").stat().st_size


def test_what_nobody_knows_and_what_is_no_file_is_refused_and_leaves_nothing(
    run: Run, bank: None, folder: Path
) -> None:
    for words in (("--unit", "城东网店"), ("--person", "9")):
        refused = run("answers", "export", "--out", "a.xlsx", *words)
        assert (refused.exit_code, refused.stdout) == (1, "")
    assert "相近的有：城东网点" in run("month", "--unit", "城东网店", "--month", "2026-11", "--out", "m.xlsx").stderr
    assert run("answers", "export", "--out", "a.pdf").exit_code == 1
    assert run("answers", "export", "--out", "no/folder/a.csv").exit_code == 1
    assert run("month", "--unit", "某县支行", "--month", "2026-11", "--out", "m.csv").exit_code == 1
    assert not {path.name for path in folder.iterdir()} & {"a.xlsx", "a.pdf", "m.xlsx", "m.csv"}


def test_what_is_misused(run: Run, bank: None) -> None:
    for words in (("--from", "1.11."), ("--from", "2026-11-02", "--to", "2026-11-01")):
        assert run("answers", "export", "--out", "a.csv", *words).exit_code == 2
    assert run("answers", "export").exit_code == 2
    assert run("month", "--unit", "x", "--month", "11", "--out", "m.xlsx").exit_code == 2
