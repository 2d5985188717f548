"""The server database's writer threads: a transaction each, and a Turn again when another one got in its way."""

import threading
from queue import SimpleQueue
from time import sleep

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store.task import Task, TurnSession, settle
from bot.store.trouble import StoreTrouble, tame

IN_THE_WAY = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and a deadlock: the same Turn may well succeed now."""
GONE = ("08", "57P")
"""SQLSTATE of a lost connection or a server that stops; the driver may also just say that the connection is gone."""
PAUSES = (0.02, 0.1)
LONG_PAUSES = (0.2, 2.0)
"""Seconds before the second and third try: after getting in each other's way, after losing the connection."""


class Crew:
    """Runs tasks in several threads, in no particular order."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        names = [f"chenlian-writer-{n}" for n in range(threads)]
        self._threads = [threading.Thread(target=self._live, name=name, daemon=True) for name in names]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> None:
        """Queue a task."""
        self._queue.put(task)

    def close(self) -> None:
        """End once everything queued has been run."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._engine.dispose()

    def _live(self) -> None:
        while (task := self._queue.get()) is not None:
            try:
                self._serve(task)
            except BaseException as error:  # noqa: BLE001 -- the thread must live on
                task.error = tame(error)
            settle([task])

    def _serve(self, task: Task) -> None:
        for attempt in range(3):
            task.run(TurnSession(self._engine, expire_on_commit=False))
            pauses = _worth_another_try(task.error)
            if attempt >= len(pauses):
                return
            sleep(pauses[attempt])


def _worth_another_try(error: Exception | None) -> tuple[float, ...]:
    """The pauses before the tries an error leaves; none if trying again cannot help."""
    cause = error.__cause__ if isinstance(error, StoreTrouble) else error
    if not isinstance(cause, DBAPIError):
        return ()
    state = getattr(cause.orig, "sqlstate", None) or ""
    if state in IN_THE_WAY:
        return PAUSES
    gone = cause.connection_invalidated or state.startswith(GONE) or (not state and isinstance(cause, OperationalError))
    return LONG_PAUSES if gone else ()
