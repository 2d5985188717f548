"""Commands run in this process, in a folder of their own, with nothing set but what a test sets."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.fakes.telegram import TelegramFake
from tests.fakes.wecom import WeComFake
from tests.main.telegram_line import InThread, Line, telegram_in_a_thread, wecom_in_a_thread

Run = Callable[..., Result]
Answer = Callable[..., Result]


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


@pytest.fixture
def line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A fake Telegram, and the settings that lead to it."""
    with telegram_in_a_thread() as line:
        monkeypatch.setenv("CHENLIAN_TELEGRAM_TOKEN", TelegramFake.token)
        monkeypatch.setenv("CHENLIAN_TELEGRAM_API_URL", line.url)
        yield line


@pytest.fixture
def wecom(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InThread[WeComFake]]:
    """A fake WeCom whose app the whole corp sees, and the address that leads to it; nothing else is set."""
    with wecom_in_a_thread() as wecom:
        monkeypatch.setenv("CHENLIAN_WECOM_API_URL", wecom.url)
        yield wecom


@pytest.fixture
def answer(folder: Path) -> Answer:
    """Run the wizard and answer its questions, a line each; an empty one is Enter."""

    def wizard(*answers: str, options: tuple[str, ...] = ()) -> Result:
        said = "".join(f"{each}\n" for each in answers)
        result = CliRunner().invoke(app, ["init", *options], input=said, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return wizard
