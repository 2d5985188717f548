"""`chenlian serve` as a process: it starts, says so, answers, and stops; or it says in a sentence why not."""

import json
import signal
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store.migrate import migrate
from tests.cli.program import Running, environment, running
from tests.fakes.telegram import TelegramFake
from tests.main.conftest import Refused
from tests.main.telegram_line import Line, telegram_in_a_thread


@pytest.fixture
def line() -> Iterator[Line]:
    with telegram_in_a_thread() as line:
        yield line


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *, port: str = "", **settings: str) -> Iterator[tuple[Running, str]]:
    """The program once it has said its address, and that address."""
    port = port or str(free_port())
    with running(folder, "serve", env=environment(port=port, **settings)) as program:
        said = program.says("晨练")
        assert said.endswith(f"http://127.0.0.1:{port}/healthz")
        yield program, f"http://127.0.0.1:{port}"


def get(address: str) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def wait_until_ready(address: str) -> None:
    for _ in range(200):
        if get(f"{address}/readyz") == (200, {"ready": True, "problems": []}):
            return
        time.sleep(0.05)
    raise AssertionError(get(f"{address}/readyz"))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_answers_and_stops_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with serving(tmp_path) as (program, address):
        assert "chenlian init" in program.says("Telegram"), "without a token it says how to begin"
        assert get(f"{address}/healthz") == (200, {"live": True})
        wait_until_ready(address)
        with pytest.raises(urllib.error.HTTPError, match="404") as lost:
            urllib.request.urlopen(f"{address}/demo", timeout=10)  # noqa: S310 - our own address; the demo is not served
        lost.value.close()
        ended = program.stop(how)
    assert (ended.code, ended.err) == (0, "")
    with sqlite3.connect(tmp_path / "var" / "chenlian.db") as database:
        assert database.execute("select count(*) from process").fetchone() == (0,), "it said that it ends"


def test_it_is_live_but_not_ready_when_the_database_goes_away(tmp_path: Path) -> None:
    with serving(tmp_path) as (program, address):
        wait_until_ready(address)
        with sqlite3.connect(tmp_path / "var" / "chenlian.db") as database:
            database.execute("alter table edition rename to gone")
        status, body = get(f"{address}/readyz")
        assert (status, body["ready"]) == (503, False)
        assert body["problems"]
        assert get(f"{address}/healthz")[0] == 200
        assert program.stop().code == 0


@pytest.mark.postgres
def test_on_postgresql_it_wants_migrate_first_and_then_serves(
    folder: Path, refused: Refused, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgres")
    url = server.fresh()
    try:
        before = refused("serve", port=str(free_port()), database_url=url)
        assert (before.code, before.out) == (1, "")
        assert "chenlian migrate" in before.err
        assert refused("migrate", database_url=url).code == 0
        with serving(folder, database_url=url) as (program, address):
            wait_until_ready(address)
            ended = program.stop()
        assert (ended.code, ended.err) == (0, "")
    finally:
        server.drop(url)


def test_a_port_that_is_taken_is_told_and_no_database_is_made(folder: Path, refused: Refused) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = refused("serve", port=port)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.strip() == (
        f"127.0.0.1:{port} is in use. Choose another with --port (demo) or CHENLIAN_HOST and CHENLIAN_PORT."
    )
    assert not list(folder.glob("var/*"))


def test_an_address_that_is_not_ours_is_told(refused: Refused) -> None:
    ended = refused("serve", host="192.0.2.1", port=str(free_port()))
    assert ended.code == 1
    assert "192.0.2.1" in ended.err


def test_a_token_telegram_does_not_take_is_told_in_one_sentence(refused: Refused, line: Line) -> None:
    wrong = TelegramFake.token + "WRONG"
    ended = refused("serve", port=str(free_port()), telegram_token=wrong, telegram_api_url=line.url)
    assert ended.code == 1
    assert "Telegram refused the token. Check CHENLIAN_TELEGRAM_TOKEN" in ended.err
    assert "WRONG" not in ended.err


def test_half_a_telegram_is_refused_before_anything_is_made(folder: Path, refused: Refused) -> None:
    ended = refused("serve", telegram_api_url="https://telegram.example.com")
    assert (ended.code, ended.out) == (1, "")
    assert "CHENLIAN_TELEGRAM_TOKEN is missing, though CHENLIAN_TELEGRAM_API_URL is set." in ended.err
    assert not list(folder.glob("var"))


def test_with_telegram_it_hears_answers_hangs_its_menu_and_stops_at_once(tmp_path: Path, line: Line) -> None:
    migrate(f"sqlite:///{tmp_path}/var/chenlian.db")
    settings = {"telegram_token": TelegramFake.token, "telegram_api_url": line.url}
    with serving(tmp_path, **settings) as (program, _):
        seen = line.do(_strangers_start)
        assert "邀请" in seen or "/start" in seen
        ended = program.stop()
    assert (ended.code, ended.err) == (0, "")
    assert line.fake.called("setMyCommands")
    assert line.fake.confirmed == max(line.fake.updates) + 1, "what was heard is not brought again"


def test_by_webhook_telegram_calls_it_and_nobody_without_the_secret_is_heard(tmp_path: Path, line: Line) -> None:
    migrate(f"sqlite:///{tmp_path}/var/chenlian.db")
    line.fake.local = True  # the bank's own Bot API server, which also calls plain HTTP
    port = str(free_port())
    settings = {"telegram_token": TelegramFake.token, "telegram_api_url": line.url, "telegram_mode": "webhook"}
    ours = {"public_url": f"http://127.0.0.1:{port}", "secret_key": "k" * 32}
    with serving(tmp_path, port=port, **settings, **ours) as (program, address):
        seen = line.do(_strangers_start)
        assert "邀请" in seen or "/start" in seen
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(f"{address}/telegram/webhook", data=b"{}", timeout=10)  # noqa: S310 - our own address
        refused.value.close()
        ended = program.stop()
    assert (ended.code, ended.err) == (0, "")
    assert line.fake.called("getUpdates") == []
    assert line.fake.delivery.delivered == list(line.fake.updates)


async def _strangers_start(fake: TelegramFake) -> str:
    stranger = fake.user(9001, "路人")
    await stranger.start()
    return (await stranger.wait_for(lambda message: bool(message.text), timeout=30)).text
