"""What engines know together. SQLAlchemy compiles a statement once for an engine, which takes longer than running it; a
store has two engines, and one that is opened again (a rehearsed death, a test) would begin from nothing."""

from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""Statements by dialect; the program has a few hundred."""
_DIALECTS: dict[tuple[str, str | None, int | None], Dialect] = {}


def sharing(engine: Engine) -> Engine:
    """The engine, speaking the dialect of those before it that have reached the same server (or any SQLite file), for
    which alone what is compiled holds. A dialect is only known after its first connection has told the server's
    version."""
    engine.update_execution_options(compiled_cache=COMPILED)
    server = (engine.name, engine.url.host, engine.url.port)
    if server in _DIALECTS:
        engine.dialect = _DIALECTS[server]
        return engine

    @event.listens_for(engine, "engine_connect", once=True)
    def reached(_: Connection) -> None:
        _DIALECTS.setdefault(server, engine.dialect)

    return engine
