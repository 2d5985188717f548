import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.program import environment
from tests.cli.program import run as run_alone

COMMANDS = (
    "demo",
    "init",
    "serve",
    "migrate",
    "check",
    "rehearse",
    "invite",
    "roster",
    "leave",
    "branch",
    "say",
    "stats",
    "answers",
    "month",
)
AT_ONCE = 0.4  # seconds
HEAVY = ("sqlalchemy", "telegram", "uvicorn", "starlette", "pydantic", "yaml", "apscheduler", "alembic")


def test_the_help_names_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    listed = [line.split()[0] for line in shown.output.partition("Commands:")[2].splitlines() if line.strip()]
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(run: Run, command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    example = shown.output.partition("Example:")[2]
    assert f"chenlian {command}" in " ".join(example.split())


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["demo", "--port", "70000"], ["demo", "--port", "x"], ["invite"], ["rehearse", "--days", "0"], []],
)
def test_what_is_misused_is_told_and_ends_with_2(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: chenlian" in result.output


def test_help_answers_at_once(tmp_path: Path) -> None:
    """The best of several, and not watched by coverage: a busy machine makes one slow, never one fast. Alone it takes
    less than half of this."""
    unwatched = {key: value for key, value in environment().items() if not key.startswith("COVERAGE_")}
    best = AT_ONCE
    for _ in range(20):
        began = time.perf_counter()
        assert run_alone(tmp_path, "--help", env=unwatched).code == 0
        best = min(best, time.perf_counter() - began)
        if best < AT_ONCE:
            break
    assert best < AT_ONCE


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = f"import bot.__main__, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"
