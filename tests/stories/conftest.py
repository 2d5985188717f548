import pytest

from tests.stories.fixtures import branch, day, nothing_failed_unseen, proposed, shelf

__all__ = ["branch", "day", "kind", "nothing_failed_unseen", "proposed", "shelf"]


@pytest.fixture(params=["sqlite", pytest.param("wecom", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Each story is told on both databases; on PostgreSQL the phones are on WeCom."""
    return str(request.param)
