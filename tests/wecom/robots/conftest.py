from collections.abc import AsyncIterator, Iterator

import pytest

from bot.views import catalogue
from tests.conftest import an_empty_database
from tests.fakes.wecom import WeComFake
from tests.wecom.robots.branch import Branch

ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def story_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The story's database, empty."""
    with an_empty_database(request.param, request) as url:
        yield url


@pytest.fixture
async def branch(story_url: str, fake: WeComFake) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process connected; nobody has joined."""
    branch = Branch(story_url, fake, dict(catalogue()))
    await branch.found()
    await branch.start()
    yield branch
    await branch.end()
