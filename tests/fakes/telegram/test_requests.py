"""How a request comes in, and who may be written to: telegram.md §1.2, §1.3, §2.5, §2.6."""

import json
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask, keyboard


async def test_form_json_and_query_parameters_mean_the_same(fake: TelegramFake, fang: User) -> None:
    url, markup = f"{fake.url}/bot{fake.token}/sendMessage", json.dumps(keyboard(["好"]))
    flat = {"chat_id": "1001", "text": "早", "reply_markup": markup}
    async with aiohttp.ClientSession() as session:
        await session.post(url, data=flat)
        await session.get(url, params=flat)
    await ask(fake, "sendmessage", chat_id=1001, text="早", reply_markup=keyboard(["好"]))
    assert [(message.text, message.labels) for message in fang.messages] == [("早", [["好"]])] * 3
    assert [call.params for call in fake.calls] == [fake.calls[0].params] * 3


async def test_a_wrong_token_is_unauthorized(fake: TelegramFake) -> None:
    assert await ask(fake, "getMe", token="1:wrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{fake.url}/bot"):
            pass


async def test_an_unknown_method_is_not_found(fake: TelegramFake) -> None:
    assert await ask(fake, "sendRichMessage") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )


async def test_a_fault_on_demand_is_told_and_nothing_is_done(
    fake: TelegramFake, bot: Bot, fang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else PTB 22.8 warns of itself, which is an error here
    fake.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", {"retry_after": 3}, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(1001, "早")
        assert told.value.retry_after == timedelta(seconds=3)
    assert fang.messages == []
    await bot.send_message(1001, "早")
    assert [call.status for call in fake.called("sendMessage")] == [429, 429, 200]


async def test_a_dropped_response_leaves_the_deed_done_and_the_bot_in_doubt(
    fake: TelegramFake, bot: Bot, fang: User
) -> None:
    fake.drop_response_next("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "早")
    assert [message.text for message in fang.messages] == ["早"]
    await bot.send_message(1001, "又来")
    assert len(fang.messages) == 2


async def test_a_bot_cannot_write_to_somebody_who_never_pressed_start(fake: TelegramFake) -> None:
    fake.user(1002, "李强")
    status, body = await ask(fake, "sendMessage", chat_id=1002, text="早")
    assert (status, body["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_a_bot_cannot_write_to_a_stranger(fake: TelegramFake) -> None:
    status, body = await ask(fake, "sendMessage", chat_id=9, text="早")
    assert (status, body["description"]) == (400, "Bad Request: chat not found")


async def test_blocking_is_heard_and_start_lets_the_bot_back_in(fake: TelegramFake, bot: Bot, fang: User) -> None:
    number = fang.block()
    (_, heard) = await bot.get_updates()
    assert heard.update_id == number
    assert heard.my_chat_member
    assert heard.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await fang.say("在吗")
    await fang.start()
    await bot.send_message(1001, "欢迎回来")
    assert [message.text for message in fang.messages] == ["欢迎回来"]
