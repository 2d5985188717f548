from collections.abc import AsyncIterator

import pytest

from bot.views import catalogue
from tests.fakes.telegram import TelegramFake
from tests.stories.founding import Foundations, foundations
from tests.telegram.stories.branch import Branch

__all__ = ["foundations"]
ON_POSTGRES = pytest.param(("postgres", "polling"), id="postgres-polling", marks=pytest.mark.postgres)
BY_WEBHOOK = pytest.param(("sqlite", "webhook"), id="sqlite-webhook")
BY_POLLING = pytest.param(("sqlite", "polling"), id="sqlite-polling")


@pytest.fixture(params=[BY_POLLING, BY_WEBHOOK, ON_POSTGRES])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    """On which database a story is lived, and how Telegram is heard."""
    database, mode = request.param
    return database, mode


@pytest.fixture
async def branch(foundations: Foundations, way: tuple[str, str], fake: TelegramFake) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process listening; nobody has joined."""
    async with foundations.take(way[0]) as (url, town):
        branch = Branch(url, town, fake, dict(catalogue()), mode=way[1])
        await branch.start()
        yield branch
        await branch.end()
