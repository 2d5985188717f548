"""A command that refuses before it has begun, run in this process: what is tried is its sentence, not its start."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.cli.conftest import folder
from tests.cli.program import Ended

__all__ = ["folder"]

Refused = Callable[..., Ended]


@pytest.fixture
def refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Run a command in an empty folder with these settings alone; what it raised beside an exit is raised here."""

    def command(*words: str, **settings: str) -> Ended:
        for key, value in settings.items():
            monkeypatch.setenv(f"CHENLIAN_{key.upper()}", value)
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert "Traceback" not in result.output
        return Ended(result.exit_code, result.stdout, result.stderr)

    return command
