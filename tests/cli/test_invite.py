import re
import sqlite3

import pytest

from tests.cli.bank import make_bank, try_code
from tests.cli.conftest import Run
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.world import USERNAME
from tests.fakes.wecom import WeComFake
from tests.fixtures.codes import from_terminal, read
from tests.main.telegram_line import InThread, Line

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


def wecom_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's settings, as `chenlian init` writes them."""
    keys = {"CORP_ID": WeComFake.corp_id, "AGENT_ID": str(WeComFake.agent_id), "SECRET": WeComFake.secret}
    for name, value in {**keys, "CALLBACK_TOKEN": "t", "CALLBACK_AES_KEY": "k" * 43}.items():
        monkeypatch.setenv(f"CHENLIAN_WECOM_{name}", value)


def test_on_wecom_it_says_what_to_open_and_the_code_to_type(
    run: Run, bank: str, wecom: InThread[WeComFake], monkeypatch: pytest.MonkeyPatch
) -> None:
    wecom_is_set(monkeypatch)
    printed = run("invite", "1001").output
    assert "打开企业微信的工作台，点「晨练」，把这个邀请码发给它" in printed
    assert "Telegram" not in printed
    assert "/start" not in printed
    code = printed.splitlines()[-1].strip()
    assert re.fullmatch("[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}", code)
    assert "王芳" in try_code(bank, code.upper().replace("-", " "), "wangfang", "1", channel="wecom", typed="{}")


def test_where_wecom_does_not_tell_the_apps_name_it_goes_without(
    run: Run, bank: str, wecom: InThread[WeComFake], monkeypatch: pytest.MonkeyPatch
) -> None:
    wecom_is_set(monkeypatch)
    wecom.fake.trusted_ips = {"203.0.113.7"}
    monkeypatch.setenv("CHENLIAN_WECOM_BOT_ID", "aib1")
    monkeypatch.setenv("CHENLIAN_WECOM_BOT_SECRET", "secret")
    assert "点本行的晨练应用，或打开和晨练机器人的单聊，把这个" in run("invite", "1001").output


def test_beside_telegram_both_ways_are_told(
    run: Run, bank: str, line: Line, wecom: InThread[WeComFake], monkeypatch: pytest.MonkeyPatch
) -> None:
    wecom_is_set(monkeypatch)
    printed = run("invite", "1001").output
    code = code_in(printed)
    assert f"https://t.me/{USERNAME}?start={code}" in printed.splitlines()
    assert "点「晨练」" in printed
    assert printed.splitlines()[-1].strip().replace("-", "") == code
