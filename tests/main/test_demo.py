"""`chenlian demo` as a process, on a small bank: made once, opened again, begun anew, killed half-way."""

import http.client
import json
import re
import shutil
import signal
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.content import shipped
from tests.cli.program import Ended, Running, environment, running, unwatched
from tests.fixtures.bank import SMALL
from tests.main.conftest import Refused


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content with a bank of two tellers."""
    copy = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(shipped(), copy)
    (copy / "demo.yaml").write_text(SMALL, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Path:
    """A folder in which a demo has been made, opened and ended."""
    folder = tmp_path_factory.mktemp("made")
    with showing(folder, content) as (program, address):
        assert get(f"{address}/readyz") == '{"ready":true,"problems":[]}'
        assert program.stop().code == 0
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made / "var", tmp_path / "var")
    return tmp_path


@contextmanager
def showing(folder: Path, content: Path, *words: str, watched: bool = True) -> Iterator[tuple[Running, str]]:
    """The demo once it has said its address."""
    env = environment(content_dir=str(content))
    env = env if watched else unwatched(env)
    with running(folder, "demo", "--port", "0", "--no-browser", *words, env=env) as program:
        said = program.says("http://127.0.0.1:")
        yield program, said[said.index("http") :].removesuffix("/demo")


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own address
        text: str = answer.read().decode()
        return text


def post(address: str, **said: object) -> dict[str, object]:
    body = json.dumps(said).encode()
    request = urllib.request.Request(address, body, {"content-type": "application/json"})  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own address
        answered: dict[str, object] = json.load(answer)
        return answered


def letters(folder: Path) -> int:
    with sqlite3.connect(folder / "var" / "demo" / "demo.db") as database:
        (count,) = database.execute("select count(*) from letter").fetchone()
        return int(count)


def test_the_page_has_its_marks_and_the_day_can_be_lived_until_it_is_told_to_end(copy: Path, content: Path) -> None:
    with showing(copy, content) as (program, address):
        page = get(f"{address}/demo")
        assert page.count("data-person=") >= 3
        assert "data-letter=" in page
        assert 'data-act="advance"' in page
        assert "王芳" in page
        assert "08:03" in page
        after = post(f"{address}/demo/advance")
        assert after["clock"] == "08:15"
        assert post(f"{address}/demo/advance", stop="close")["clock"] == "08:45"
        ends_at_once_though_somebody_listens(program, address)


def ends_at_once_though_somebody_listens(program: Running, address: str) -> None:
    """And leaves no traceback."""
    stream = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
    stream.request("GET", "/demo/events")
    answer = stream.getresponse()
    assert b"retry" in answer.readline()
    began = time.monotonic()
    ended = program.stop()
    took = time.monotonic() - began
    stream.close()
    assert (ended.code, ended.err) == (0, "")
    assert took < 3


def test_ctrl_c_ends_it_likewise(copy: Path, content: Path) -> None:
    with showing(copy, content) as (program, _):
        ended = program.stop(signal.SIGINT)
    assert (ended.code, ended.err) == (0, "")


def test_a_second_start_goes_on_where_it_stopped_and_fresh_begins_anew_on_wecom_if_one_says_so(
    copy: Path, content: Path
) -> None:
    with showing(copy, content) as (program, address):
        assert post(f"{address}/demo/advance", stop="list")["clock"] == "09:00"
        page = get(f"{address}/demo")
        program.stop()
    reached = letters(copy)
    began = time.monotonic()
    with showing(copy, content) as (program, address):
        opened = time.monotonic() - began
        again = get(f"{address}/demo")
        assert 'data-stop="list" aria-current="step"' in again
        assert marks(again) == marks(page), "every letter is where it was"
        program.stop()
    assert letters(copy) == reached
    assert opened < 8, "nothing is lived through again"
    with showing(copy, content, "--fresh", "--wecom", watched=False) as (program, address):
        page = get(f"{address}/demo")
        assert 'data-stop="push" aria-current="step"' in page
        assert 'data-skin="wecom"' in page
        program.stop()
    assert letters(copy) < reached


def marks(page: str) -> list[str]:
    return re.findall(r'data-letter="(\d+)"', page)


def test_a_first_start_that_is_killed_leaves_no_half_made_bank(tmp_path: Path, content: Path) -> None:
    demo = tmp_path / "var" / "demo"
    for how, code in ((signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)):
        ended = ended_half_way(tmp_path, content, how)
        assert (ended.code, ended.err) == (code, ""), how
        assert not (demo / "demo.db").exists(), how
    with showing(tmp_path, content, watched=False) as (program, address):
        assert "王芳" in get(f"{address}/demo")
        program.stop()
    assert [path.name for path in demo.glob("*.db")] == ["demo.db"], "what was left half-made is gone"


def written(file: Path) -> tuple[int, int]:
    """Its size, and when it was written last; zeros where there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def ended_half_way(folder: Path, content: Path, how: signal.Signals) -> Ended:
    """A demo that is told to end while it lives through its bank."""
    draft = folder / "var" / "demo" / "demo.draft.db"
    left = written(draft)
    env = unwatched(environment(content_dir=str(content)))
    with running(folder, "demo", "--port", "0", "--no-browser", env=env) as program:
        deadline = time.monotonic() + 30
        while written(draft) == left or written(draft)[0] < 500_000:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return program.stop(how)


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path, refused: Refused) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = refused("demo", "--port", port, "--no-browser")
    assert (ended.code, ended.out) == (1, "")
    assert f"127.0.0.1:{port} is in use. Choose another with --port" in ended.err
    assert not list(tmp_path.iterdir())


def test_content_with_problems_is_told_before_anything_is_made(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "content").mkdir()
    ended = refused("demo", "--port", "0", "--no-browser", content_dir="content")
    assert (ended.code, ended.out) == (1, "")
    assert "topics.yaml" in ended.err
    assert not (tmp_path / "var").exists()
