"""Keyboards, presses and edits: telegram.md §2.2."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask, keyboard
from tests.fakes.telegram.conftest import Clock

SCENE = InlineKeyboardMarkup([[InlineKeyboardButton("当面清点", callback_data="a|1")]])


@pytest.mark.parametrize("data", ["", "x" * 65, "清" * 22])
async def test_button_data_has_1_to_64_bytes(fake: TelegramFake, fang: User, data: str) -> None:
    markup = {"inline_keyboard": [[{"text": "选", "callback_data": data}]]}
    status, body = await ask(fake, "sendMessage", chat_id=1001, text="题", reply_markup=markup)
    assert (status, body["description"]) == (400, "Bad Request: BUTTON_DATA_INVALID")


@pytest.mark.parametrize(
    ("rows", "status"), [([8] * 12 + [4], 200), ([8] * 12 + [5], 400), ([9], 400)], ids=["100", "101", "nine in a row"]
)
async def test_a_keyboard_has_at_most_100_buttons_and_8_in_a_row(
    fake: TelegramFake, fang: User, rows: list[int], status: int
) -> None:
    markup = keyboard(*[["x"] * length for length in rows])
    assert (await ask(fake, "sendMessage", chat_id=1001, text="题", reply_markup=markup))[0] == status


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        (
            {"inline_keyboard": [[{"text": "选"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "看", "url": "http://localhost:8000/x"}]]},
            "inline keyboard button URL 'http://localhost:8000/x' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_keyboard_that_makes_no_sense_is_refused(
    fake: TelegramFake, fang: User, markup: object, why: str
) -> None:
    _, body = await ask(fake, "sendMessage", chat_id=1001, text="题", reply_markup=markup)
    assert body["description"] == f"Bad Request: {why}"


async def test_nobody_can_tap_a_button_that_is_not_there(fake: TelegramFake, bot: Bot, fang: User) -> None:
    with pytest.raises(AssertionError, match="no message with buttons"):
        await fang.tap("开始")
    await bot.send_message(1001, "题", reply_markup=SCENE)
    await bot.send_message(1001, "一句没有按钮的话")
    with pytest.raises(AssertionError, match="no button '开始'"):
        await fang.tap("开始")
    assert (await fang.tap("a|1")).data == (await fang.tap("当面清点")).data == "a|1"


async def test_a_forged_press_of_a_vanished_message_reaches_the_bot_as_inaccessible(
    fake: TelegramFake, bot: Bot, fang: User
) -> None:
    await fang.tap_raw("a|made-up", 999)
    (_, press) = await bot.get_updates()
    assert press.callback_query
    assert press.callback_query.message
    assert not press.callback_query.message.is_accessible


async def test_a_press_can_be_answered_once_and_only_while_it_lives(
    fake: TelegramFake, fang: User, clock: Clock
) -> None:
    fresh, old = await fang.tap_raw("a", 1), await fang.tap_raw("b", 1)
    assert fresh.toast is None
    _, long = await ask(fake, "answerCallbackQuery", callback_query_id=fresh.id, text="长" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await ask(fake, "answerCallbackQuery", callback_query_id=fresh.id, text="长" * 200))[0] == 200
    clock.seconds += 151
    for number in (fresh.id, old.id, "0"):
        status, body = await ask(fake, "answerCallbackQuery", callback_query_id=number)
        expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        assert (status, body["description"]) == (400, expected)
    with pytest.raises(AssertionError, match="did not answer the press of 'b'"):
        await old.wait(timeout=0.01)


async def test_an_edit_that_changes_nothing_is_refused(fake: TelegramFake, bot: Bot, fang: User) -> None:
    sent = await bot.send_message(1001, "题", reply_markup=SCENE)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("题", 1001, sent.message_id, reply_markup=SCENE)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1001, sent.message_id, reply_markup=SCENE)


async def test_an_edit_without_keyboard_takes_the_keyboard_away(fake: TelegramFake, bot: Bot, fang: User) -> None:
    one = await bot.send_message(1001, "一", reply_markup=SCENE)
    two = await bot.send_message(1001, "二", reply_markup=SCENE)
    await bot.edit_message_text("一，已答", 1001, one.message_id)
    await bot.edit_message_reply_markup(1001, two.message_id)
    assert [(message.text, message.history, message.labels) for message in fang.messages] == [
        ("一，已答", ["一"], []),
        ("二", [], []),
    ]


async def test_only_own_messages_that_are_there_can_be_edited_or_deleted(
    fake: TelegramFake, bot: Bot, fang: User, clock: Clock
) -> None:
    (hello,) = await bot.get_updates()
    assert hello.message
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("题", 1001, hello.message.message_id)
    sent = await bot.send_message(1001, "题")
    old = await bot.send_message(1001, "旧题")
    await bot.delete_message(1001, sent.message_id)
    assert [message.text for message in fang.messages] == ["旧题"]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("改", 1001, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1001, sent.message_id)
    clock.seconds += 48 * 3600
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(1001, old.message_id)


async def test_waiting_for_what_never_comes_says_what_was_seen(fake: TelegramFake, bot: Bot, fang: User) -> None:
    await bot.send_message(1001, "第1题", reply_markup=SCENE)
    with pytest.raises(AssertionError, match=r"第1题.*当面清点"):
        await fang.wait_for(lambda message: "第2题" in message.text, timeout=0.01)
