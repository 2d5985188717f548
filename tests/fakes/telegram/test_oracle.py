"""The judge can find against the bot, and against the fake."""

from collections.abc import Callable

import pytest
from telegram import Bot

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask, keyboard
from tests.fakes.telegram.files import Upload
from tests.fakes.telegram.oracle import Oracle
from tests.fakes.telegram.refusals import JSON

GOOD = {"chat_id": 1001, "text": "题"}
WHEN = {"message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private"}}


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", GOOD | {"txet": "题"}, "the bot's sendMessage: txet is nothing that Telegram knows"),
        ("sendMessage", {"chat_id": 1001}, "the bot's sendMessage: text: Field required"),
        ("sendMessage", GOOD | {"disable_notification": "perhaps"}, "disable_notification: Input should be"),
        ("sendMessage", GOOD | {"reply_markup": {"inline_keyboard": [[{"text": "A", "data": "a"}]]}}, "0.0.data is"),
        ("sendMesage", GOOD, "the bot called sendMesage, which is no method of Telegram's"),
    ],
)
def test_a_request_telegram_does_not_know_is_found(method: str, params: JSON, why: str) -> None:
    oracle = Oracle()
    oracle.request(method, params)
    with pytest.raises(AssertionError, match="aiogram, which reads Telegram independently") as told:
        oracle.verdict()
    assert why in str(told.value)
    oracle.verdict()


@pytest.mark.parametrize(
    ("judge", "why"),
    [
        (lambda oracle: oracle.update({"update_id": 1, "message": WHEN | {"txet": "早"}}), "message: message.txet is"),
        (lambda oracle: oracle.update({"update_id": 1, "message": {"message_id": 1}}), "message.date: Field required"),
        (lambda oracle: oracle.update({"update_id": 1, "mesage": WHEN}), "the fake's mesage: mesage is nothing"),
        (lambda oracle: oracle.result("getMe", {"id": 1}), "the fake's answer to getMe: is_bot: Field required"),
        (lambda oracle: oracle.result("setWebhook", "yes and no"), "the fake's answer to setWebhook: it: Input should"),
    ],
)
def test_what_telegram_would_not_say_is_found(judge: Callable[[Oracle], None], why: str) -> None:
    oracle = Oracle()
    judge(oracle)
    with pytest.raises(AssertionError) as told:
        oracle.verdict()
    assert why in str(told.value)


def test_what_is_right_is_not_found_fault_with() -> None:
    oracle = Oracle()
    oracle.request("sendmessage", GOOD | {"reply_markup": keyboard(["A"])})
    oracle.request("sendDocument", {"chat_id": 1, "document": "attach://part", "part": Upload("a", "b", b"c")})
    oracle.update({"update_id": 1, "message": WHEN})
    oracle.result("sendMessage", WHEN)
    oracle.verdict()


async def test_a_test_whose_bot_speaks_no_telegram_fails_as_it_leaves_the_fake() -> None:
    async def leave() -> None:
        async with TelegramFake() as fake, Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
            await fake.user(1001).start()
            await bot.send_message(1001, "题", api_kwargs={"colour": "red"})
            assert fake.called("sendMessage")[0].status == 200, "Telegram itself would not mind"

    with pytest.raises(AssertionError, match="the bot's sendMessage: colour is nothing that Telegram knows"):
        await leave()


async def test_what_a_test_asks_for_itself_is_not_held_against_the_bot(fake: TelegramFake, fang: User) -> None:
    await ask(fake, "sendMessage", chat_id=1001, text="题", colour="red")
    assert fake.oracle
    assert not fake.oracle.violations


async def test_the_judge_can_be_sent_home() -> None:
    async with TelegramFake(oracle=False) as fake, Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
        await fake.user(1001).start()
        await bot.send_message(1001, "题", api_kwargs={"colour": "red"})
