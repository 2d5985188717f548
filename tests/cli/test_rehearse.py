import json
from pathlib import Path

import pytest

from bot.rehearsal.audit import Findings
from bot.rehearsal.run import Result
from bot.rehearsal.truth import Quality
from tests.cli.conftest import Run
from tests.cli.program import run as run_alone

INTEGERS = {"letters", "duplicates", "losses", "answers", "repeats"}
SMALL = ("rehearse", "--staff", "2", "--days", "1")


def test_the_figures_are_written_and_the_main_ones_said(tmp_path: Path) -> None:
    done = run_alone(tmp_path, *SMALL, "--seed", "3", "--json", "out.json")
    assert (done.code, done.err) == (0, "")
    figures = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert INTEGERS | {"flagged", "curve", "seconds", "peak_mib"} <= set(figures)
    assert all(type(figures[name]) is int for name in INTEGERS)
    assert isinstance(figures["seconds"], int | float)
    assert isinstance(figures["peak_mib"], int | float)
    assert [set(point) for point in figures["curve"]] == [{"day", "correct"}]
    assert all(set(case) == {"day", "staff", "reason"} for case in figures["flagged"])
    assert f"letters {figures['letters']}  duplicates 0  losses 0" in done.out
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"], "nothing else is left"


def test_on_a_database_of_ones_own_with_faults(run: Run, database_url: str) -> None:
    result = run(*SMALL, "--faults", "--database-url", database_url)
    assert result.exit_code == 0
    assert "duplicates 0  losses 0" in result.output
    again = run(*SMALL, "--database-url", database_url)
    assert again.exit_code == 1
    assert "holds a bank already" in again.stderr


@pytest.mark.parametrize(("duplicates", "losses"), [(1, 0), (0, 1)])
def test_a_fault_found_ends_it_with_1(run: Run, monkeypatch: pytest.MonkeyPatch, duplicates: int, losses: int) -> None:
    async def found(*_: object) -> Result:
        nothing = Quality(precision=None, recall=None, good_kept=None, evening_minutes={}, trainer_taps=0.0)
        found = Findings(letters=3, repeats=0, duplicates=duplicates, losses=losses)
        return Result(found, answers=1, quality=nothing)

    monkeypatch.setattr("bot.rehearsal.run.rehearse", found)
    assert run(*SMALL).exit_code == 1


def test_an_address_we_cannot_use_is_told_without_its_password(run: Run) -> None:
    result = run(*SMALL, "--database-url", "postgresql://chenlian:p-only-for-tests@127.0.0.1:1/x")
    assert result.exit_code == 1
    assert "cannot be used" in result.stderr
    assert "p-only-for-tests" not in result.output


def test_a_file_in_no_folder_is_told_before_the_work(run: Run) -> None:
    result = run(*SMALL, "--json", "nowhere/out.json")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_content_with_problems_is_refused(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "content").mkdir()
    monkeypatch.setenv("CHENLIAN_CONTENT_DIR", "content")
    result = run(*SMALL)
    assert result.exit_code == 1
    assert "topics.yaml" in result.stderr
