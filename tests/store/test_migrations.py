"""Migrations on both databases: they make what the tables say, refuse what they do not know, and are all or nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from bot.store import StoreTrouble
from bot.store import migrate as migrations
from bot.store.address import read_address
from bot.store.connect import migrating
from bot.store.migrate import migrate, newest, version
from tests.store.conftest import Clock, a_store


def connected(url: str) -> Iterator[Connection]:
    engine = migrating(read_address(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(url: str) -> list[str]:
    return next(iter([inspect(c).get_table_names() for c in connected(url)]))


def tell(url: str, statement: str) -> None:
    for connection in connected(url):
        connection.execute(text(statement))


async def opened(url: str) -> None:
    async with a_store(url, Clock(), Clock()):
        pass


async def test_an_empty_database_is_told_to_be_migrated_and_then_opens(database_url: str) -> None:
    assert version(database_url) is None
    with pytest.raises(StoreTrouble, match=r"still empty. Run: chenlian migrate"):
        await opened(database_url)
    assert migrate(database_url) == newest() == version(database_url)
    assert migrate(database_url) == newest(), "again changes nothing"
    await opened(database_url)


def test_the_migrations_make_exactly_the_tables(url: str) -> None:
    for connection in connected(url):
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True},
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_key_and_index_has_a_name_of_ours(url: str) -> None:
    for connection in connected(url):
        seen = inspect(connection)
        for table in SQLModel.metadata.tables:
            keys = [*seen.get_unique_constraints(table), *seen.get_foreign_keys(table), *seen.get_indexes(table)]
            assert [key["name"] for key in keys if not str(key["name"]).startswith(("uq_", "fk_", "ix_"))] == []


async def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    tell(url, "update alembic_version set version_num = '9999'")
    with pytest.raises(StoreTrouble, match=r"has schema 9999, .* newer version. Install that version"):
        await opened(url)
    with pytest.raises(StoreTrouble, match="newer version"):
        migrate(url)
    assert version(url) == "9999"


async def test_a_database_of_an_older_version_is_told_to_be_migrated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "newest", lambda: "0011")
    with pytest.raises(StoreTrouble, match=r"has schema 0010, this program needs 0011. Run: chenlian migrate"):
        await opened(url)


async def test_somebody_elses_tables_are_left_alone(database_url: str) -> None:
    tell(database_url, "create table customers (id integer)")
    with pytest.raises(StoreTrouble, match=r"tables of something else .customers"):
        await opened(database_url)
    with pytest.raises(StoreTrouble, match="Name an empty one"):
        migrate(database_url)
    assert tables(database_url) == ["customers"]


def test_a_migration_that_fails_leaves_the_old_schema(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(migrations, "_check_foreign_keys", fail)
    with pytest.raises(OSError, match="disk"):
        migrate(database_url)
    assert tables(database_url) == []
    monkeypatch.undo()
    migrate(database_url)


KILLED = """
import os, sys
from bot.store import migrate
migrate._check_foreign_keys = lambda *_: os._exit(9)
migrate.migrate(sys.argv[1])
"""


def test_a_migration_that_is_killed_leaves_the_old_schema(database_url: str) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, database_url], check=False)
    assert killed.returncode == 9
    assert tables(database_url) == []
    assert migrate(database_url) == newest()


def test_a_broken_foreign_key_is_noticed_before_the_commit(sqlite_url: str) -> None:
    tell(sqlite_url, "insert into closing (unit_id, day, reason) values (999, 20261123, '')")
    with pytest.raises(StoreTrouble, match="break a foreign key in closing; nothing was changed"):
        migrate(sqlite_url)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "cannot be read"),
        ("nonsense", "cannot be read"),
        ("mysql://root:geheim@localhost/x", "kind “mysql” is not supported"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("postgresql://me:geheim@127.0.0.1:1/x", "127.0.0.1:1/x cannot be used: .* Is the server running"),
        ("postgresql://me:geheim@no-such-host.invalid/x", "no-such-host.invalid:5432/x cannot be used"),
    ],
)
async def test_a_wrong_address_is_a_clear_sentence_without_the_password(address: str, sentence: str) -> None:
    for door in (migrate, version):
        with pytest.raises(StoreTrouble, match=sentence) as told:
            door(address)
        assert "geheim" not in str(told.value)
    with pytest.raises(StoreTrouble, match=sentence) as told:
        await opened(address)
    assert "geheim" not in str(told.value)
    assert "CHENLIAN_DATABASE_URL" in str(told.value)


@pytest.mark.postgres
async def test_a_database_that_is_not_there_is_a_clear_sentence(postgres_url: str) -> None:
    missing = f"{postgres_url}_missing"
    with pytest.raises(StoreTrouble, match=r"cannot be used: .*does not exist"):
        await opened(missing)
    assert read_address(postgres_url.replace("postgresql://", "postgres://")).shown == read_address(postgres_url).shown


async def test_a_file_that_is_no_database_is_a_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "holiday.db"
    path.write_bytes(b"a picture of the sea " * 100)
    with pytest.raises(StoreTrouble, match=r"not a database. Move that file away"):
        await opened(f"sqlite:///{path}")
    with pytest.raises(StoreTrouble, match="not a database"):
        migrate(f"sqlite:///{path}")


async def test_the_folder_of_the_database_is_made_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "chenlian"
    url = f"sqlite:///{folder / 'chenlian.db'}"
    assert version(url) is None
    migrate(url)
    assert folder.stat().st_mode & 0o077 == 0
    await opened(url)
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(StoreTrouble, match="cannot be made"):
        migrate(f"sqlite:///{in_the_way}/chenlian.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_clear_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreTrouble, match="May this user write"):
        migrate(f"sqlite:///{tmp_path / 'chenlian.db'}")


@pytest.mark.postgres
async def test_a_database_in_another_encoding_is_refused(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(postgres_url, "select 1")
    for connection in connected(postgres_url):
        monkeypatch.setattr(Connection, "scalar", lambda *_: "SQL_ASCII")
        with pytest.raises(StoreTrouble, match="encoded in SQL_ASCII"):
            migrations.refuse_other_schema(connection, read_address(postgres_url))
        monkeypatch.undo()
