"""Commands run in this process, in a folder of their own, with nothing set but what a test sets."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for key in [key for key in os.environ if key.startswith("CHENLIAN_") or key == "PORT"]:
        monkeypatch.delenv(key)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command; what it raised beside an exit is raised here."""

    def command(*words: str) -> Result:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return command
