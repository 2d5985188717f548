"""A clock that is set by hand."""

from datetime import datetime, timedelta


class Clock:
    """The trade's time in a rehearsal. It stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock without a time zone")
        self._now = start

    def __call__(self) -> datetime:
        """The time now."""
        return self._now

    def move(self, to: datetime) -> None:
        """Set the clock forward; an earlier time leaves it as it is."""
        self._now = max(self._now, to)

    def pass_by(self, seconds: float) -> None:
        """Let some seconds pass."""
        self._now += timedelta(seconds=seconds)
