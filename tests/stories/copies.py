"""Copies of databases: a file each on SQLite; on the server a database is put back as it was kept, which is quicker."""

import sqlite3
from contextlib import closing

import psycopg
from psycopg import sql
from sqlmodel import SQLModel

KEPT = "kept"
"""The schema beside the tables in which they are kept."""


def copy_file(url: str, to: str) -> None:
    """Copy a SQLite database."""
    with closing(sqlite3.connect(_path(url))) as old, closing(sqlite3.connect(_path(to))) as new:
        old.backup(new)


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")


def keep_tables(url: str) -> None:
    """Keep every table of a server's database as it is now."""
    with psycopg.connect(url, autocommit=True) as connection:
        schema = sql.Identifier(KEPT)
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema))  # of the bank it was copied from
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        for name in _tables():
            ours, kept = _names(name)
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, ours))
        connection.execute(
            sql.SQL(
                "CREATE TABLE {} AS SELECT schemaname || '.' || sequencename AS name, coalesce(last_value, 1) AS value,"
                " last_value IS NOT NULL AS called FROM pg_sequences WHERE schemaname = 'public'"
            ).format(sql.Identifier(KEPT, "numbers"))
        )


def put_back(url: str) -> None:
    """Make every table what it was when it was kept, the numbers of rows to come too."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # foreign keys look away for a moment
        for name in _tables():
            ours, kept = _names(name)
            connection.execute(sql.SQL("DELETE FROM {}").format(ours))
            connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(ours, kept))
        numbers = sql.SQL("SELECT setval(name::regclass, value, called) FROM {}")
        connection.execute(numbers.format(sql.Identifier(KEPT, "numbers")))


def _tables() -> list[str]:
    return [table.name for table in SQLModel.metadata.sorted_tables]


def _names(table: str) -> tuple[sql.Identifier, sql.Identifier]:
    return sql.Identifier("public", table), sql.Identifier(KEPT, table)
