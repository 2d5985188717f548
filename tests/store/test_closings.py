from datetime import date, timedelta

import pytest

from bot.store import Reader, Store, Turn, closings, hostings, units
from tests.store.cast import TODAY, Cast, the_cast
from tests.store.conftest import Clock

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await store.do(the_cast)


def days(turn: Reader, unit_id: int) -> frozenset[date]:
    return closings.days(turn, units.get(turn, unit_id).path)


def why(turn: Reader, unit_id: int, day: date) -> tuple[str, str, int] | None:
    row = closings.of_day(turn, units.get(turn, unit_id).path, day)
    return (row.kind, row.reason, row.unit_id) if row else None


async def test_a_county_closes_everything_below_it(store: Store, cast: Cast) -> None:
    assert await store.do(closings.close, cast.county, TODAY, "台风", "no-drill")
    assert await store.look(days, cast.branch) == await store.look(days, cast.other_branch) == {TODAY}
    assert await store.look(days, cast.bank) == frozenset()
    assert await store.look(why, cast.branch, TODAY) == ("no-drill", "台风", cast.county)
    assert await store.look(why, cast.branch, TOMORROW) is None


async def test_a_day_is_closed_once_and_a_lifted_day_again(store: Store, cast: Cast) -> None:
    assert await store.do(closings.close, cast.branch, TODAY, "台风")
    assert not await store.do(closings.close, cast.branch, TODAY, "洪水"), "known already"
    assert await store.look(why, cast.branch, TODAY) == ("closed", "台风", cast.branch)
    assert await store.do(closings.lift, cast.branch, TODAY)
    assert not await store.do(closings.lift, cast.branch, TODAY)
    assert not await store.do(closings.lift, cast.branch, TOMORROW)
    assert await store.look(days, cast.branch) == frozenset()
    assert await store.do(closings.close, cast.branch, TODAY, "洪水" * 99, "no-drill", cast.zhao)
    closed = await store.look(why, cast.branch, TODAY)
    assert closed
    assert (closed[0], len(closed[1])) == ("no-drill", closings.LONGEST_REASON)


async def test_a_turn_that_closes_lifts_and_closes_reads_what_it_said_last(store: Store, cast: Cast) -> None:
    def thrice(turn: Turn) -> tuple[str, str, int] | None:
        closings.close(turn, cast.branch, TODAY, "一")
        assert why(turn, cast.branch, TODAY)
        closings.lift(turn, cast.branch, TODAY)
        assert why(turn, cast.branch, TODAY) is None
        closings.close(turn, cast.branch, TODAY, "二", "no-drill")
        return why(turn, cast.branch, TODAY)

    assert await store.do(thrice) == ("no-drill", "二", cast.branch)


async def test_what_lies_ahead_and_what_lies_below(store: Store, cast: Cast) -> None:
    await store.do(closings.close, cast.branch, TOMORROW, "装修")
    await store.do(closings.close, cast.county, TOMORROW, "断电")
    await store.do(closings.close, cast.branch, TODAY - timedelta(days=1))
    await store.do(closings.close, cast.other_branch, TOMORROW, "搬迁")
    path = (await store.look(units.get, cast.branch)).path
    assert [(c.day, c.reason) for c in await store.look(closings.ahead, path, TODAY)] == [
        (TOMORROW, "断电"),
        (TOMORROW, "装修"),
    ]
    assert [unit.name for _, unit in await store.look(closings.below, "/", TOMORROW)] == [
        "某县支行",
        "城东网点",
        "城西网点",
    ]
    assert await store.look(closings.below, path, TODAY) == []


async def test_the_last_to_be_named_is_the_host(store: Store, cast: Cast, clock: Clock) -> None:
    assert await store.look(hostings.of_day, cast.branch, TODAY) is None
    await store.do(hostings.name, cast.branch, TODAY, cast.wang, cast.zhao)
    await store.do(hostings.name, cast.branch, TODAY, cast.li, None)
    host = await store.look(hostings.of_day, cast.branch, TODAY)
    assert host
    assert (host.person_id, host.by_id, host.at) == (cast.li, None, clock())
    assert await store.look(hostings.of_day, cast.branch, TOMORROW) is None
    assert await store.look(hostings.of_day, cast.other_branch, TODAY) is None
