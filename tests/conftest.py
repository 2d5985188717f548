"""What every test may ask for. Fixtures of one room live beside its tests or in tests/fixtures/."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fixtures.postgres import Postgres, running_postgres
from tests.fixtures.required import meet, required

LONG = (
    "main/test_demo.py",
    "main/test_first_branch.py",
    "test_wheel.py",
    "rehearsal/test_rehearse.py",
    "main/test_serve.py",
    "telegram/test_push.py",
    "wecom/stories/test_bad_weather.py",
    "telegram/stories/test_files.py",
)
"""The files that take longest, though some have few tests: they begin first."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="more examples and more Turns: a slow check of its own")


def pytest_configure(config: pytest.Config) -> None:
    required()  # a misspelt requirement is told at once
    settings.register_profile("here", deadline=None)  # a busy machine is no mistake
    settings.register_profile("ci", deadline=None, derandomize=True)
    settings.register_profile("thorough", deadline=None, max_examples=2000)
    settings.load_profile("thorough" if config.getoption("thorough") else "ci" if os.environ.get("CI") else "here")


@pytest.fixture
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether somebody has the time."""
    return bool(request.config.getoption("thorough"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage makes a test half as long again. So what is told on both databases is measured on one (the store, whose
    lines differ by database, on both), and what tries the fakes or the bench, which are not the program, or every
    button as everybody, which the stories have pressed, not at all. A test that tries the same many times over says so
    itself: `no_cover`."""
    for item in items:
        rooms = item.path.parts
        twice = item.get_closest_marker("postgres") is not None and "store" not in rooms
        if twice or {"fakes", "bench", "router"} & set(rooms):
            item.add_marker("no_cover")
    items.sort(key=lambda item: not str(item.path).endswith(LONG))  # else the last of them would run alone


def pytest_runtest_setup(item: pytest.Item) -> None:
    meet(mark.name for mark in item.iter_markers())


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A test that sets up the log of a process leaves the next one its own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logger.level for name, logger in _loggers().items()}
    silenced = {name for name, logger in _loggers().items() if logger.disabled}
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    for name, logger in _loggers().items():
        if logger.level != levels.get(name, logging.NOTSET):  # to set it makes every logger think anew
            logger.setLevel(levels.get(name, logging.NOTSET))
        logger.disabled = name in silenced  # lint-imports silences every logger it finds


def _loggers() -> dict[str, logging.Logger]:
    named = logging.Logger.manager.loggerDict
    return {name: logger for name, logger in named.items() if isinstance(logger, logging.Logger)}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, for tests marked `postgres`. One server for the whole run."""
    with running_postgres() as server:
        yield server


@contextmanager
def an_empty_database(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of this kind, as long as the block runs."""
    if kind == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        yield f"sqlite:///{folder / 'chenlian.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database: the test runs once on SQLite and once on PostgreSQL."""
    with an_empty_database(request.param, request) as url:
        yield url
