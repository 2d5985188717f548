"""What units set for themselves: who is heard, from when, in every process, and what it costs those who set nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from sqlalchemy import Engine, event

from bot.content import digest, load, shipped
from bot.store import Reader, Store, Turn, editions, settings, units
from drills.policy import Policy
from tests.store.cast import Cast, the_cast
from tests.store.conftest import Clock


@pytest.fixture(scope="module")
def body() -> dict[str, object]:
    return load(shipped()).body


def _bank(turn: Turn, body: dict[str, object]) -> Cast:
    cast = the_cast(turn)
    editions.publish(turn, body, digest(body))
    return cast


@pytest.fixture
async def cast(store: Store, body: dict[str, object]) -> Cast:
    return await store.do(_bank, body)


def policy(turn: Reader, unit_id: int) -> Policy:
    return turn.in_force(units.get(turn, unit_id).path).policy


def say(turn: Turn, unit_id: int, values: dict[str, str], hours: float = 0) -> None:
    settings.say(turn, unit_id, values, turn.now + timedelta(hours=hours), None)


@contextmanager
def statements(about: str = "") -> Iterator[list[str]]:
    said: list[str] = []

    def note(*args: object) -> None:
        if about in str(args[2]):
            said.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_county_sets_and_a_branch_has_its_own_word(store: Store, cast: Cast) -> None:
    await store.do(say, cast.county, {"meeting": "08:20", "dose": "4"})
    await store.do(say, cast.branch, {"meeting": "08:40"})
    ours, theirs = await store.look(policy, cast.branch), await store.look(policy, cast.other_branch)
    assert (ours.review, ours.push, ours.dose) == (time(8, 40), time(8, 28), 4)
    assert (theirs.review, theirs.push, theirs.dose) == (time(8, 20), time(8, 8), 4)
    assert await store.look(policy, cast.bank) == Policy()
    await store.do(say, cast.branch, {"meeting": ""})
    assert (await store.look(policy, cast.branch)).review == time(8, 20), "as above it again"


async def test_a_word_holds_from_its_instant(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(say, cast.branch, {"dose": "3"}, 16)
    path = (await store.look(units.get, cast.branch)).path
    assert (await store.look(policy, cast.branch)).dose == 5
    later = clock() + timedelta(hours=16)
    assert (await store.look(lambda look: look.in_force(path, later))).policy.dose == 3
    clock.move(hours=15.99)
    assert (await store.look(policy, cast.branch)).dose == 5
    clock.move(hours=0.01)
    assert (await store.look(policy, cast.branch)).dose == 3
    assert (await store.look(lambda look: look.held(path)))["dose"].unit == cast.branch


async def test_another_process_hears_of_it_at_once(store: Store, other: Store, cast: Cast) -> None:
    for dose in (3, 4, 6):
        await store.do(say, cast.branch, {"dose": str(dose)})
        assert (await other.look(policy, cast.branch)).dose == dose
        await other.do(say, cast.branch, {"dose": "8"})
        assert (await store.look(policy, cast.branch)).dose == 8


async def test_a_turn_reads_its_own_word_and_a_failed_one_leaves_none(store: Store, cast: Cast) -> None:
    def fails(turn: Turn) -> None:
        say(turn, cast.branch, {"dose": "3"})
        assert policy(turn, cast.branch).dose == 3
        raise KeyError

    with pytest.raises(KeyError):
        await store.do(fails)
    assert (await store.look(policy, cast.branch)).dose == 5
    await store.do(say, cast.branch, {"dose": "4"})
    assert (await store.look(policy, cast.branch)).dose == 4, "its number may be the same"


async def test_many_who_set_at_once_are_all_heard(five: list[Store], cast: Cast) -> None:
    names = ("meeting", "dose", "makeup", "evening", "reminder")
    values = ("08:20", "4", "17:00", "18:00", "off")
    for round_ in range(4):
        said = values if round_ % 2 else ("",) * 5
        pairs = zip(five, names, said, strict=True)
        await asyncio.gather(*(store.do(say, cast.branch, {name: value}) for store, name, value in pairs))
        for store in five:
            now = await store.look(policy, cast.branch)
            assert (now != Policy()) is bool(round_ % 2)
            if round_ % 2:
                assert (now.review, now.dose, now.reminder) == (time(8, 20), 4, False)
                assert (now.makeup_until, now.evening) == (time(17), time(18))


async def test_a_bank_that_sets_nothing_pays_no_statement(store: Store, cast: Cast) -> None:
    path = (await store.look(units.get, cast.branch)).path
    await store.look(policy, cast.branch)
    with statements("SELECT") as said:
        await store.look(lambda look: [look.in_force(path) for _ in range(3)])
    assert len(said) == 1, "the edition's own"


async def test_what_was_read_once_is_not_read_again(store: Store, cast: Cast) -> None:
    await store.do(say, cast.county, {"dose": "4"})
    path = (await store.look(units.get, cast.branch)).path
    await store.look(policy, cast.branch)
    with statements("unit_setting.name") as said:
        first = await store.look(lambda look: look.in_force(path))
        assert await store.look(lambda look: look.in_force(path)) is first
        await store.do(lambda turn: turn.in_force(path))
    assert not said
    await store.do(say, cast.other_branch, {"dose": "6"})
    with statements("unit_setting.name") as said:
        for _ in range(3):
            assert (await store.look(policy, cast.branch)).dose == 4
    assert len(said) == 1, "somebody said something: each unit is asked about once more"


async def test_a_value_no_edition_knows_is_left_out(store: Store, cast: Cast) -> None:
    await store.do(say, cast.branch, {"colour": "red", "meeting": "midnight", "dose": "4"})
    assert (await store.look(policy, cast.branch)).dose == 4
    assert [row.name for row in await store.look(settings.history, cast.branch)] == ["colour", "meeting", "dose"]
