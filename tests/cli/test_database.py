"""`migrate` and `invite`, and what every command says of a database it cannot use."""

import re
import sqlite3
from pathlib import Path

import pytest

from bot.store.migrate import migrate, newest
from tests.cli.conftest import Run
from tests.cli.program import environment
from tests.cli.program import run as run_alone

PASSWORD = "p-only-for-tests"
USES = [["migrate"], ["invite", "1001"], ["serve"]]


def use(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", address)


def tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        return {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}


def test_migrate_makes_the_database_and_puts_the_content_in_force_once(run: Run, folder: Path) -> None:
    for _ in range(2):
        result = run("migrate")
        assert result.exit_code == 0
        assert result.output.strip() == f"The database is at version {newest()}."
    with sqlite3.connect(folder / "var" / "chenlian.db") as database:
        assert database.execute("select count(*) from edition").fetchone() == (1,)


def test_migrate_on_either_database(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, database_url)
    assert run("migrate").exit_code == 0
    assert run("migrate").exit_code == 0


def test_migrate_refuses_broken_content_and_touches_no_database(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "content").mkdir()
    monkeypatch.setenv("CHENLIAN_CONTENT_DIR", "content")
    result = run("migrate")
    assert result.exit_code == 1
    assert "topics.yaml" in result.stderr
    assert not (folder / "var").exists()


@pytest.mark.parametrize("words", USES)
@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://chenlian:{PASSWORD}@127.0.0.1:1/drill",
        f"postgresql://chenlian:{PASSWORD}@no-such-host.invalid/drill",
        f"mysql://chenlian:{PASSWORD}@127.0.0.1/drill",
        f"postgresql://chenlian:{PASSWORD}@127.0.0.1:port/drill",
        f"chenlian:{PASSWORD}@127.0.0.1",
    ],
)
def test_a_wrong_address_is_told_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], address: str
) -> None:
    use(monkeypatch, address)
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert PASSWORD not in result.output
    assert 1 <= len(result.stderr.strip().splitlines()) <= 2
    assert re.search(r"CHENLIAN_DATABASE_URL", result.stderr)


def test_a_password_stays_hidden_when_it_is_part_of_what_the_server_says(tmp_path: Path) -> None:
    env = environment(database_url=f"postgresql://{PASSWORD}:{PASSWORD}@127.0.0.1:1/{PASSWORD}")
    done = run_alone(tmp_path, "migrate", env=env)
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", USES)
def test_a_database_of_a_newer_version_is_left_alone(run: Run, folder: Path, words: list[str]) -> None:
    path = folder / "var" / "chenlian.db"
    migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as database:
        database.execute("update alembic_version set version_num = '9999'")
    before = path.read_bytes()
    result = run(*words)
    assert result.exit_code == 1
    assert "newer version" in result.stderr
    assert "9999" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", USES)
def test_a_file_that_is_no_database_is_left_alone(run: Run, folder: Path, words: list[str]) -> None:
    path = folder / "var" / "chenlian.db"
    path.parent.mkdir()
    path.write_text("早" * 4000, encoding="utf-8")
    before = path.read_bytes()
    result = run(*words)
    assert result.exit_code == 1
    assert "Move that file away" in result.stderr
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_left_alone(run: Run, folder: Path) -> None:
    path = folder / "var" / "chenlian.db"
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("create table customers (name text)")
    result = run("migrate")
    assert result.exit_code == 1
    assert "customers" in result.stderr
    assert tables(path) == {"customers"}


@pytest.mark.parametrize("words", [["invite", "1001"]])
def test_a_database_that_was_never_migrated_says_how(run: Run, words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "chenlian migrate" in result.stderr


@pytest.mark.parametrize("words", [["migrate"], ["serve"], ["demo"], ["invite", "1001"], ["rehearse"]])
def test_an_unknown_key_stops_every_command(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("CHENLIAN_DATABSE_URL", "sqlite:///other.db")
    result = run(*words)
    assert result.exit_code == 1
    assert "CHENLIAN_DATABSE_URL" in result.stderr
    assert "CHENLIAN_DATABASE_URL" in result.stderr, "the likely one"
    assert not list(folder.iterdir())
