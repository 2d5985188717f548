from collections.abc import AsyncIterator

import pytest

from bot.views import catalogue
from tests.fakes.wecom import WeComFake
from tests.stories.founding import Foundations, foundations
from tests.wecom.robots.branch import Branch

__all__ = ["foundations"]

ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: each story is told on both."""
    return str(request.param)


@pytest.fixture
async def branch(foundations: Foundations, kind: str, fake: WeComFake) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process connected; nobody has joined."""
    async with foundations.take(kind) as (url, town):
        branch = Branch(url, town, fake, dict(catalogue()))
        await branch.start()
        yield branch
        await branch.end()
