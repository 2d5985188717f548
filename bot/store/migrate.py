"""Bringing a database to this program's schema, and refusing one that is of another."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.store.address import Address, read_address
from bot.store.connect import make_folder, migrating, unreachable
from bot.store.trouble import StoreTrouble

_ONE_AT_A_TIME = 20261123
"""The advisory lock under which a server's schema is changed."""


def migrate(url: str) -> str:
    """Bring the database to the newest schema, all or nothing, and return its version."""
    address = read_address(url)
    if address.embedded:
        make_folder(address)
    engine = migrating(address)
    try:
        with engine.begin() as connection:
            if not address.embedded:
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            _refuse_newer(connection, address)
            command.upgrade(configuration(connection), "head")
            _check_foreign_keys(connection, address)
    except DBAPIError as error:
        raise unreachable(address, error) from error
    finally:
        engine.dispose()
    return newest()


def version(url: str) -> str | None:
    """The schema's version in a database; None if it has none."""
    address = read_address(url)
    if address.embedded and not address.path.exists():
        return None
    engine = migrating(address)
    try:
        with engine.connect() as connection:
            return _current(connection)
    except DBAPIError as error:
        raise unreachable(address, error) from error
    finally:
        engine.dispose()


def newest() -> str:
    """The schema's version this program needs."""
    head = _scripts().get_current_head()
    assert head is not None  # noqa: S101 -- the migrations are part of the program
    return head


def refuse_other_schema(connection: Connection, address: Address) -> None:
    """Raise StoreTrouble unless the database has exactly this program's schema."""
    _refuse_newer(connection, address)
    current = _current(connection)
    if current is None:
        raise StoreTrouble(f"The database {address.shown} is still empty. Run: chenlian migrate")
    if current != newest():
        raise StoreTrouble(
            f"The database {address.shown} has schema {current}, this program needs {newest()}. Run: chenlian migrate"
        )
    if not address.embedded and (encoding := connection.scalar(text("show server_encoding"))) != "UTF8":
        raise StoreTrouble(f"The database {address.shown} is encoded in {encoding}; create it with ENCODING 'UTF8'.")


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without a file, for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection, address: Address) -> None:
    current = _current(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    if current is not None and current not in known:
        raise StoreTrouble(
            f"The database {address.shown} has schema {current}, which this program ({newest()}) does not know: it was "
            "made by a newer version. Install that version, or name another database in CHENLIAN_DATABASE_URL."
        )
    if current is None and (found := inspect(connection).get_table_names()):
        raise StoreTrouble(
            f"The database {address.shown} holds tables of something else ({', '.join(sorted(found)[:3])} …). "
            "Name an empty one in CHENLIAN_DATABASE_URL."
        )


def _check_foreign_keys(connection: Connection, address: Address) -> None:
    """They are not watched while SQLite's tables are rebuilt, so look before the commit."""
    if address.embedded and (broken := connection.execute(text("pragma foreign_key_check")).first()):
        raise StoreTrouble(
            f"The database {address.shown} would break a foreign key in {broken[0]}; nothing was changed."
        )
