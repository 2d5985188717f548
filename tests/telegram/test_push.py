"""A push to a small bank on a Telegram that enforces its limits, in good weather and bad. The large one is
`python -m tests.bench push`."""

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlmodel import col, select

from bot import jobs
from bot.store.tables import GroupChat, LetterRow, Link
from bot.store.turn import Reader
from tests.bench.push import Bank, Tapping, forget, opened

pytestmark = pytest.mark.no_cover


def states(turn: Reader) -> dict[str, str]:
    """What became of the letters, by their addresses; those of the push and of the groups only."""
    rows = turn.session.exec(select(LetterRow).where(col(LetterRow.tries) > 0))
    return {row.address: row.state for row in rows if row.once.startswith(("push/", "morning/"))}


def unreachable(turn: Reader) -> list[str]:
    told = turn.session.exec(select(LetterRow.once).where(col(LetterRow.once).startswith("unreachable/")))
    return list(told)


def blocked(turn: Reader) -> set[str]:
    return set(turn.session.exec(select(Link.address).where(col(Link.blocked_at).is_not(None))))


def groups(turn: Reader) -> set[str]:
    return set(turn.session.exec(select(GroupChat.address)))


def repeats(bank: Bank) -> int:
    """How often anybody was told what they had been told already."""
    calls = [call.params for call in bank.fake.called("sendMessage") if call.status == 200]
    return sum(times - 1 for times in Counter((call["chat_id"], call["text"]) for call in calls).values())


async def settled(bank: Bank) -> None:
    """Wait until every request has its answer."""
    async with asyncio.timeout(20):
        while any(call.status == 0 for call in bank.fake.called("sendMessage")):  # noqa: ASYNC110 -- nothing rings then
            await asyncio.sleep(0.02)


async def closed(bank: Bank, wanted: int) -> dict[str, str]:
    """What became of the letters, once so many have been sent for good."""
    async with asyncio.timeout(60):
        while True:
            seen = await bank.store.look(states)
            if list(seen.values()).count("sent") >= wanted:
                return seen
            await asyncio.sleep(0.1)


async def test_everybody_hears_once_at_the_allowed_rate_and_a_tap_does_not_wait(tmp_path: Path) -> None:
    tapping = Tapping()
    async with opened(tmp_path, 60, 3) as bank:
        async with bank.program():
            await bank.until(0.25)
            await bank.tap(Random(1), tapping)
            assert len(bank.told) < 63, "the tap was answered while the push still went on"
            assert len(tapping.changed) == 1
            await bank.until(1)
            await closed(bank, 63)
        assert bank.fake.floods == 0
        assert set(bank.told.values()) == {1}


async def test_a_push_in_bad_weather_reaches_all_who_can_be_reached(tmp_path: Path) -> None:
    async with opened(tmp_path, 60, 3, speed=2) as bank:
        bank.deadline = 1.0
        staff = sorted(address for address in bank.addresses if address > 0)
        bank.fake.user(staff[7]).deactivate()
        branch, old = next(iter(bank.town.groups.items()))
        new = bank.groups[branch].upgrade(by=bank.fake.user(staff[0]))
        await forget(bank.fake)
        async with bank.program():
            await bank.until(0.2)
            bank.fake.faults.flood(retry_after=1, times=4)
            await bank.until(0.4)
            bank.fake.drop_response_next("sendMessage")
            await bank.until(0.6)
            bank.fake.faults.drip_next("sendMessage", pause=0.5)
            await closed(bank, 62)
            async with asyncio.timeout(20):
                while repeats(bank) < 2:  # noqa: ASYNC110 -- the two whose answers got lost come again
                    await asyncio.sleep(0.05)
        await settled(bank)
        assert repeats(bank) == 2, "only where Telegram's answer got lost"
        told = {address: times for address, times in bank.told.items() if times}
        assert bank.fake.floods == 4
        assert set(told) == bank.addresses - {staff[7], int(old)}
        assert await bank.store.look(blocked) == {str(staff[7])}
        assert len(await bank.store.look(unreachable)) == len(set(await bank.store.look(unreachable))) > 0
        assert str(new) in await bank.store.look(groups)
        assert old not in await bank.store.look(groups)
        assert [call.params["chat_id"] for call in bank.fake.called("sendMessage")].count(new) == 1


async def test_a_program_that_dies_in_the_middle_repeats_only_what_had_no_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FAREWELL_SECONDS", 0)
    async with opened(tmp_path, 60, 3) as bank:
        async with bank.program() as running:
            await bank.until(0.4)
            running.cancel()
        await settled(bank)
        seen = await bank.store.look(states)
        open_ones = [address for address in bank.told if seen[str(address)] != "sent"]
        assert len(bank.told) < 63
        async with bank.program():
            await bank.until(1)
            await closed(bank, 63)
        again = [address for address, times in bank.told.items() if times > 1]
        assert sorted(again) == sorted(open_ones)
        assert max(bank.told.values()) <= 2


async def test_a_program_that_ends_in_good_order_repeats_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, 120, 3, speed=2) as bank:
        async with bank.program():
            await bank.until(0.1)
        assert len(bank.told) < 123
        assert set((await bank.store.look(states)).values()) == {"sent"}, "what was taken has gone out"
        async with bank.program():
            await bank.until(1)
            await closed(bank, 123)
        assert set(bank.told.values()) == {1}
        assert bank.fake.floods == 0
