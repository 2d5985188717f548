import pytest

from tests.stories.fixtures import branch, day, nothing_failed_unseen, proposed, shelf

__all__ = ["branch", "day", "kind", "nothing_failed_unseen", "proposed", "shelf"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres), "wecom"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each story is told on both databases, and on the first of them with WeCom on the phones."""
    return str(request.param)
