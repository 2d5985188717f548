"""A migrated database for every test of the store, on SQLite and on PostgreSQL, and stores to open on it."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.migrate import migrate
from tests.fixtures.postgres import Postgres

MORNING = datetime(2026, 11, 23, 0, 3, tzinfo=UTC)  # 08:03 in Shanghai, a Monday


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = field(default=MORNING)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


Open = Callable[..., Store]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "chenlian.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    url = postgres.fresh()
    migrate(url)
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that has its tables and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "chenlian.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.fresh(request.getfixturevalue("postgres_template"))
    yield address
    server.drop(address)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "only.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    address = postgres.fresh(postgres_template)
    yield address
    postgres.drop(address)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wall() -> Clock:
    return Clock()


def a_store(url: str, clock: Callable[[], datetime], wall: Callable[[], datetime], process: str = "one") -> Store:
    return Store(url, clock=clock, wall=wall, words={}, process=process)


@pytest.fixture
async def store(url: str, clock: Clock, wall: Clock) -> AsyncIterator[Store]:
    async with a_store(url, clock, wall) as opened:
        yield opened


@pytest.fixture
async def other(url: str, clock: Clock, wall: Clock) -> AsyncIterator[Store]:
    """A second process on the same database."""
    async with a_store(url, clock, wall, "two") as opened:
        yield opened


@pytest.fixture
async def five(url: str, clock: Clock, wall: Clock) -> AsyncIterator[list[Store]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(a_store(url, clock, wall, f"p{n}")) for n in range(5)]
