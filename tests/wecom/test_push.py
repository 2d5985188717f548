"""A push by WeCom's app: as few calls as WeCom allows, and what each person sees when something breaks in the middle.
The large one is `python -m tests.bench wecom`."""

import asyncio
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot import jobs
from bot.store.tables import LetterRow, Link
from bot.store.turn import Reader
from tests.bench.wecom import Bank, opened

PEOPLE = 60


def states(turn: Reader) -> Counter[str]:
    """What became of the push's letters."""
    return Counter(turn.session.exec(select(LetterRow.state).where(col(LetterRow.once).startswith("push/"))))


def blocked(turn: Reader) -> set[str]:
    return set(turn.session.exec(select(Link.address).where(col(Link.blocked_at).is_not(None))))


async def ends(bank: Bank, **wanted: int) -> None:
    """Wait until so many letters ended so."""
    async with asyncio.timeout(20):
        while await bank.store.look(states) != wanted:  # noqa: ASYNC110 -- a row rings no bell
            await asyncio.sleep(0.05)


async def test_a_whole_bank_is_told_in_one_call_however_many_branches_it_has(tmp_path: Path) -> None:
    async with opened(tmp_path, PEOPLE) as bank:
        async with bank.program():
            await ends(bank, sent=PEOPLE)
        assert [str(call.body["touser"]).split("|") for call in bank.pushes] == [sorted(bank.staff)]
        assert bank.seen == dict.fromkeys(bank.staff, 1)


async def test_half_of_them_are_out_of_reach_and_the_other_half_hears(tmp_path: Path) -> None:
    async with opened(tmp_path, PEOPLE) as bank:
        gone = bank.staff[::2]
        bank.fake.app.scope.users, bank.fake.app.scope.parties = set(bank.staff[1::2]), set()
        async with bank.program():
            await ends(bank, sent=PEOPLE // 2, failed=PEOPLE // 2)
        assert len(bank.pushes) == 1
        assert await bank.store.look(blocked) >= set(gone)
        assert +bank.seen == dict.fromkeys(bank.staff[1::2], 1)


async def test_the_token_ends_in_the_middle_and_nobody_notices(tmp_path: Path) -> None:
    async with opened(tmp_path, PEOPLE) as bank:
        bank.fake.faults.fail_next("message/send", 42001)
        async with bank.program():
            await ends(bank, sent=PEOPLE)
        assert bank.seen == dict.fromkeys(bank.staff, 1)
        assert len(bank.fake.called("gettoken")) == 2


@pytest.mark.parametrize("when", ["before WeCom has it", "after WeCom has it"])
async def test_a_program_that_dies_in_the_middle_tells_nobody_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(jobs, "FAREWELL_SECONDS", 0)
    async with opened(tmp_path, PEOPLE) as bank:
        fatal = asyncio.Event()

        async def die() -> None:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            fatal.set()

        if when.startswith("before"):
            bank.fake.faults.delay_next("message/send", 0.5)
        else:
            bank.fake.faults.meanwhile("message/send", die)
        async with bank.program() as running:
            await bank.fake.wait_called("message/send")
            if when.startswith("before"):
                await die()
            await fatal.wait()
        assert await bank.store.look(states) == {"claimed": PEOPLE}
        async with bank.program():
            await ends(bank, sent=PEOPLE)
        if when.startswith("after"):
            first, second = bank.pushes
            assert first.body == second.body, "the same request, which WeCom shows only once"
        assert bank.seen == dict.fromkeys(bank.staff, 1)
