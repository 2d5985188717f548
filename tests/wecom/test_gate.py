"""How much goes into one chat: wecom.md §4.7, §7.1."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.chat.channel import SendError
from bot.wecom.gate import Gate
from bot.wecom.traffic import Rates

BOT = Rates()
TWO = Rates(minute=2, minute_kept=0)


class Sent:
    def __init__(self) -> None:
        self.words: list[str] = []

    def say(self, word: str) -> Callable[[], Awaitable[None]]:
        async def call() -> None:
            await asyncio.sleep(0)
            self.words.append(word)

        return call


@pytest.fixture
def sent() -> Sent:
    return Sent()


async def test_what_would_be_too_much_gives_way_and_says_for_how_long(sent: Sent) -> None:
    now = 0.0
    gate = Gate(TWO, lambda: now)
    for word in "ab":
        await gate.carry("g", 5, sent.say(word))
    with pytest.raises(SendError) as caught:
        await gate.carry("g", 5, sent.say("c"))
    assert (caught.value.permanent, caught.value.retry_after) == (False, 60)
    now = 60.0
    await gate.carry("g", 5, sent.say("c"))
    gate.shut("g")
    with pytest.raises(SendError):
        await gate.carry("g", 0, sent.say("d"))
    assert sent.words == ["a", "b", "c"]


async def test_one_chat_hears_in_order_and_holds_nobody_else(sent: Sent) -> None:
    gate = Gate(BOT)
    first = [asyncio.create_task(gate.carry("a", 5, sent.say(str(n)))) for n in range(5)]
    await gate.carry("b", 5, sent.say("other"))
    await asyncio.gather(*first)
    assert [word for word in sent.words if word != "other"] == list("01234")
    assert sent.words.index("other") < 4


async def test_who_speaks_keeps_what_comes_later_behind_it(sent: Sent) -> None:
    gate, slow = Gate(BOT), asyncio.Event()

    async def first() -> None:
        await slow.wait()
        sent.words.append("first")

    said = [asyncio.create_task(gate.carry("a", 5, call)) for call in (first, sent.say("second"))]
    await gate.carry("b", 5, sent.say("other"))
    await asyncio.sleep(0.01)
    slow.set()
    await asyncio.gather(*said)
    assert sent.words == ["other", "first", "second"]


async def test_an_answer_waits_a_little_and_what_can_not_wait_still_counts(sent: Sent) -> None:
    gate = Gate(Rates(minute=2, minute_kept=1))
    gate.count("a")
    with pytest.raises(SendError):
        await gate.carry("a", 5, sent.say("push"))
    await gate.carry("a", 0, sent.say("answer"))
    assert sent.words == ["answer"]


async def test_what_is_said_in_two_messages_goes_when_there_is_room_for_both(sent: Sent) -> None:
    now = 0.0
    gate = Gate(TWO, lambda: now)
    await gate.carry("a", 5, sent.say("one"))
    with pytest.raises(SendError):
        await gate.carry("a", 5, sent.say("two"), times=2)
    now = 60.0
    await gate.carry("a", 5, sent.say("two"), times=2)
    assert sent.words == ["one", "two"]
    with pytest.raises(SendError):
        await gate.carry("a", 5, sent.say("three"))
