"""Engines for both databases, with everything their drivers must be told: who begins, who waits, what is durable, and
that an error does not repeat names and answers."""

import sqlite3

import psycopg
from sqlalchemy import Connection, Engine, Pool, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from bot.store.address import Address
from bot.store.compiled import sharing
from bot.store.trouble import StoreTrouble, reason_of

BUSY_SECONDS = 10
CONNECT_SECONDS = 5


def writing(address: Address, threads: int) -> Engine:
    """The engine for Turns."""
    if address.embedded:
        return sharing(_embedded(address, "BEGIN IMMEDIATE", "query_only=OFF", NullPool))
    return sharing(_server(address, threads))


def reading(address: Address, threads: int) -> Engine:
    """The engine for looks: one snapshot a transaction, and the database itself refuses to write."""
    if address.embedded:
        return sharing(_embedded(address, "BEGIN", "query_only=ON", QueuePool, threads))
    engine = sharing(_server(address, threads))

    @event.listens_for(engine, "connect")
    def only_read(connection: psycopg.Connection, _: object) -> None:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True

    return engine


def migrating(address: Address) -> Engine:
    """The engine for a change of schema: a rebuilt SQLite table must not take its children along."""
    if address.embedded:
        return _embedded(address, "BEGIN IMMEDIATE", "foreign_keys=OFF", NullPool)
    return create_engine(
        address.url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS}, hide_parameters=True
    )


def unreachable(address: Address, error: DBAPIError) -> StoreTrouble:
    """The sentence for a database that does not answer."""
    reason = reason_of(error)
    if address.url.password:
        reason = reason.replace(str(address.url.password), "***")
    if not address.embedded:
        mend = "Is the server running, and are host, database, user and password in CHENLIAN_DATABASE_URL right?"
    elif "not a database" in reason or "malformed" in reason:
        mend = "Move that file away or restore a backup, or name another file in CHENLIAN_DATABASE_URL."
    else:
        mend = "May this user write to that folder, and is there room on the disk?"
    return StoreTrouble(f"The database {address.shown} cannot be used: {reason.rstrip('.')}. {mend}")


def make_folder(address: Address) -> None:
    """The embedded database's folder, made if missing. It holds answers: nobody else may read it."""
    folder = address.path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(
            f"The database's folder {folder} cannot be made: {error.strerror}. Name another in CHENLIAN_DATABASE_URL."
        ) from error


def _embedded(address: Address, begin: str, pragma: str, poolclass: type[Pool], threads: int | None = None) -> Engine:
    """SQLite's driver would begin late and not at all before a savepoint, so we begin ourselves."""
    pool = {} if threads is None else {"pool_size": threads, "max_overflow": 0}
    connect = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(address.url, poolclass=poolclass, connect_args=connect, hide_parameters=True, **pool)
    durable = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for setting in (*durable, pragma):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def lost(context: ExceptionContext) -> None:
        # After some errors (disk full, I/O) SQLite has rolled everything back: nothing more may run on that connection,
        # or the next statement would commit by itself.
        if (
            context.connection is not None
            and not context.connection.invalidated
            and not in_transaction(context.connection)
        ):
            context.is_disconnect = True

    return engine


def _server(address: Address, threads: int) -> Engine:
    return create_engine(
        address.url,
        pool_size=threads,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "chenlian"},
    )


def in_transaction(connection: Connection) -> bool:
    """Whether SQLite itself still has our transaction open."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction
