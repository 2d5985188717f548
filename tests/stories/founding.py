"""A bank to which nobody is linked yet: founded once on each database, and copied for each story on a platform."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from pathlib import Path

import pytest

from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town, build
from bot.store import links
from bot.store.migrate import migrate
from bot.store.store import Store
from tests.cast import PLAN
from tests.fixtures.postgres import Postgres
from tests.stories.bank import MONDAY, ZONE, words
from tests.stories.copies import copy_file, keep_tables, put_back
from tests.stories.edition import body, publish
from tests.stories.shelf import in_memory


@pytest.fixture(scope="session")
def foundations(request: pytest.FixtureRequest) -> Iterator["Foundations"]:
    """Where stories on a platform begin."""
    with in_memory() as folder:
        yield Foundations(folder, lambda: request.getfixturevalue("postgres"))


@dataclass(slots=True)
class Foundations:
    """Founded banks by the kind of their database; `postgres` gives the server where one is needed."""

    folder: Path
    postgres: Callable[[], Postgres]
    kept: dict[str, tuple[str, Town]] = field(default_factory=dict)
    _names: Iterator[int] = field(default_factory=count)

    @asynccontextmanager
    async def take(self, kind: str) -> AsyncIterator[tuple[str, Town]]:
        """The address of a bank of one's own, and who is in it."""
        if kind not in self.kept:
            url = self.postgres().fresh() if kind == "postgres" else self._file()
            self.kept[kind] = url, await found(url)
            if kind == "postgres":
                keep_tables(url)
        url, town = self.kept[kind]
        with put_back_or_copied(url, self._file()) as own:
            yield own, deepcopy(town)

    def _file(self) -> str:
        return f"sqlite:///{self.folder / str(next(self._names))}.db"


@contextmanager
def put_back_or_copied(url: str, copy: str) -> Iterator[str]:
    """A server's database as it was kept, or a copy of a file."""
    if url.startswith("postgresql"):
        put_back(url)
        yield url
        return
    copy_file(url, copy)
    yield copy
    Path(copy.removeprefix("sqlite:///")).unlink()


async def found(url: str) -> Town:
    """Make the database, the content and the bank, at seven on Monday."""
    migrate(url)
    clock = Clock(datetime.combine(MONDAY, time(7), ZONE))
    async with Store(url, clock=clock, wall=clock, words=words(), process="founder") as store:
        await store.do(publish, body())
        town = await store.do(build, PLAN, channel="nowhere", joined=date(2026, 1, 1))
        for person in town.people.values():
            await store.do(links.detach, person)
    return town
