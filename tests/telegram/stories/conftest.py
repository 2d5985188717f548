from collections.abc import AsyncIterator, Iterator

import pytest

from bot.views import catalogue
from tests.conftest import an_empty_database
from tests.fakes.telegram import TelegramFake
from tests.telegram.stories.branch import Branch

ON_POSTGRES = pytest.param(("postgres", "polling"), id="postgres-polling", marks=pytest.mark.postgres)
BY_WEBHOOK = pytest.param(("sqlite", "webhook"), id="sqlite-webhook")
BY_POLLING = pytest.param(("sqlite", "polling"), id="sqlite-polling")


@pytest.fixture(params=[BY_POLLING, BY_WEBHOOK, ON_POSTGRES])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    """On which database a story is lived, and how Telegram is heard."""
    database, mode = request.param
    return database, mode


@pytest.fixture
def story_url(way: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[str]:
    """The story's database, empty."""
    with an_empty_database(way[0], request) as url:
        yield url


@pytest.fixture
async def branch(story_url: str, way: tuple[str, str], fake: TelegramFake) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process listening; nobody has joined."""
    branch = Branch(story_url, fake, dict(catalogue()), mode=way[1])
    await branch.found()
    await branch.start()
    yield branch
    await branch.end()
