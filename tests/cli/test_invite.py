import re
import sqlite3

import pytest

from tests.cli.bank import make_bank, try_code
from tests.cli.conftest import Run
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.world import USERNAME
from tests.fixtures.codes import from_terminal, read
from tests.main.telegram_line import Line

TYPED = re.compile(r"/start ([\w-]{14})（")


@pytest.fixture
def bank(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    make_bank(database_url)
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", database_url)
    return database_url


def code_in(printed: str) -> str:
    found = TYPED.search(printed)
    assert found, printed
    return found[1].replace("-", "")


def test_the_code_lets_its_person_in_once(run: Run, bank: str) -> None:
    result = run("invite", "1001")
    assert result.exit_code == 0
    assert result.output.startswith("王芳（1001）\n")
    code = code_in(result.output)
    assert "王芳" in try_code(bank, code, "501", "1")
    refused = try_code(bank, code, "502", "2")
    assert "王芳" not in refused
    assert refused == try_code(bank, "a-wrong-code-1234", "503", "3"), "used and wrong look the same"


def test_two_invitations_are_two_codes_and_none_is_kept(run: Run, bank: str) -> None:
    codes = [code_in(run("invite", "1002").output) for _ in range(2)]
    assert len(set(codes)) == 2
    if bank.startswith("sqlite"):
        with sqlite3.connect(bank.removeprefix("sqlite:///")) as database:
            assert not [line for line in database.iterdump() if codes[0] in line or codes[1] in line]


def test_a_number_nobody_has_is_refused(run: Run, bank: str) -> None:
    result = run("invite", "9999")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "9999" in result.stderr


@pytest.mark.parametrize("colour", [True, False])
def test_the_code_on_the_terminal_is_the_link(run: Run, bank: str, line: Line, colour: bool) -> None:
    printed = run("invite", "1001").output
    link = f"https://t.me/{USERNAME}?start={code_in(printed)}"
    assert link in printed.splitlines()
    if colour:
        from bot.views.qr import on_terminal

        printed = on_terminal(link, colour=True)
        assert printed.count("\x1b[0m") == len(printed.splitlines())
    assert read(from_terminal(printed)) == [link]


def test_without_telegram_there_is_what_to_type_and_why_there_is_no_link(
    run: Run, bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "chenlian init" in run("invite", "1001").output
    monkeypatch.setenv("CHENLIAN_TELEGRAM_TOKEN", TelegramFake.token)
    monkeypatch.setenv("CHENLIAN_TELEGRAM_API_URL", "http://127.0.0.1:1")
    result = run("invite", "1001")
    assert result.exit_code == 0
    assert "连不上 127.0.0.1" in result.output
    assert "t.me" not in result.output
    assert "王芳" in try_code(bank, code_in(result.output), "501", "1")


def test_with_wecom_alone_the_code_is_all_there_is_to_say(run: Run, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"CORP_ID": "ww1", "AGENT_ID": "1", "SECRET": "s", "CALLBACK_TOKEN": "t", "CALLBACK_AES_KEY": "k" * 43}
    for name, value in ours.items():
        monkeypatch.setenv(f"CHENLIAN_WECOM_{name}", value)
    result = run("invite", "1001")
    assert result.exit_code == 0
    assert "Telegram" not in result.output
    assert "王芳" in try_code(bank, code_in(result.output), "501", "1")
    page = run("invite", "--branch", "城东支行", "--out", "slips.html")
    assert page.exit_code == 1
    assert "chenlian invite 工号" in page.stderr
