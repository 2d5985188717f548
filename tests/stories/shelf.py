"""Banks that many stories begin with: lived through once on each database, then copied from a shelf."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town
from bot.store.store import Store
from tests.fixtures.postgres import Postgres
from tests.stories.bank import Bank, Phones
from tests.stories.copies import copy_file, keep_tables, put_back

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made in it
ROOM = 256 * 2**20


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder while the block runs. A story's data may die with the machine: in memory where there is room."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(prefix="chenlian-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Kept:
    """A bank as it stood: a copy of its database, its clock, and what the phones showed."""

    database: str
    clock: Clock
    channel: Phones
    town: Town
    begun: int
    events: int


@dataclass(slots=True)
class Shelf:
    """Copies databases of both kinds; `postgres` gives the server where one is needed."""

    folder: Path
    postgres: Callable[[], Postgres]
    kept: dict[str, Kept] = field(default_factory=dict)
    _names: Iterator[int] = field(default_factory=count)

    async def put(self, name: str, bank: Bank) -> None:
        """Keep a bank under a name; it ends here."""
        await bank.store.close()
        if bank.url.startswith("postgresql"):
            url = self.postgres().fresh(bank.url.rpartition("/")[2])
            keep_tables(url)
        else:
            url = self._copied(bank.url)
        self.kept[name] = Kept(url, bank.clock, bank.channel, bank.town, bank.begun, next(bank.events))

    def throw_away(self, name: str) -> None:
        """Nobody will take this bank any more."""
        self._drop(self.kept.pop(name).database)

    @asynccontextmanager
    async def take(
        self, name: str, opens: Callable[..., Store] = Store, phones: Callable[..., Phones] = Phones
    ) -> AsyncIterator[Bank]:
        """A bank of one's own, as the kept one stood."""
        kept = self.kept[name]
        url = kept.database
        if url.startswith("postgresql"):
            put_back(url)
        else:
            url = self._copied(url)
        bank = Bank(url, Clock(kept.clock()), opens=opens, phones=phones)
        bank.town, bank.begun, bank.events = deepcopy(kept.town), kept.begun, count(kept.events)
        bank.channel.after(kept.channel)
        await bank.store.start()
        try:
            yield bank
        finally:
            await bank.store.close()
            self._drop(url)

    def fresh(self, kind: str) -> str:
        """The address of an empty database."""
        if kind == "postgres":
            return self.postgres().fresh()
        return f"sqlite:///{self.folder / str(next(self._names))}.db"

    def _copied(self, url: str) -> str:
        copy = self.fresh("sqlite")
        copy_file(url, copy)
        return copy

    def _drop(self, url: str) -> None:
        if url.startswith("sqlite"):
            Path(url.removeprefix("sqlite:///")).unlink()
