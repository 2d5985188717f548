"""What the store says when the database cannot serve: one clear sentence, never a password."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

_SQLITE_UNWELL = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
_SERVER_UNWELL = ("08", "53", "57", "58")
"""SQLSTATE classes: no connection, no room, stopped by an operator, trouble of the system."""


class StoreTrouble(Exception):
    """The database cannot be used as asked; the message says why and what to do."""


class Lost(Exception):
    """The database ended a transaction by itself: everything in it is gone and has to be done again."""


def reason_of(error: BaseException) -> str:
    """The first line of what the driver said."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def tame(error: BaseException) -> Exception:
    """An error as it may be handed to a waiting coroutine: nothing that would end a loop or confuse a future."""
    if out_of_order(error):
        return not_kept(error)
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    wrapped = RuntimeError(f"a use case ended with {type(error).__name__}")
    wrapped.__cause__ = error
    return wrapped


def out_of_order(error: BaseException) -> bool:
    """Whether the database is unwell (no room, busy, gone), rather than the use case wrong."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, Lost)
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE_UNWELL
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError)
    return error.connection_invalidated or state.startswith(_SERVER_UNWELL)


def not_kept(error: BaseException) -> StoreTrouble:
    """What the callers of a Turn hear when the database could not keep it."""
    trouble = StoreTrouble(f"The database could not do this: {reason_of(error)}. Nothing was written; try again.")
    trouble.__cause__ = error
    return trouble
