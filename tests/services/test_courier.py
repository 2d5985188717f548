"""The courier and a slow platform: one letter that hangs holds no other, and no receipt is lost to trouble."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlmodel import col, select

from bot.chat.channel import Letter, Limits, Receipt, SendError
from bot.chat.message import Message
from bot.rehearsal.clock import Clock
from bot.services import courier
from bot.services.courier import BATCH, deliver
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.tables import LetterRow
from bot.store.trouble import StoreTrouble
from bot.store.turn import Reader, Turn
from bot.views import catalogue

P = ParamSpec("P")
R = TypeVar("R")
NOW = datetime(2026, 11, 23, 0, 3, tzinfo=UTC)


class Phones:
    """A channel on which some addresses hang until the test lets go."""

    name = "phones"
    limits = Limits(text=4000, button_data=64, row=8, together=1)

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.urgencies: list[int] = []
        self.breaking: set[str] = set()
        self.hanging: dict[str, asyncio.Event] = {}
        self.most = self.now = 0
        self.arrived = asyncio.Event()

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        self.now += len(letters)
        self.urgencies += [letter.urgency for letter in letters]
        self.most = max(self.most, self.now)
        self.arrived.set()
        for letter in letters:
            if letter.address in self.breaking:
                raise ZeroDivisionError
            if gate := self.hanging.get(letter.address):
                await gate.wait()
            self.sent.append(letter.address)
            self.arrived.set()
        await asyncio.sleep(0)
        self.now -= len(letters)
        return [Receipt(letter.id) for letter in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        raise SendError("nobody sends files here", permanent=True)

    async def until(self, satisfied: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not satisfied():
                self.arrived.clear()
                await self.arrived.wait()


class UnwellStore(Store):
    """A store that refuses a use case so many times."""

    unwell = 0
    name = ""

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        if self.unwell and verb.__name__ == self.name:
            self.unwell -= 1
            raise StoreTrouble("The database is full.")
        return await super().do(verb, *args, **kwargs)


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[UnwellStore]:
    migrate(database_url)
    clock = Clock(NOW)
    async with UnwellStore(database_url, clock=clock, wall=clock, words=catalogue(), process="p") as store:
        yield store


def promise(turn: Turn, addresses: Sequence[str], urgency: int = 5) -> None:
    for address in addresses:
        letter = LetterRow(
            once=f"{address}/{urgency}",
            channel="phones",
            address=address,
            body=Message(body="早").to_json(),
            urgency=urgency,
            due_at=turn.now,
            created_at=turn.now,
            expires_at=turn.now + timedelta(hours=1),
        )
        turn.insert_once(letter)


def states(turn: Reader) -> dict[str, str]:
    rows = turn.session.exec(select(LetterRow).order_by(col(LetterRow.id)))
    return {f"{row.address}/{row.urgency}": row.state for row in rows}


async def until_claimed(store: Store) -> None:
    async with asyncio.timeout(10):
        while "claimed" not in (await store.look(states)).values():  # noqa: ASYNC110 -- a row rings no bell
            await asyncio.sleep(0.02)


async def test_a_letter_that_hangs_holds_no_other_and_the_others_are_closed(store: UnwellStore, phones: Phones) -> None:
    await store.do(promise, ["slow", *(f"p{n}" for n in range(2 * BATCH))])
    phones.hanging["slow"] = asyncio.Event()
    delivering = asyncio.create_task(deliver(store, {"phones": phones}))
    await phones.until(lambda: len(phones.sent) == 2 * BATCH)
    await store.do(promise, ["later"], urgency=4)
    await phones.until(lambda: "later" in phones.sent)
    assert not delivering.done()
    assert phones.most <= BATCH
    seen = await store.look(states)
    assert seen["slow/5"] == "claimed"
    assert list(seen.values()).count("sent") >= BATCH
    phones.hanging["slow"].set()
    assert await delivering == 2 * BATCH + 2
    assert set((await store.look(states)).values()) == {"sent"}
    assert len(phones.sent) == len(set(phones.sent))


async def test_a_reminder_overtakes_a_push_that_is_on_its_way(store: UnwellStore, phones: Phones) -> None:
    await store.do(promise, [f"p{n}" for n in range(3 * BATCH)])
    for n in range(BATCH):
        phones.hanging[f"p{n}"] = asyncio.Event()
    delivering = asyncio.create_task(deliver(store, {"phones": phones}))
    await phones.until(lambda: phones.now == BATCH)
    await store.do(promise, ["reminded"], urgency=4)
    for gate in phones.hanging.values():
        gate.set()
    await delivering
    assert phones.sent.index("reminded") < BATCH + BATCH


async def test_once_it_ends_nothing_new_is_taken_and_what_is_in_hand_goes_out(
    store: UnwellStore, phones: Phones
) -> None:
    await store.do(promise, [f"p{n}" for n in range(2 * BATCH)])
    phones.hanging["p0"], ending = asyncio.Event(), asyncio.Event()
    ending.set()
    assert await deliver(store, {"phones": phones}, ending=ending) == 0
    ending.clear()
    delivering = asyncio.create_task(deliver(store, {"phones": phones}, ending=ending))
    await phones.until(lambda: len(phones.sent) >= BATCH - 1)
    ending.set()
    phones.hanging["p0"].set()
    taken = await delivering
    seen = list((await store.look(states)).values())
    assert (seen.count("sent"), seen.count("claimed")) == (taken, 0)


async def test_once_it_ends_nothing_waits_for_more_of_its_kind(store: UnwellStore, phones: Phones) -> None:
    phones.limits = replace(phones.limits, together=10)
    ending = asyncio.Event()
    await store.do(promise, ["fang"])
    delivering = asyncio.create_task(deliver(store, {"phones": phones}, ending=ending, more=lambda: True))
    await until_claimed(store)
    assert phones.sent == []
    ending.set()
    async with asyncio.timeout(10 * courier.ROUND):
        assert await delivering == 1
    assert phones.sent == ["fang"]


async def test_a_channel_that_breaks_its_word_costs_the_others_no_receipt(store: UnwellStore, phones: Phones) -> None:
    await store.do(promise, ["fang", "breaks", "qiang"])
    phones.breaking.add("breaks")
    with pytest.raises(ZeroDivisionError):
        await deliver(store, {"phones": phones})
    assert await store.look(states) == {"fang/5": "sent", "breaks/5": "claimed", "qiang/5": "sent"}


async def test_an_answer_that_could_not_go_at_once_leaves_the_answers_their_share(
    store: UnwellStore, phones: Phones
) -> None:
    await store.do(promise, ["fang"], urgency=0)
    await deliver(store, {"phones": phones})
    assert phones.urgencies == [courier.LATE]


@pytest.mark.parametrize("name", ["close", "_claim"])
async def test_a_database_that_is_unwell_for_a_moment_costs_no_receipt(
    store: UnwellStore, phones: Phones, name: str
) -> None:
    await store.do(promise, ["slow", *(f"p{n}" for n in range(9))])
    phones.hanging["slow"] = asyncio.Event()
    delivering = asyncio.create_task(deliver(store, {"phones": phones}))
    await phones.until(lambda: len(phones.sent) == 9)
    store.name, store.unwell = name, 1
    await asyncio.sleep(2 * courier.ROUND)
    phones.hanging["slow"].set()
    with pytest.raises(StoreTrouble):
        await delivering
    assert await deliver(store, {"phones": phones}) == 0
    assert set((await store.look(states)).values()) == {"sent"}
    assert len(phones.sent) == 10
