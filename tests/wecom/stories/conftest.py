from collections.abc import AsyncIterator, Iterator

import pytest

from bot.views import catalogue
from tests.conftest import an_empty_database
from tests.fakes.wecom import Limits, WeComFake
from tests.wecom.stories.branch import Branch


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def story_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The story's database, empty."""
    with an_empty_database(request.param, request) as url:
        yield url


@pytest.fixture
async def branch(story_url: str) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process listening; nobody has joined. Days pass in seconds, so a member takes more."""
    async with WeComFake(limits=Limits(member_minute=1000, member_hour=10_000)) as fake:
        branch = Branch(story_url, fake, dict(catalogue()))
        await branch.found()
        await branch.start()
        yield branch
        await branch.end()
