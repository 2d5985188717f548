"""The one door to the database: `do` runs a use case and commits it, `look` reads a snapshot."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.chat.site import Site
from bot.chat.words import Words
from bot.files import Vault
from bot.store.address import Address, read_address
from bot.store.connect import make_folder, reading, unreachable, writing
from bot.store.crew import Crew
from bot.store.migrate import refuse_other_schema
from bot.store.single import SingleWriter
from bot.store.task import Task, TurnSession, Writer
from bot.store.trouble import StoreTrouble, tame
from bot.store.turn import Editions, Look, Turn

P = ParamSpec("P")
R = TypeVar("R")
WRITERS = 4
READERS = 8


class Store:
    """Runs plain functions in transactions, on threads of its own, for coroutines that wait.

    `clock` is the trade's clock and may be moved; `wall` is real time; `process` names this process in claims; `site`
    leads to our own pages, where there is an address for them; `vault` seals files, where there is a key.
    """

    def __init__(  # noqa: PLR0913 -- the surroundings of every Turn, each wired by main
        self,
        url: str,
        *,
        clock: Callable[[], datetime],
        wall: Callable[[], datetime],
        words: Mapping[str, Words],
        process: str,
        site: Site | None = None,
        vault: Vault | None = None,
    ) -> None:
        self.address: Address = read_address(url)
        self.process = process
        self.site, self.vault = site, vault
        self._clock, self._wall, self._words = clock, wall, words
        self._editions = Editions()
        self._writer: Writer | None = None
        self._readers: ThreadPoolExecutor | None = None
        self._reading: Engine | None = None

    async def start(self) -> None:
        """Open the database. Raises StoreTrouble if it cannot be reached or its schema is not this program's."""
        await asyncio.to_thread(self._check)
        engine = writing(self.address, WRITERS)
        self._writer = SingleWriter(engine) if self.address.embedded else Crew(engine, WRITERS)
        self._reading = reading(self.address, READERS)
        self._readers = ThreadPoolExecutor(READERS, "chenlian-reader")

    async def close(self) -> None:
        """Finish every Turn already asked for, then let go of the database."""
        writer, readers, engine = self._writer, self._readers, self._reading
        self._writer = self._readers = self._reading = None
        if writer is not None:
            await asyncio.to_thread(writer.close)
        if readers is not None:
            await asyncio.to_thread(readers.shutdown)
        if engine is not None:
            await asyncio.to_thread(engine.dispose)

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case in one transaction, on disk when this returns. If it raises, so does this; nothing is kept."""
        if self._writer is None:
            raise StoreTrouble("The database is not open.")

        def work(session: TurnSession) -> R:
            return verb(Turn(session=session, **self._surroundings()), *args, **kwargs)

        task = Task(work)
        self._writer.submit(task)
        result: R = await task.future
        return result

    async def look(self, query: Callable[Concatenate[Look, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask something of a snapshot, beside every writer."""
        if self._readers is None or self._reading is None:
            raise StoreTrouble("The database is not open.")
        engine = self._reading

        def work() -> R:
            try:
                with Session(engine, autoflush=False) as session:
                    result = query(Look(session=session, **self._surroundings()), *args, **kwargs)
                    _refuse_writes(session)
                    session.expunge_all()
                    return result
            except BaseException as error:  # noqa: BLE001 -- nothing may end the thread or confuse the future
                raise tame(error)  # noqa: B904 -- it carries its cause

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _surroundings(self) -> dict[str, Any]:
        return {
            "now": _whole(self._clock()),
            "wall": _whole(self._wall()),
            "process": self.process,
            "words": self._words,
            "editions": self._editions,
            "site": self.site,
            "vault": self.vault,
        }

    def _check(self) -> None:
        if self.address.embedded:
            make_folder(self.address)
        engine = reading(self.address, 1)
        try:
            with engine.connect() as connection:
                refuse_other_schema(connection, self.address)
        except DBAPIError as error:
            raise unreachable(self.address, error) from error
        finally:
            engine.dispose()


def _refuse_writes(session: Session) -> None:
    """The database refuses what is flushed; this finds what was only meant to be."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a look does not write; make it a use case")


def _whole(instant: datetime) -> datetime:
    """An instant as the database keeps it: whole milliseconds, so that what is written equals what is read back."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
