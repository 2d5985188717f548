"""The lane, with people, groups and minutes, on a clock that takes no time."""

import asyncio
from dataclasses import dataclass, field

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.chat.channel import SendError
from bot.telegram.lane import Lane
from tests.fakes.telegram.limits import Gate, Limits
from tests.telegram.virtual import live

PUSH, REMINDER, REPLY = 5, 4, 0


@pytest.fixture(autouse=True)
def _a_wait_is_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the edge has it: else python-telegram-bot warns at every 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@dataclass
class Phone:
    """What arrives at Telegram, and when; it refuses beyond its limits."""

    lane: Lane = field(default_factory=Lane)
    takes: float = 0.08
    went: list[tuple[float, str]] = field(default_factory=list)
    floods: int = 0
    refuses: dict[str, list[int]] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.gate = Gate(Limits(), self.loop.time)
        self.began = self.loop.time()

    async def send(self, chat: str, urgency: int = PUSH, text: str = "") -> float:
        """Seconds it took; raises what the lane raises."""
        asked = self.loop.time()

        async def call() -> None:
            seconds = self.gate.wait(chat, group=chat.startswith("-"))
            if self.refuses.get(chat):
                seconds = self.refuses[chat].pop(0)
            if seconds:
                self.floods += 1
                raise RetryAfter(seconds)
            self.went.append((self.loop.time() - self.began, text or chat))
            await asyncio.sleep(self.slow.get(chat, self.takes))

        await self.lane.carry(chat, urgency, call)
        return self.loop.time() - asked

    async def push(self, chats: list[str]) -> list[float | BaseException]:
        return await asyncio.gather(*(self.send(chat) for chat in chats), return_exceptions=True)


def test_a_push_goes_at_the_rate_and_telegram_never_says_no() -> None:
    async def morning() -> None:
        phone = Phone()
        told = await phone.push([*map(str, range(400)), *(f"-{n}" for n in range(1, 41))])
        assert not [error for error in told if isinstance(error, BaseException)]
        assert phone.floods == 0
        assert 440 / 28 - 1 < phone.went[-1][0] < 440 / 28 + 0.5

    live(morning())


def test_a_tap_is_answered_at_once_in_the_middle_of_a_push() -> None:
    async def morning() -> None:
        phone = Phone()
        pushing = asyncio.create_task(phone.push([str(n) for n in range(300)]))
        for n in range(20):
            await asyncio.sleep(0.3)
            assert await phone.send(f"tap {n}", REPLY) == pytest.approx(0.08)
        await pushing
        assert phone.floods == 0

    live(morning())


def test_a_reminder_overtakes_a_push() -> None:
    async def morning() -> None:
        phone = Phone()
        pushing = asyncio.create_task(phone.push([str(n) for n in range(100)]))
        await asyncio.sleep(1)
        await phone.send("901", REMINDER)
        left = 100 - len([text for _, text in phone.went if text != "901"])
        assert left > 60
        await pushing

    live(morning())


def test_a_slow_chat_and_a_full_group_hold_nobody() -> None:
    async def morning() -> None:
        phone = Phone(slow={"1": 15.0})
        first = asyncio.create_task(phone.send("1"))
        crowd = asyncio.create_task(phone.push(["-5"] * 30))
        began = phone.loop.time()
        waits = asyncio.create_task(phone.push(["906"] * 30))
        await asyncio.sleep(0.01)
        assert phone.lane.waiting <= 16, "who would wait too long for their own chat gives way at once"
        told = await phone.push([str(n) for n in range(2, 58)])
        assert not [error for error in told if isinstance(error, BaseException)]
        assert phone.loop.time() - began < 4
        refused = [error for error in await crowd if isinstance(error, BaseException)]
        assert all(isinstance(error, SendError) and error.retry_after > 5 for error in refused), "they come again"
        assert 8 <= 30 - len(refused) <= 18
        assert phone.floods == 0
        await first
        await waits

    live(morning())


def test_quick_taps_of_one_person_come_in_their_order_a_second_apart() -> None:
    async def morning() -> None:
        phone = Phone()
        await asyncio.gather(*(phone.send("7", REPLY, f"{n}") for n in range(6)))
        assert [text for _, text in phone.went] == ["0", "1", "2", "3", "4", "5"]
        assert phone.went[-1][0] < 4
        assert phone.floods == 0

    live(morning())


def test_a_short_429_is_waited_for_a_long_one_is_given_back() -> None:
    async def morning() -> None:
        phone = Phone(refuses={"1": [2], "2": [40], "3": [1, 1, 1, 1]})
        assert 2 <= await phone.send("1") < 2.2
        with pytest.raises(RetryAfter):
            await phone.send("2")
        with pytest.raises(SendError) as later:
            await phone.send("2")
        assert 39 < later.value.retry_after <= 40
        assert not later.value.permanent
        assert await phone.send("4") < 0.2, "nobody else waits"
        with pytest.raises(RetryAfter):
            await phone.send("3")
        assert phone.lane.refused == phone.floods == 5

    live(morning())


def test_many_chats_refused_pause_everybody_and_then_it_goes_on() -> None:
    async def morning() -> None:
        phone = Phone(refuses={str(n): [3] for n in range(3)})
        told = await phone.push([str(n) for n in range(60)])
        assert not [error for error in told if isinstance(error, BaseException)]
        calm = [at for at, _ in phone.went if 0.5 < at < 2.9]
        assert calm == [], "no bank knocks while Telegram wants quiet"
        assert phone.floods == 3

    live(morning())


def test_a_long_pause_for_all_empties_the_lane() -> None:
    async def morning() -> None:
        phone = Phone(refuses={str(n): [300] for n in range(3)})
        began = phone.loop.time()
        told = await phone.push([str(n) for n in range(60)])
        assert phone.loop.time() - began < 4
        later = [error.retry_after for error in told if isinstance(error, SendError)]
        assert len(later) > 40
        assert min(later) > 290

    live(morning())


def test_nobody_waits_for_ever_behind_replies() -> None:
    async def morning() -> None:
        phone = Phone()
        phone.gate.limits = None
        answers = [asyncio.create_task(_answers(phone, n)) for n in range(40)]
        await asyncio.sleep(5)
        began = phone.loop.time()
        with pytest.raises(SendError, match="full for too long"):
            await phone.send("late")
        assert phone.loop.time() - began == pytest.approx(30, abs=1)
        for task in answers:
            task.cancel()
        await asyncio.gather(*answers, return_exceptions=True)
        assert await phone.send("another") < 1.2

    live(morning())


async def _answers(phone: Phone, number: int) -> None:
    await asyncio.sleep(number / 40)
    while True:
        await phone.send(f"a{number}", REPLY)
        await asyncio.sleep(0.92)


def test_who_gives_up_waiting_leaves_no_trace() -> None:
    async def morning() -> None:
        phone = Phone()
        pushing = asyncio.create_task(phone.push([str(n) for n in range(100)]))
        given_up = [asyncio.create_task(phone.send(f"x{n}")) for n in range(50)]
        same = [asyncio.create_task(phone.send("y")) for _ in range(5)]
        for pause in (0.0, 0.03, 0.5):
            await asyncio.sleep(pause)
            given_up.pop().cancel()
            same.pop().cancel()
        for task in (*given_up, *same):
            task.cancel()
        await asyncio.gather(pushing, *given_up, *same, return_exceptions=True)
        assert await phone.send("y") < 0.2
        assert await phone.send("y", REPLY) < 0.2

    live(morning())


@pytest.mark.parametrize("known", [False, True])
def test_who_gives_up_in_the_moment_of_their_turn_leaves_no_trace(known: bool) -> None:
    """Just before the turn comes, or when it has come and they do not know it yet."""

    async def morning() -> None:
        phone = Phone()
        waiting: list[asyncio.Task[float]] = []

        async def first() -> None:
            await asyncio.sleep(0.1)
            if known:
                waiting[0].cancel()
            phone.loop.call_soon(waiting[0].cancel)

        leading = asyncio.create_task(phone.lane.carry("y", PUSH, first))
        await asyncio.sleep(0.01)
        waiting.append(asyncio.create_task(phone.send("y")))
        await leading
        await asyncio.gather(*waiting, return_exceptions=True)
        assert waiting[0].cancelled()
        assert await phone.send("y") < 0.2

    live(morning())


def test_a_call_that_fails_makes_room_like_one_that_succeeds() -> None:
    async def morning() -> None:
        lane = Lane()

        async def fails() -> None:
            raise NetworkError("gone")

        for _ in range(3):
            with pytest.raises(NetworkError):
                await lane.carry("1", PUSH, fails)
        assert lane.refused == 0

    live(morning())
