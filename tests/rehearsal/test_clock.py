from datetime import UTC, datetime, timedelta

import pytest

from bot.rehearsal.clock import Clock

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_it_stands_still_until_it_is_moved() -> None:
    clock = Clock(SEVEN)
    assert clock() == clock() == SEVEN
    clock.move(SEVEN + timedelta(hours=1))
    clock.pass_by(7.5)
    assert clock() == SEVEN + timedelta(hours=1, seconds=7.5)


def test_it_never_goes_back() -> None:
    clock = Clock(SEVEN)
    clock.move(SEVEN - timedelta(days=1))
    assert clock() == SEVEN


def test_it_wants_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(SEVEN.replace(tzinfo=None))
