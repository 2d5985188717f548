from collections.abc import AsyncIterator

import pytest

from bot.views import catalogue
from tests.fakes.telegram import TelegramFake
from tests.telegram.stories.branch import Branch


@pytest.fixture
async def branch(database_url: str, fake: TelegramFake) -> AsyncIterator[Branch]:
    """Monday seven o'clock, a process listening; nobody has joined."""
    branch = Branch(database_url, fake, dict(catalogue()))
    await branch.found()
    await branch.start()
    yield branch
    await branch.end()
