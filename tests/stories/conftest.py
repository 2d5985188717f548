from tests.stories.fixtures import branch, day, kind, nothing_failed_unseen, proposed, shelf

__all__ = ["branch", "day", "kind", "nothing_failed_unseen", "proposed", "shelf"]
