"""Leave and shifts from the command line, shown first and then entered; everybody is promised one letter."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.cli import leaving
from bot.services import rota
from bot.services.roster import NotSound
from bot.sheets.problems import Problem
from bot.store import outbox
from bot.store.tables import Absence
from bot.store.turn import Reader
from tests.cli.bank import make_bank, now
from tests.cli.conftest import Run
from tests.cli.test_branch import asked
from tests.sheets.files import excel, text

LIST = ["工号", "姓名", "从", "到", "类型"]


@pytest.fixture
def bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{folder / 'bank.db'}"
    make_bank(url, "王芳")
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", url)
    return url


@pytest.fixture
def sunday() -> date:
    """A day in about a week, so that a rota may be about it whenever the test runs."""
    return now().date() + timedelta(8)


def rows(turn: Reader) -> list[tuple[date, date, str, int | None]]:
    standing = [row for row in turn.session.exec(select(Absence)) if row.withdrawn_at is None]
    return [(row.first_day, row.last_day, row.kind, row.granted_by) for row in standing]


def test_a_dry_run_then_for_good_then_nothing_more(run: Run, bank: str, folder: Path, sunday: date) -> None:
    after = sunday + timedelta(1)
    wall: list[list[object]] = [["姓名", sunday, after], ["王芳", "休", "休"], ["李强", "", "年假"], ["周外", "", ""]]
    path = str(excel(folder / "a.xlsx", wall))
    shown = run("leave", "import", path)
    assert shown.exit_code == 0
    assert "新记休息 2 人 3 天：王芳、李强\n  王芳 · " in shown.output
    assert shown.output.endswith("以上是预演，什么都还没导入。确认后加 --apply。\n")
    assert asked(bank, rows) == []
    done = run("leave", "import", path, "--apply")
    assert (done.exit_code, done.output.endswith("已导入。\n")) == (0, True)
    assert asked(bank, rows) == [(sunday, after, "shift", None), (after, after, "leave", None)]
    letters = asked(bank, lambda turn: outbox.of_person(turn, 1, now() - timedelta(1)))
    assert isinstance(letters, list)
    assert len(letters) == 1
    again = json.loads(run("leave", "import", path, "--apply", "--json").output)
    assert (again["entered"], again["back"], again["same"], again["applied"]) == ([], [], 3, True)
    assert "和现在一样" in run("leave", "import", path).output


def test_a_shift_is_taken_back_by_the_next_rota(run: Run, bank: str, folder: Path, sunday: date) -> None:
    off, work = (
        str(excel(folder / f"{n}.xlsx", [["工号", sunday], ["1001", mark]])) for n, mark in enumerate(("休", "班"))
    )
    assert run("leave", "import", off, "--apply").exit_code == 0
    told = json.loads(run("leave", "import", work, "--apply", "--json").output)
    assert told["back"] == [{"number": "1001", "name": "王芳", "days": [sunday.isoformat()]}]
    assert asked(bank, rows) == []


def test_mistakes_by_row_and_column(run: Run, bank: str, folder: Path, sunday: date) -> None:
    path = str(text(folder / "a.csv", [LIST, ["9", "", str(sunday), "", ""], ["1002", "", "明天", "", ""]]))
    refused = run("leave", "import", path, "--apply")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "第 2 行「工号」写的是「9」，没有找到这个人" in refused.stderr
    assert "第 3 行「从」" not in refused.stderr
    assert "第 3 行「开始日期」写的是「明天」，看不出是哪一天。" in refused.stderr
    assert refused.stderr.endswith("什么都还没导入。\n")
    told = json.loads(run("leave", "import", path, "--json").output)
    assert [(p["row"], p["column"]) for p in told["problems"]] == [(2, "工号"), (3, "开始日期")]
    assert asked(bank, rows) == []


def test_one_branch_alone(run: Run, bank: str, folder: Path, sunday: date) -> None:
    path = str(excel(folder / "a.xlsx", [["姓名", sunday], ["王芳", "休"], ["周外", "休"]]))
    assert run("leave", "import", path).exit_code == 0
    elsewhere = run("leave", "import", path, "--branch", "城东网点")
    assert (elsewhere.exit_code, "第 3 行「姓名」写的是「周外」，没有找到这个人" in elsewhere.stderr) == (1, True)
    unknown = run("leave", "import", path, "--branch", "城东网店")
    assert (unknown.exit_code, "相近的有：城东网点" in unknown.stderr) == (1, True)


def test_files_that_are_none_and_what_is_misused(run: Run, bank: str, folder: Path) -> None:
    assert "找不到文件" in run("leave", "import", "none.xlsx").stderr
    refused = run("leave", "import", str(excel(folder / "a.xlsx", [["月份"], ["1"]])))
    assert (refused.exit_code, "看不出这是名单、请假表还是排班表" in refused.stderr) == (1, True)
    assert run("leave").exit_code == run("leave", "import").exit_code == 2


def test_a_bank_that_changed_between_the_look_and_the_turn(
    run: Run, bank: str, folder: Path, sunday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise NotSound([Problem(code="rota-nobody", row=2, column="number", read="1001")])

    monkeypatch.setattr(rota, "apply", refuses)
    refused = run("leave", "import", str(excel(folder / "a.xlsx", [["工号", sunday], ["1001", "休"]])), "--apply")
    assert (refused.exit_code, "什么都还没导入" in refused.stderr) == (1, True)


def test_in_english_and_long_lists_are_cut(
    run: Run, bank: str, folder: Path, sunday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENLIAN_LANGUAGE", "en")
    monkeypatch.setattr(leaving, "MOST_TOLD", 1)
    path = str(excel(folder / "a.xlsx", [["name", sunday], ["王芳", "R"], ["李强", "L"]]))
    shown = run("leave", "import", path).output
    assert "Days off: 2, for 2: 王芳, 李强\n  王芳 · Off: " in shown
    assert "\n  …\n" in shown
