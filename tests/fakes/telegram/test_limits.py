"""Telegram's limits and its other ways to say no: telegram.md §2.5."""

import asyncio
import time

import aiohttp
import pytest

from tests.fakes.telegram import Group, Limits, TelegramFake, User
from tests.fakes.telegram.asking import ask, keyboard
from tests.fakes.telegram.limits import Gate


class Timer:
    """Real time, as the gate sees it, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def group(fake: TelegramFake) -> Group:
    group = fake.group("城东支行")
    group.add_bot()
    return group


def test_one_person_gets_three_at_once_and_then_one_a_second(timer: Timer) -> None:
    gate = Gate(Limits(), timer)
    assert [gate.wait(1001, group=False) for _ in range(4)] == [0, 0, 0, 1]
    timer.seconds += 0.9
    assert gate.wait(1001, group=False) == 1, "what was refused does not count, what is too early is refused"
    timer.seconds += 0.2
    assert [gate.wait(1001, group=False) for _ in range(2)] == [0, 1]
    assert gate.wait(1002, group=False) == 0


def test_a_group_gets_twenty_in_any_minute(timer: Timer) -> None:
    gate = Gate(Limits(), timer)
    for _ in range(20):
        assert gate.wait(-1, group=True) == 0
        timer.seconds += 1
    assert gate.wait(-1, group=True) == 40
    timer.seconds += 40.5
    assert [gate.wait(-1, group=True), gate.wait(-1, group=True)] == [0, 1]


def test_all_together_get_thirty_a_second(timer: Timer) -> None:
    gate = Gate(Limits(), timer)
    assert [gate.wait(person, group=False) for person in range(31)] == [0] * 30 + [1]
    timer.seconds += 0.5
    assert sum(gate.wait(person, group=False) == 0 for person in range(100, 131)) == 15


def test_time_can_run_faster_for_them(timer: Timer) -> None:
    gate = Gate(Limits(speed=60), timer)
    assert [gate.wait(-1, group=True) for _ in range(21)] == [0] * 20 + [1]
    timer.seconds += 1.01
    assert gate.wait(-1, group=True) == 0


async def test_what_is_too_much_is_told_429_and_counted_and_presses_are_always_answered(
    fake: TelegramFake, fang: User
) -> None:
    await ask(fake, "sendMessage", chat_id=1001, text="没有限制")
    fake.limits = Limits(chat=0.001, chat_burst=2)
    told = [await ask(fake, "sendMessage", chat_id=1001, text="题") for _ in range(3)]
    assert [status for status, _ in told] == [200, 200, 429]
    wait = told[2][1]["parameters"]["retry_after"]
    assert 900 < wait <= 1000
    assert told[2][1] == {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {wait}",
        "parameters": {"retry_after": wait},
    }
    query = await fang.tap_raw("a", 1)
    assert (await ask(fake, "answerCallbackQuery", callback_query_id=query.id))[0] == 200
    assert (await ask(fake, "getMe"))[0] == 200
    assert (fake.floods, len(fang.messages)) == (1, 3)


async def test_a_flood_can_be_ordered_for_one_chat_or_for_all(fake: TelegramFake, fang: User, group: Group) -> None:
    fake.faults.flood(700, chat=1001)
    status, body = await ask(fake, "sendMessage", chat_id=1001, text="题")
    assert status == 429
    assert 600 < body["parameters"]["retry_after"] <= 700
    assert (await ask(fake, "sendMessage", chat_id=group.id, text="榜"))[0] == 200
    fake.faults.flood(2, times=1)
    assert [(await ask(fake, "sendMessage", chat_id=group.id, text="榜"))[0] for _ in range(2)] == [429, 200]
    fake.faults.flood(0, chat=1001)
    assert (await ask(fake, "sendMessage", chat_id=1001, text="题"))[0] == 200
    assert fake.floods == 2


@pytest.mark.parametrize(
    ("supergroup", "what", "why"),
    [
        (False, "kicked", "Forbidden: bot was kicked from the group chat"),
        (True, "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        (True, "left", "Forbidden: bot is not a member of the supergroup chat"),
        (False, "deleted", "Forbidden: the group chat was deleted"),
        (True, "muted", "Bad Request: not enough rights to send text messages to the chat"),
        (True, "never there", "Bad Request: chat not found"),
    ],
)
async def test_why_a_bot_cannot_write_to_a_group(fake: TelegramFake, supergroup: bool, what: str, why: str) -> None:
    group = fake.group("城东支行", supergroup=supergroup)
    if what != "never there":
        group.add_bot()
    if what == "deleted":
        group.delete()
    elif what == "muted":
        group.mute()
    elif what != "never there":
        group.put_bot_out(kicked=what == "kicked")
    _, body = await ask(fake, "sendMessage", chat_id=group.id, text="榜")
    assert body["description"] == why


async def test_an_account_that_is_no_more_is_told(fake: TelegramFake, fang: User) -> None:
    fang.deactivate()
    status, body = await ask(fake, "sendMessage", chat_id=1001, text="题")
    assert (status, body["description"]) == (403, "Forbidden: user is deactivated")


async def test_a_message_the_test_has_aged_cannot_be_edited(fake: TelegramFake, fang: User) -> None:
    await ask(fake, "sendMessage", chat_id=1001, text="题", reply_markup=keyboard(["A"]))
    (message,) = fang.messages
    message.age()
    _, body = await ask(fake, "editMessageText", chat_id=1001, message_id=message.id, text="已答")
    assert body["description"] == "Bad Request: message can't be edited"


async def test_other_weather(fake: TelegramFake, fang: User) -> None:
    url = f"{fake.url}/bot{fake.token}/getMe"
    fake.faults.answer_next("getMe", 502, b"<html>Bad Gateway</html>")
    fake.faults.delay_next("getMe", 0.05)
    fake.faults.drip_next("getMe", 0.0005)
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            assert (answer.status, await answer.text()) == (502, "<html>Bad Gateway</html>")
        began = time.monotonic()
        async with session.get(url) as answer:
            assert (await answer.json())["result"]["is_bot"] is True
        assert time.monotonic() - began > 0.05 + 100 * 0.0005


async def test_a_person_can_act_before_the_bot_knows_its_message_is_out(fake: TelegramFake, fang: User) -> None:
    fake.faults.meanwhile("sendMessage", lambda: fang.tap("A"))
    sending = asyncio.create_task(
        ask(fake, "sendMessage", chat_id=1001, text="题", reply_markup=keyboard(["A"]), disable_notification=True)
    )
    await sending
    assert [list(update)[1] for update in fake.updates.values()] == ["message", "callback_query"]
