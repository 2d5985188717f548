"""The embedded database's one writer thread: many Turns to a commit, each in its savepoint, answered after it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import NoReturn

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.store.connect import in_transaction
from bot.store.task import Task, TurnSession, settle
from bot.store.trouble import Lost, not_kept

BATCH_TURNS = 64
BATCH_SECONDS = 0.1
_MARK = "batch"
"""A savepoint that is only there while the batch's own transaction is."""


class SingleWriter:
    """Runs tasks one after another in a thread of its own. A batch is committed when nobody waits or it is full."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._open = True
        self._thread = threading.Thread(target=self._live, name="chenlian-writer", daemon=True)
        self._thread.start()

    def submit(self, task: Task) -> None:
        """Queue a task."""
        self._queue.put(task)

    def close(self) -> None:
        """End once everything queued has been run."""
        self._queue.put(None)
        self._thread.join()
        self._engine.dispose()

    def _live(self) -> None:
        while self._open:
            first = self._queue.get()
            if first is None:
                break
            self._serve(first)
        self._drop()

    def _serve(self, first: Task) -> None:
        """One batch. If the database took it all back, each Turn is tried on its own: a bad one hurts nobody."""
        done = [first]
        if self._attempt(self._waiting(first, done), done):
            settle(done)
            return
        for task in done:
            self._attempt([task], [task])
            settle([task])

    def _attempt(self, tasks: Iterable[Task], done: list[Task]) -> bool:
        """Run and commit `tasks`, which `done` keeps count of. False if they are worth another try, one by one."""
        try:
            self._together(tasks)
        except Lost as lost:
            if len(done) > 1:
                return False
            done[0].error = done[0].error or not_kept(lost)
        except BaseException as error:  # noqa: BLE001 -- the thread must live on
            self._drop()
            for task in done:
                task.result, task.error = None, not_kept(error)
        return True

    def _waiting(self, first: Task, done: list[Task]) -> Iterator[Task]:
        """The first task and those that wait behind it; `done` keeps count of what was taken from the queue."""
        until = monotonic() + BATCH_SECONDS
        yield first
        while len(done) < BATCH_TURNS and monotonic() < until:
            try:
                task = self._queue.get_nowait()
            except Empty:
                return
            if task is None:
                self._open = False
                return
            done.append(task)
            yield task

    def _together(self, tasks: Iterable[Task]) -> None:
        """Run tasks in one transaction and commit it. Raises Lost if the database ended it before."""
        connection = self._connection = self._connection or self._engine.connect()
        transaction = connection.begin()
        connection.exec_driver_sql(f"SAVEPOINT {_MARK}")
        for task in tasks:
            task.run(TurnSession(connection, join_transaction_mode="create_savepoint", expire_on_commit=False))
            if connection.invalidated or not in_transaction(connection):
                self._lose()
        try:
            connection.exec_driver_sql(f"RELEASE {_MARK}")
        except OperationalError:  # it went with its transaction, and another one has begun since
            self._lose()
        transaction.commit()

    def _lose(self) -> NoReturn:
        self._drop()
        raise Lost("the transaction ended before its time")

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.invalidate()
            with suppress(Exception):
                connection.close()
