"""Sudden death: what happens around it, and that what follows does not hide what it did."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from bot.chat.channel import Letter
from bot.chat.message import Message
from bot.rehearsal.clock import Clock
from bot.rehearsal.faults import Crash, Faults, FragileChannel, FragileStore
from bot.services import courier
from bot.store import editions
from bot.store.migrate import migrate
from bot.store.turn import Turn
from bot.views import catalogue

CLOCK = Clock(datetime(2026, 3, 2, tzinfo=UTC))


class Never(Random):
    """Dice by which nobody dies; only first visits kill."""

    def random(self) -> float:
        return 1.0


class Always(Random):
    """Dice by which everybody dies at once."""

    def random(self) -> float:
        return 0.0


def letter(number: int, address: str = "1") -> Letter:
    return Letter(id=number, address=address, message=Message(body="早"))


def test_the_first_visit_of_every_point_kills_and_the_dice_do_so_later() -> None:
    faults = Faults(Never(), 0.5)
    for name in ("one", "two"):
        with pytest.raises(Crash, match=name):
            faults.point(name)
        faults.revive()
        faults.point(name)
    assert faults.killed == faults.visits - Counter(["one", "two"]) == Counter(["one", "two"])
    faults = Faults(Always(), 0.5)
    for _ in range(3):
        with pytest.raises(Crash):
            faults.point("one")
        faults.revive()
    assert faults.killed["one"] == 3


def test_a_dead_process_takes_no_step_and_dies_only_once() -> None:
    faults = Faults(Never(), 0.5)
    with pytest.raises(Crash):
        faults.point("one")
    with pytest.raises(Crash):
        faults.point("two")
    assert faults.killed == faults.visits == Counter(["one"])


async def test_a_letter_sent_when_the_process_dies_has_lost_its_receipt() -> None:
    faults = Faults(Never(), 0.5)
    channel = FragileChannel(CLOCK, faults)
    with pytest.raises(Crash, match="before send"):
        await channel.send([letter(1)])
    assert (channel.record, faults.destroyed) == ([], {})
    faults.revive()
    with pytest.raises(Crash, match="after send"):
        await channel.send([letter(1), letter(0)])
    assert [seen.letter for seen in channel.record] == [1, 0]
    assert faults.destroyed == {1: 1}, "a reading has no receipt to lose"


async def test_letters_beside_the_one_that_killed_do_not_go_out() -> None:
    faults = Faults(Never(), 0.5)
    faults.visits["before send"] = 1
    channel = FragileChannel(CLOCK, faults)
    results = await asyncio.gather(*(channel.send([letter(n)]) for n in (1, 2, 3)), return_exceptions=True)
    assert [type(result) for result in results] == [Crash, Crash, Crash]
    assert [seen.letter for seen in channel.record] == [1]
    assert faults.destroyed == {1: 1}


async def test_a_store_dies_before_a_turn_which_is_then_not_done_or_after_it_which_then_is(database_url: str) -> None:
    migrate(database_url)
    faults = Faults(Never(), 0.5)
    store = FragileStore(database_url, clock=CLOCK, wall=CLOCK, words=catalogue(), process="p")
    done = []

    def step(turn: Turn) -> int:
        done.append(turn.process)
        return len(done)

    async with store:
        assert await store.do(step) == 1, "no faults, no death"
        store.faults = faults
        with pytest.raises(Crash, match="before step"):
            await store.do(step)
        assert len(done) == 1
        faults.revive()
        with pytest.raises(Crash, match="after step"):
            await store.do(step)
        assert len(done) == 2
        faults.revive()
        assert await store.do(step) == 3


async def test_a_closed_letter_keeps_its_receipt_whatever_dies_next(database_url: str) -> None:
    migrate(database_url)
    faults = Faults(Never(), 0.5)
    faults.visits.update(["before close", "before send", "after send"])
    channel = FragileChannel(CLOCK, faults)
    store = FragileStore(database_url, clock=CLOCK, wall=CLOCK, words=catalogue(), process="p")
    store.faults = faults
    async with store:
        receipts = await channel.send([letter(1)])
        assert faults.unclosed == {1}
        with pytest.raises(Crash, match="after close"):
            await store.do(courier.close, [], receipts)
    assert not faults.destroyed


async def test_reading_kills_nobody(database_url: str) -> None:
    migrate(database_url)
    faults = Faults(Always(), 1.0)
    store = FragileStore(database_url, clock=CLOCK, wall=CLOCK, words=catalogue(), process="p")
    store.faults = faults
    async with store:
        await store.look(editions.current)
    assert not faults.visits
