import asyncio
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.incoming import Incoming, Text
from bot.chat.message import plain
from bot.rehearsal.channel import NAME
from bot.rehearsal.town import build
from bot.router import hear
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.views import catalogue
from tests.cast import PLAN
from tests.cli.conftest import Run
from tests.stories.edition import body, publish


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the code's hours are counted by the real clock


@pytest.fixture
def bank(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bank with its staff list, and content in force."""

    async def make() -> None:
        async with Store(database_url, clock=now, wall=now, words=catalogue(), process="p") as store:
            await store.do(publish, body())
            await store.do(build, PLAN, channel=NAME, joined=datetime(2026, 1, 1, tzinfo=UTC).date())

    migrate(database_url)
    asyncio.run(make())
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", database_url)
    return database_url


def try_code(url: str, code: str, address: str, event: str) -> str:
    async def tell() -> str:
        async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
            said = Incoming(channel="telegram", event=event, address=address, said=Text(f"/start {code}"))
            (letter,) = await hear(store, said)
            assert letter.message
            return plain(letter.message)

    return asyncio.run(tell())


def test_the_code_lets_its_person_in_once(run: Run, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", bank)
    result = run("invite", "1001")
    assert result.exit_code == 0
    found = re.fullmatch(r"王芳: /start ([\w-]{16})\n", result.output)
    assert found, result.output
    assert "王芳" in try_code(bank, found[1], "501", "1")
    refused = try_code(bank, found[1], "502", "2")
    assert "王芳" not in refused
    assert refused == try_code(bank, "a-wrong-code-1234", "503", "3"), "used and wrong look the same"


def test_two_invitations_are_two_codes_and_none_is_kept(
    run: Run, bank: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", bank)
    codes = [run("invite", "1002").output.split()[-1] for _ in range(2)]
    assert len(set(codes)) == 2
    if bank.startswith("sqlite"):
        with sqlite3.connect(bank.removeprefix("sqlite:///")) as database:
            assert not [line for line in database.iterdump() if codes[0] in line or codes[1] in line]


def test_a_number_nobody_has_is_refused(run: Run, bank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", bank)
    result = run("invite", "9999")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "9999" in result.stderr
