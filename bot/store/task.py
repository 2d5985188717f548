"""A Turn on its way: what is to be run, who waits for it on which loop, and what came of it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

from sqlmodel import Session

from bot.store.trouble import tame


class TurnSession(Session):
    """A session that only the store ends: a use case that committed half of itself could not fail whole."""

    def commit(self) -> None:
        """Refused: the store commits when the use case has returned."""
        raise RuntimeError("a use case does not commit; the store does")

    def rollback(self) -> None:
        """Refused: a use case that wants nothing to happen raises."""
        raise RuntimeError("a use case does not roll back; let it raise")

    def land(self) -> None:
        """Flush and commit."""
        super().commit()

    def abandon(self) -> None:
        """Undo everything."""
        super().rollback()


class Task:
    """One call of `store.do`."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Callable[[TurnSession], Any]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: Exception | None = None

    def run(self, session: TurnSession) -> None:
        """Run it in a session and keep what came of it. Never raises: the thread must live on."""
        self.result = self.error = None
        try:
            self.result = self.work(session)
            session.land()
        except BaseException as error:  # noqa: BLE001 -- whatever a use case raises belongs to its caller
            self.error = tame(error)
            with suppress(Exception):  # the connection may be gone; the caller hears the first error
                session.abandon()
        finally:
            with suppress(Exception):
                session.close()


class Writer(Protocol):
    """Whoever runs Turns."""

    def submit(self, task: Task) -> None: ...

    def close(self) -> None: ...


def settle(tasks: Iterable[Task]) -> None:
    """Tell the callers, each loop in one go. A caller who has left, or whose loop is closed, is told nothing."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Task]] = defaultdict(list)
    for task in tasks:
        by_loop[task.loop].append(task)
    for loop, waiting in by_loop.items():
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, waiting)


def _resolve(tasks: list[Task]) -> None:
    for task in tasks:
        if task.future.done():
            continue
        if task.error is not None:
            task.future.set_exception(task.error)
        else:
            task.future.set_result(task.result)
