"""`chenlian init` against a fake Telegram: asked and not asked, again and again, and everything that may go wrong."""

import re
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values
from typer.testing import Result

from bot.config import Settings
from tests.cli.bank import try_code
from tests.cli.conftest import Answer, Run
from tests.cli.program import environment
from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.world import USERNAME
from tests.fixtures.codes import from_terminal, read
from tests.main.telegram_line import Line

TOKEN = TelegramFake.token
LINK = re.compile(rf"https://t\.me/{USERNAME}\?start=([\w-]{{12}})")
WHOLE = ["--bank", "东山银行", "--branch", "城东支行", "--name", "陈明", "--number", "2001", "--lead", "both"]


@pytest.fixture(autouse=True)
def bare(line: Line, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram is there, its token is in a file, nothing is set yet."""
    monkeypatch.delenv("CHENLIAN_TELEGRAM_TOKEN")
    (folder / "token").write_text(f"Use this token:\n{TOKEN}\nKeep it secure", encoding="utf-8")


def silently(run: Run, *more: str) -> Result:
    return run("init", "--yes", "--token-file", "token", *WHOLE, *more)


def rows(query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect("var/chenlian.db") as database:
        return list(database.execute(query))


UNITS = "select name, level, timezone from unit order by level"
ROLES = """select p.name, p.staff_number, r.role, u.name from role_held r join person p on p.id = r.person_id
           join unit u on u.id = r.unit_id order by r.role"""


def test_without_a_question_everything_is_there_and_the_link_lets_the_admin_in(run: Run, folder: Path) -> None:
    result = silently(run)
    assert result.exit_code == 0, result.output
    assert f"@{USERNAME}" in result.output
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    values = dotenv_values(".env")
    assert values["CHENLIAN_TELEGRAM_TOKEN"] == TOKEN
    assert values["CHENLIAN_TELEGRAM_MODE"] == "polling"
    assert len(values["CHENLIAN_SECRET_KEY"] or "") >= 32
    assert [row[0] for row in rows(UNITS)] == ["东山银行", "省分行", "市分行", "县支行", "城东支行"]
    assert rows(ROLES) == [
        ("陈明", "2001", "admin", "东山银行"),
        ("陈明", "2001", "manager", "城东支行"),
        ("陈明", "2001", "trainer", "城东支行"),
    ]
    found = LINK.search(result.output)
    assert found
    assert read(from_terminal(result.output)) == [found[0]]
    assert "陈明，欢迎" in try_code(f"sqlite:///{folder}/var/chenlian.db", found[1], "501", "1")
    assert TOKEN not in result.output
    assert sorted(path.name for path in folder.iterdir()) == [".env", "token", "var"]


def test_run_again_it_keeps_everything_and_makes_a_new_invitation(run: Run, folder: Path) -> None:
    first = LINK.findall(silently(run).output)
    (folder / ".env").write_text("# mine\nOTHER=1\n" + (folder / ".env").read_text(encoding="utf-8"), encoding="utf-8")
    before, people = (folder / ".env").read_text(encoding="utf-8"), rows(ROLES)
    result = run("init", "--yes")
    assert result.exit_code == 0, result.output
    assert (folder / ".env").read_text(encoding="utf-8") == before
    assert rows(ROLES) == people
    second = LINK.findall(result.output)
    url = f"sqlite:///{folder}/var/chenlian.db"
    assert "欢迎" not in try_code(url, first[0], "501", "1"), "the older one ended"
    assert "欢迎" in try_code(url, second[0], "501", "2")


def test_asked_in_chinese_each_answer_counts(answer: Answer, folder: Path) -> None:
    result = answer(
        *("1", "1", TOKEN, "1", "", "东山银行/江东分行/临江分行/青山支行", "城东支行", "陈明", "2001", "1"),
    )
    assert result.exit_code == 0, result.output
    assert [row[0] for row in rows(UNITS)] == ["东山银行", "江东分行", "临江分行", "青山支行", "城东支行"]
    assert [row[2] for row in rows(ROLES)] == ["admin", "manager"]
    assert LINK.search(result.output)


def test_asked_in_english_it_speaks_english(answer: Answer) -> None:
    result = answer("2", "", TOKEN, "", "Asia/Urumqi", "Dongshan Bank", "East", "Chen", "", "4")
    assert result.exit_code == 0, result.output
    assert "What next" in result.output
    assert rows(UNITS)[0] == ("Dongshan Bank", 1, "Asia/Urumqi")
    assert rows(UNITS)[1][0] == "Province"
    assert rows(ROLES) == [("Chen", "admin", "admin", "Dongshan Bank")]
    assert dotenv_values(".env")["CHENLIAN_LANGUAGE"] == "en"


def test_enter_keeps_what_was_answered_before_and_another_answer_renames(run: Run, answer: Answer) -> None:
    silently(run)
    result = answer("", "", "", "Asia/Urumqi", "", "城西支行", "陈大明", "", "")
    assert result.exit_code == 0, result.output
    assert [(row[0], row[2]) for row in rows(UNITS)][::4] == [("东山银行", "Asia/Urumqi"), ("城西支行", "Asia/Urumqi")]
    assert {row[:2] for row in rows(ROLES)} == {("陈大明", "2001")}


def test_a_bad_answer_is_asked_for_again(answer: Answer) -> None:
    result = answer(
        *("1", "6", "1,4", "1", "no token", "70000009:AAWrongTokenOfTheChenlianTests", "1", TOKEN, "9", "1"),
        *("Mars/Olympus", "Asia/Shanghai", "东山银行", "城东支行", "陈明", "2001", "1"),
    )
    assert result.exit_code == 0, result.output
    assert "这不是令牌" in result.output
    assert result.output.count("“暂时不接”要单独填") == 2
    assert "请填上面的一个序号" in result.output
    assert "没有 Mars/Olympus 这个时区" in result.output


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("70000009:AAWrongTokenOfTheChenlianTests", "Telegram 不认这个令牌"),
        ("hello", "这不是令牌"),
    ],
)
def test_a_wrong_token_is_told_in_a_sentence_and_nothing_is_written(
    run: Run, folder: Path, token: str, said: str
) -> None:
    (folder / "token").write_text(token, encoding="utf-8")
    result = silently(run)
    assert result.exit_code == 1
    assert said in result.stderr
    assert token not in result.output
    assert [path.name for path in folder.iterdir()] == ["token"]


def test_no_network_is_told_and_can_be_left_for_later(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_TELEGRAM_API_URL", "http://127.0.0.1:1")
    result = silently(run)
    assert result.exit_code == 1
    assert "连不上 127.0.0.1" in result.stderr
    assert not (folder / ".env").exists()
    result = silently(run, "--no-check")
    assert result.exit_code == 0
    assert "再运行一次 chenlian init" in result.output
    assert "/start " in result.output


def test_what_is_missing_is_named_by_its_option(run: Run, folder: Path) -> None:
    for option, words in {"--token-file": [], "--bank": ["--token-file", "token"]}.items():
        result = run("init", "--yes", *words)
        assert result.exit_code == 1
        assert f"缺少 {option}" in result.stderr
        assert not (folder / ".env").exists()


def test_a_token_in_the_environment_is_used_and_not_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_TELEGRAM_TOKEN", TOKEN)
    assert run("init", "--yes", *WHOLE).exit_code == 0
    assert "CHENLIAN_TELEGRAM_TOKEN" not in dotenv_values(".env")


def test_a_setting_that_is_wrong_already_is_told_and_the_file_stays(run: Run, folder: Path) -> None:
    (folder / ".env").write_text("CHENLIAN_PORT=many\n", encoding="utf-8")
    result = silently(run)
    assert result.exit_code == 1
    assert "CHENLIAN_PORT" in result.stderr
    assert (folder / ".env").read_text(encoding="utf-8") == "CHENLIAN_PORT=many\n"
    assert not (folder / "var").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://drill.example.com", "https://"),
        ("https://drill.example.com:8444", "443、80、88、8443"),
        ("https://no-such-host.invalid", "域名查不到"),
        ("https://127.0.0.1", "内网地址"),
    ],
)
def test_a_public_address_telegram_cannot_use_is_told(run: Run, folder: Path, address: str, said: str) -> None:
    result = silently(run, "--mode", "webhook", "--public-url", address)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (folder / ".env").exists()


def test_with_a_webhook_everything_is_written_that_serve_needs(run: Run, folder: Path) -> None:
    address = "https://drill.example.com"
    result = silently(run, "--mode", "webhook", "--public-url", f"{address}/", "--no-check")
    assert result.exit_code == 0, result.output
    settings = Settings.load({}, Path(".env"))
    assert (settings.telegram_mode, settings.public_url) == ("webhook", address)
    assert settings.webhook_secret is not None
    before = settings.webhook_secret
    assert silently(run, "--no-check").exit_code == 0
    assert Settings.load({}, Path(".env")).webhook_secret == before, "Telegram need not be told again"


def test_after_a_bad_address_one_may_poll_instead(answer: Answer) -> None:
    result = answer("1", "", TOKEN, "2", "https://127.0.0.1", "2", "", "东山银行", "城东支行", "陈明", "2001", "1")
    assert result.exit_code == 0, result.output
    assert dotenv_values(".env")["CHENLIAN_TELEGRAM_MODE"] == "polling"
    assert "CHENLIAN_PUBLIC_URL" not in dotenv_values(".env")


def test_with_many_branches_nothing_is_renamed(run: Run, folder: Path) -> None:
    silently(run)
    with sqlite3.connect("var/chenlian.db") as database:
        new = (4, "/1/2/3/4/6/", "城北支行", 5, "Asia/Shanghai")
        database.execute("insert into unit (parent_id, path, name, level, timezone) values (?, ?, ?, ?, ?)", new)
    before = rows(UNITS)
    result = run("init", "--yes", "--branch", "别的支行")
    assert result.exit_code == 0, result.output
    assert rows(UNITS) == before


def no_room() -> None:
    """Files may not grow, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_a_full_disk_is_told_and_the_old_file_stays(folder: Path, line: Line) -> None:
    (folder / ".env").write_text("OTHER=1\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "init", "--yes", "--token-file", "token", *WHOLE],
        cwd=folder,
        env=environment(telegram_api_url=line.url) | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=no_room,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "磁盘满了" in done.stderr
    assert (folder / ".env").read_text(encoding="utf-8") == "OTHER=1\n"
    assert sorted(path.name for path in folder.iterdir()) == [".env", "token"]
