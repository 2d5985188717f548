import json
import shutil
from pathlib import Path

import pytest

from bot.content import shipped
from tests.cli.conftest import Run
from tests.cli.program import environment
from tests.cli.program import run as run_alone

KEYS = {"problems", "warnings", "questions", "topics", "scenes", "editions"}


@pytest.fixture
def content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped content, in force for this test."""
    copy = folder / "content"
    shutil.copytree(shipped(), copy)
    monkeypatch.setenv("CHENLIAN_CONTENT_DIR", str(copy))
    return copy


def test_the_shipped_content_is_in_order(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "problems 0" in result.output


def test_as_json_it_has_the_published_keys_and_types(run: Run) -> None:
    result = run("check", "--json")
    assert result.exit_code == 0
    body = json.loads(result.stdout)
    assert set(body) == KEYS
    assert type(body["questions"]) is int
    assert body["questions"] >= 60
    assert len(body["topics"]) >= 8
    assert all(type(n) is int for n in body["topics"].values())
    assert sum(body["topics"].values()) == body["questions"]
    assert type(body["scenes"]) is int
    assert body["problems"] == []
    assert set(body["editions"]) == {"shipped"}
    assert len(body["editions"]["shipped"]) >= 16


def test_the_digest_is_the_same_each_time_and_another_for_other_content(run: Run, content: Path) -> None:
    first = json.loads(run("check", "--json").stdout)["editions"]
    assert json.loads(run("check", "--json").stdout)["editions"] == first
    path = content / "questions" / "greeting.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("客户", "顾客", 1), encoding="utf-8")
    assert json.loads(run("check", "--json").stdout)["editions"] != first


def test_an_unknown_year_warns_and_does_not_fail(run: Run, content: Path) -> None:
    year = max(int(path.stem) for path in (content / "calendar").glob("*.yaml"))
    (content / "calendar" / f"{year}.yaml").unlink()
    result = run("check", "--json")
    body = json.loads(result.stdout)
    assert (result.exit_code, body["problems"]) == (0, [])
    assert any(str(year) in str(warning) for warning in body["warnings"])
    assert "! " in run("check").output


def test_broken_yaml_gives_file_line_and_mend_in_both_forms(run: Run, content: Path) -> None:
    path = content / "questions" / "cash.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(4, '  "this: never [ends')
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run("check", "--json")
    assert result.exit_code == 1
    problem = json.loads(result.stdout)["problems"][0]
    assert set(problem) == {"file", "line", "key", "message", "mend"}
    assert problem["file"].endswith("questions/cash.yaml")
    assert problem["line"] >= 5
    assert problem["message"]
    assert problem["mend"]
    shown = run("check")
    assert shown.exit_code == 1
    assert "questions/cash.yaml" in shown.output
    assert problem["mend"] in shown.output


def test_every_problem_is_told_at_once_settings_too(run: Run, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("cash", "fees"):
        path = content / "questions" / f"{name}.yaml"
        path.write_text("- {", encoding="utf-8")
    monkeypatch.setenv("CHENLIAN_PROT", "8000")
    monkeypatch.setenv("CHENLIAN_TIMEZONE", "Mars/Olympus")
    result = run("check", "--json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problems"]
    assert {"CHENLIAN_PROT", "CHENLIAN_TIMEZONE"} <= {p["key"] for p in problems}
    files = {Path(p["file"]).name for p in problems}
    assert {"cash.yaml", "fees.yaml"} <= files
    assert all(p["mend"] for p in problems)
    shown = run("check").output
    assert "CHENLIAN_PROT" in shown
    assert "cash.yaml" in shown


def test_a_setting_in_the_file_is_told_with_its_file_and_one_of_the_environment_without(
    run: Run, folder: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (content / "questions" / "cash.yaml").write_text("- {", encoding="utf-8")
    (folder / ".env").write_text(f"CHENLIAN_PORT=many\nCHENLIAN_CONTENT_DIR={content}\n", encoding="utf-8")
    monkeypatch.delenv("CHENLIAN_CONTENT_DIR")
    monkeypatch.setenv("CHENLIAN_TIMEZONE", "Mars/Olympus")
    problems = json.loads(run("check", "--json").stdout)["problems"]
    where = {p["key"]: p["file"] for p in problems}
    assert (where["CHENLIAN_PORT"], where["CHENLIAN_TIMEZONE"]) == (".env", "")
    assert any(p["file"].endswith("cash.yaml") for p in problems), "the content that .env names"


def test_a_misspelt_key_is_told_with_the_likely_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_PROT", "8000")
    result = run("check")
    assert result.exit_code == 1
    assert "CHENLIAN_PORT" in result.output


def test_a_folder_that_is_not_there_is_a_problem(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_CONTENT_DIR", "nowhere")
    result = run("check")
    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_it_writes_nothing(run: Run, folder: Path) -> None:
    run("check")
    assert not list(folder.iterdir())


def test_as_a_process_of_its_own(tmp_path: Path) -> None:
    done = run_alone(tmp_path, "check", "--json")
    assert (done.code, done.err) == (0, "")
    assert set(json.loads(done.out)) == KEYS
    done = run_alone(tmp_path, "check", env=environment(prot="1"))
    assert done.code == 1
    assert "CHENLIAN_PROT" in done.out
