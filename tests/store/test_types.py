from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from bot.store import Store, Turn
from bot.store.tables import Closing, Guess
from bot.store.tables.types import Day, Utc
from tests.store.cast import the_cast

ANY = sqlite.dialect()
SINCE, UNTIL = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 -- hypothesis adds the zones
MOMENTS = st.datetimes(SINCE, UNTIL, timezones=st.timezones() | st.just(UTC))


@given(MOMENTS)
def test_an_instant_comes_back_to_the_millisecond_in_utc(moment: datetime) -> None:
    kept = Utc().process_bind_param(moment, ANY)
    back = Utc().process_result_value(kept, ANY)
    assert back is not None
    assert back.tzinfo is UTC
    assert abs(back - moment) <= timedelta(microseconds=500)


@given(st.dates())
def test_a_day_comes_back_and_sorts_as_it_should(day: date) -> None:
    kept = Day().process_bind_param(day, ANY)
    assert Day().process_result_value(kept, ANY) == day
    if day < date.max:
        following = Day().process_bind_param(day + timedelta(1), ANY)
        assert kept is not None
        assert following is not None
        assert kept < following


def test_nothing_stays_nothing() -> None:
    for kind in (Utc(), Day()):
        assert kind.process_bind_param(None, ANY) is None
        assert kind.process_result_value(None, ANY) is None


def test_an_instant_without_a_zone_and_an_instant_for_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        Utc().process_bind_param(datetime(2026, 11, 23), ANY)  # noqa: DTZ001 -- naive on purpose
    with pytest.raises(TypeError, match="not a day"):
        Day().process_bind_param(datetime(2026, 11, 23, tzinfo=UTC), ANY)


async def test_both_databases_keep_whole_numbers(store: Store) -> None:
    shanghai = datetime(2026, 11, 23, 8, 20, 0, 123_000, tzinfo=ZoneInfo("Asia/Shanghai"))

    def write(turn: Turn) -> None:
        cast = the_cast(turn)
        turn.session.add(Guess(channel="web", address="1", at=shanghai))
        turn.session.add(Closing(unit_id=cast.branch, day=date(2026, 11, 23)))

    await store.do(write)
    assert await store.look(lambda look: look.session.get(Guess, 1)) == Guess(
        id=1, channel="web", address="1", at=shanghai.astimezone(UTC)
    )

    def raw(statement: str) -> object:
        return store.look(lambda look: look.session.connection().execute(text(statement)).scalar())

    assert await raw("select at from guess") == 1795393200123  # type: ignore[misc]  # raw rows have no type
    assert await raw("select day from closing") == 20261123  # type: ignore[misc]  # raw rows have no type


async def test_a_row_with_a_wrong_time_is_not_written(store: Store) -> None:
    def naive(turn: Turn) -> None:
        turn.session.add(Guess(channel="web", address="1", at=datetime(2026, 11, 23)))  # noqa: DTZ001 -- naive on purpose

    def instant(turn: Turn) -> None:
        turn.session.add(Closing(unit_id=1, day=datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=8)))))

    for wrong, why in ((naive, "without a time zone"), (instant, "not a day")):
        with pytest.raises(StatementError, match=why):
            await store.do(wrong)
