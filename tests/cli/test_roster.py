import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import rostering
from bot.rehearsal.channel import NAME
from bot.rehearsal.town import build
from bot.services import roster
from bot.sheets.problems import Problem
from bot.sheets.reading import read
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.views import catalogue
from tests.cast import PLAN
from tests.cli.conftest import Run
from tests.sheets.files import HEADINGS, WANG, excel, text
from tests.stories.edition import body, publish

CHANGED = [
    [*HEADINGS, "上级单位"],
    ["王芳", "1001", "大堂经理", "城东网点", "员工", ""],
    ["新一", "N1", "保安", "新开网点", "员工", "总行/某省分行/某市分行/某县支行"],
]


def now() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def bank(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank with its staff list, and content in force."""
    url = f"sqlite:///{folder / 'bank.db'}"

    async def make() -> None:
        async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
            await store.do(publish, body())
            await store.do(build, PLAN, channel=NAME, joined=now().date())

    migrate(url)
    asyncio.run(make())
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", url)
    return folder


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_exported_is_imported_as_it_stands(run: Run, bank: Path, kind: str) -> None:
    done = run("roster", "export", f"list.{kind}")
    assert (done.exit_code, done.output) == (0, f"已导出 {len(PLAN.cast)} 人到 list.{kind}。\n")
    first, *rest = read(bank / f"list.{kind}")
    assert first.cells == (*HEADINGS, "上级单位")
    assert len(rest) == len(PLAN.cast)
    done = run("roster", "import", f"list.{kind}", "--apply", "--leavers")
    assert (done.exit_code, done.output) == (0, f"不变 {len(PLAN.cast)} 人\n已导入。\n")


def test_a_dry_run_shows_what_would_change_and_changes_nothing(run: Run, bank: Path) -> None:
    excel(bank / "a.xlsx", CHANGED)
    shown = [run("roster", "import", "a.xlsx") for _ in range(2)]
    assert [each.exit_code for each in shown] == [0, 0]
    assert shown[0].output == shown[1].output
    for line in (
        "新建单位 1 个\n  总行/某省分行/某市分行/某县支行/新开网点",
        "新来 1 人\n  N1 · 新一 · 新开网点 · 保安 · 员工",
        "变动 1 人\n  1001 · 王芳 · 岗位 柜员 → 大堂经理",
        "文件里没有 4 人，没有动他们",
        "以上是预演，什么都还没导入。",
    ):
        assert line in shown[0].output


def test_apply_does_it_and_leavers_only_when_asked(run: Run, bank: Path) -> None:
    excel(bank / "a.xlsx", CHANGED)
    first = json.loads(run("roster", "import", "a.xlsx", "--apply", "--json").output)
    assert (first["applied"], first["problems"], first["unchanged"]) == (True, [], 0)
    assert [each["number"] for each in first["joiners"]] == ["N1"]
    assert [each["after"]["post"] for each in first["movers"]] == ["lobby"]
    assert (first["leavers"], len(first["missing"])) == ([], 4)
    second = json.loads(run("roster", "import", "a.xlsx", "--apply", "--leavers", "--json").output)
    assert (len(second["leavers"]), second["missing"], second["unchanged"]) == (4, [], 2)
    third = run("roster", "import", "a.xlsx", "--apply", "--leavers").output
    assert third == "不变 2 人\n已导入。\n"


def test_a_mistake_is_told_with_its_place_and_nothing_is_done(run: Run, bank: Path) -> None:
    text(bank / "a.csv", [*[row[:5] for row in CHANGED], ["李强", "1002", "柜员A", "城东网点", "员工"]], "gb18030")
    refused = run("roster", "import", "a.csv", "--apply")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "第 3 行「网点」写的是「新开网点」，还没有这个单位。" in refused.stderr
    assert "第 4 行「岗位」写的是「柜员A」，要是 柜员 / 大堂经理 / 保安 之一。" in refused.stderr
    assert refused.stderr.endswith("其余 1 行没问题，什么都还没导入。\n")
    told = json.loads(run("roster", "import", "a.csv", "--apply", "--json").output)
    assert not told["applied"]
    assert [(p["row"], p["column"], p["read"]) for p in told["problems"]] == [
        (3, "网点", "新开网点"),
        (4, "岗位", "柜员A"),
    ]
    assert "不变 0 人\n" in run("roster", "import", str(excel(bank / "b.xlsx", CHANGED))).output, "王芳 is as she was"


def test_a_list_of_one_branch_needs_no_column_for_it_nor_for_roles(run: Run, bank: Path) -> None:
    path = str(excel(bank / "a.xlsx", [["姓名", "工号", "岗位"], ["新一", "N1", "保安"], ["王芳", "1001", "柜员"]]))
    lost = run("roster", "import", path, "--apply")
    assert (lost.exit_code, "网点不止一个" in lost.stderr) == (1, True)
    unknown = run("roster", "import", path, "--branch", "城东网店")
    assert (unknown.exit_code, "相近的有：城东网点" in unknown.stderr) == (1, True)
    shown = run("roster", "import", path, "--branch", "城东网点")
    assert "新来 1 人\n  N1 · 新一 · 城东网点 · 保安 · 员工\n" in shown.output
    assert "不变 1 人" in shown.output


def test_in_english_for_who_set_it(run: Run, bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_LANGUAGE", "en")
    assert "people written to" in run("roster", "export", "a.csv").output
    assert read(bank / "a.csv")[0].cells[:2] == ("name", "staff number")
    text(bank / "b.csv", [HEADINGS, ["李强", "1002", "", "城东网点", "员工"]])
    assert "Row 2, “post” is empty" in run("roster", "import", "b.csv").stderr


def test_long_lists_are_told_shortly(run: Run, bank: Path) -> None:
    many = [["员工", f"N{n}", "柜员", "城东网点", "员工"] for n in range(rostering.MOST_TOLD + 1)]
    shown = run("roster", "import", str(excel(bank / "a.xlsx", [HEADINGS, *many]))).output
    assert f"新来 {len(many)} 人" in shown
    assert "  …\n" in shown


def test_a_tree_that_changed_between_the_look_and_the_turn(
    run: Run, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise roster.NotSound([Problem(code="unit-unknown", row=2, column="unit", read="城东网点")])

    monkeypatch.setattr(roster, "apply", refuses)
    refused = run("roster", "import", str(excel(bank / "a.xlsx", [HEADINGS, WANG])), "--apply")
    assert refused.exit_code == 1
    assert "什么都还没导入" in refused.stderr


def test_files_that_cannot_be_read_or_written(run: Run, bank: Path) -> None:
    missing = run("roster", "import", "none.xlsx")
    assert (missing.exit_code, missing.stderr) == (1, "找不到文件 none.xlsx。请检查文件名。\n什么都还没导入。\n")
    assert run("roster", "export", "a.pdf").exit_code == 1


def test_without_a_database_it_says_so(run: Run, folder: Path) -> None:
    assert run("roster", "export", "a.csv").exit_code == 1
    assert run("roster", "import", str(excel(folder / "a.xlsx", [HEADINGS, WANG]))).exit_code == 1
    assert run("roster").exit_code == 2
