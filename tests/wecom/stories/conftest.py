from collections.abc import AsyncIterator

import pytest

from bot.views import catalogue
from tests.fakes.wecom import Limits, WeComFake
from tests.stories.founding import Foundations, foundations
from tests.wecom.stories.branch import Branch

__all__ = ["foundations"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: each story is told on both."""
    return str(request.param)


@pytest.fixture
async def branch(foundations: Foundations, kind: str) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process listening; nobody has joined. Days pass in seconds, so a member takes more."""
    limits = Limits(member_minute=1000, member_hour=10_000)
    async with WeComFake(limits=limits) as fake, foundations.take(kind) as (url, town):
        branch = Branch(url, town, fake, dict(catalogue()))
        await branch.start()
        yield branch
        await branch.end()
