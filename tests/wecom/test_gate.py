"""How much goes into one chat: wecom.md §4.7, §7.1."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.chat.channel import SendError
from bot.wecom.gate import FORGET_FROM, HOUR, Gate, Meter, Rate

BOT = Rate(minute=30, hour=1000, kept=5)


def opens_after(meter: Meter, times: int, *, reply: bool) -> float:
    for at in range(times):
        meter.count("a", float(at))
    return meter.opens("a", reply=reply)


@pytest.mark.parametrize(
    ("sent", "reply", "opens"), [(24, False, 0), (25, False, 60), (29, True, 0), (30, True, 60), (31, True, 61)]
)
def test_the_last_of_a_minute_are_left_to_answers(sent: int, reply: bool, opens: float) -> None:
    assert max(0, opens_after(Meter(BOT), sent, reply=reply)) == opens


def test_an_hour_takes_a_thousand() -> None:
    meter = Meter(BOT)
    for number in range(1000):
        meter.count("a", number * 2.5)
    assert meter.opens("a", reply=True) == HOUR
    assert meter.opens("b", reply=True) < 0, "another chat knows nothing of it"


def test_a_chat_that_is_shut_stays_shut() -> None:
    meter = Meter(Rate(minute=20))
    meter.shut("a", 10, 60)
    assert meter.opens("a", reply=True) == 70


def test_idle_chats_are_forgotten() -> None:
    meter = Meter(BOT)
    for number in range(FORGET_FROM):
        meter.count(str(number), 0.0)
    meter.count("new", HOUR + 1)
    assert meter.opens("0", reply=True) < 0
    assert len(meter) == 1


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
    gate = Gate(Rate(minute=2), lambda: now)
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
