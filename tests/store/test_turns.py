import asyncio
from datetime import datetime

import pytest
from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.store import Look, Reader, Store, StoreTrouble, Turn, steps, units
from bot.store.tables import Closing, Person, Unit
from tests.store.cast import TODAY, a_sitting, answer_next, the_cast
from tests.store.conftest import MORNING, Clock, a_store


class Oops(Exception):
    pass


def count(turn: Reader) -> int:
    return turn.session.exec(select(func.count()).select_from(Unit)).one()


def add_then_fail(turn: Turn) -> None:
    units.add(turn, "总行")
    assert turn.insert_once(Closing(unit_id=1, day=TODAY))
    raise Oops("here")


async def test_a_failed_turn_leaves_nothing_and_its_caller_hears_why(store: Store) -> None:
    with pytest.raises(Oops, match="here"):
        await store.do(add_then_fail)
    assert await store.look(count) == 0


async def test_a_turn_is_seen_by_the_next_look_and_its_rows_stay_readable(store: Store) -> None:
    unit = await store.do(units.add, "总行")
    assert (unit.name, unit.path) == ("总行", f"/{unit.id}/")
    assert await store.look(count) == 1
    found = await store.look(units.get, unit.id or 0)
    assert (found.name, found.timezone) == ("总行", "Asia/Shanghai")


async def test_a_turn_has_one_instant_and_knows_its_process(store: Store, clock: Clock, wall: Clock) -> None:
    wall.move(hours=5)

    def instants(turn: Look) -> tuple[datetime, datetime, datetime, str]:
        before = turn.now
        clock.move(hours=1)
        return before, turn.now, turn.wall, turn.process

    assert await store.do(instants) == (MORNING, MORNING, wall(), "one")
    assert (await store.look(instants))[0] == clock.at.replace(hour=1)


async def test_a_clock_without_a_time_zone_is_refused(url: str, clock: Clock) -> None:
    def naive() -> datetime:
        return clock().replace(tzinfo=None)

    for one, two in ((naive, clock), (clock, naive)):
        async with a_store(url, one, two) as store:
            with pytest.raises(ValueError, match="time zone"):
                await store.do(count)
            with pytest.raises(ValueError, match="time zone"):
                await store.look(count)


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, StopIteration, GeneratorExit, asyncio.CancelledError])
async def test_whatever_a_use_case_raises_the_store_lives_on(store: Store, error: type[BaseException]) -> None:
    def fail(turn: Look) -> None:
        raise error

    with pytest.raises(RuntimeError, match=error.__name__):
        await store.do(fail)
    with pytest.raises(RuntimeError, match=error.__name__):
        await store.look(fail)
    assert await store.do(count) == await store.look(count) == 0


async def test_only_the_store_commits_and_rolls_back(store: Store) -> None:
    def commit(turn: Turn) -> None:
        units.add(turn, "总行")
        turn.session.commit()

    def roll_back(turn: Turn) -> None:
        units.add(turn, "总行")
        turn.session.rollback()

    with pytest.raises(RuntimeError, match="does not commit"):
        await store.do(commit)
    with pytest.raises(RuntimeError, match="does not roll back"):
        await store.do(roll_back)
    assert await store.look(count) == 0


def insert(turn: Turn, unit_id: int | None, reason: str = "") -> bool:
    row = Closing(unit_id=unit_id, day=TODAY, reason=reason)  # type: ignore[arg-type]  # None: the column forbids it
    return turn.insert_once(row)


async def test_insert_once_catches_the_unique_key_and_nothing_else(store: Store) -> None:
    unit = await store.do(units.add, "总行")
    assert await store.do(insert, unit.id) is True
    assert await store.do(insert, unit.id) is False
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        await store.do(insert, 999)
    with pytest.raises(IntegrityError, match=r"(?i)not.null"):
        await store.do(insert, None)


async def test_insert_once_does_not_hide_what_was_wrong_before_it(store: Store) -> None:
    unit = await store.do(units.add, "总行")

    def two(turn: Turn) -> bool:
        turn.session.add(Unit(path=unit.path, name="同路", level=1))
        return turn.insert_once(Closing(unit_id=unit.id or 0, day=TODAY))

    with pytest.raises(IntegrityError):
        await store.do(two)


async def test_after_insert_once_says_no_the_turn_goes_on(store: Store) -> None:
    def twice(turn: Turn) -> str:
        unit = units.add(turn, "总行")
        assert insert(turn, unit.id)
        assert not insert(turn, unit.id, "again")
        return turn.session.exec(select(Closing.reason)).one()

    assert await store.do(twice) == ""


async def test_five_stores_take_one_step_once(five: list[Store]) -> None:
    cast = await five[0].do(the_cast)

    def take(turn: Turn) -> bool:
        if not steps.mark_done(turn, cast.branch, TODAY, "push"):
            return False
        a_sitting(turn, cast)
        return True

    taken = await asyncio.gather(*(store.do(take) for store in five * 4))
    assert taken.count(True) == 1
    assert await five[0].look(steps.done, cast.branch, TODAY) == {"push"}


async def test_four_taps_on_each_of_a_hundred_cards_are_a_hundred_answers(store: Store, other: Store) -> None:
    cast = await store.do(the_cast)
    cards = [await store.do(a_sitting, cast, part=str(n), questions=("q",)) for n in range(100)]
    taps = [(one, card) for card in cards for one in (store, other, store, other)]
    said = await asyncio.gather(*(one.do(answer_next, card or 0) for one, card in taps))
    assert said.count(True) == 100


async def test_a_caller_who_leaves_disturbs_nobody(store: Store) -> None:
    leaving = [asyncio.create_task(store.do(units.add, f"离开 {n}")) for n in range(20)]
    staying = [asyncio.create_task(store.do(units.add, f"留下 {n}")) for n in range(20)]
    await asyncio.sleep(0)
    for task in leaving:
        task.cancel()
    kept = await asyncio.gather(*staying)
    assert len({unit.id for unit in kept}) == 20
    assert 20 <= await store.do(count) <= 40


async def test_closing_waits_for_what_was_asked_for(url: str, clock: Clock) -> None:
    store = a_store(url, clock, clock)
    await store.start()
    asked = [asyncio.create_task(store.do(units.add, f"{n}")) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    assert len(await asyncio.gather(*asked)) == 50
    for knock in (store.do, store.look):
        with pytest.raises(StoreTrouble, match="not open"):
            await knock(count)
    await store.close()


async def test_a_person_moves_and_the_last_word_counts(store: Store) -> None:
    """Rows loaded in a Turn may be changed there; the change is written when it ends."""
    cast = await store.do(the_cast)

    def move(turn: Turn) -> None:
        person = turn.session.get(Person, cast.wang)
        assert person is not None
        person.unit_id = cast.other_branch

    await store.do(move)
    moved = await store.look(lambda look: look.session.get(Person, cast.wang))
    assert moved is not None
    assert moved.unit_id == cast.other_branch


async def test_an_error_does_not_repeat_names(store: Store) -> None:
    cast = await store.do(the_cast)

    def twice(turn: Turn) -> None:
        turn.session.add(Person(unit_id=cast.branch, staff_number="1001", name="机密", joined_on=TODAY))

    with pytest.raises(IntegrityError) as caught:
        await store.do(twice)
    assert "机密" not in str(caught.value)
