import logging
from dataclasses import replace

import pytest

from bot.chat.channel import Channel, Letter, Receipt, SendError
from bot.chat.message import Button, Message
from bot.telegram.start import TelegramEdge
from tests.fakes.telegram import TelegramFake, User
from tests.telegram.conftest import Ears, listening

CARD = Message(
    title="1/5", body="先做什么？", options=("清点", "离柜"), buttons=((Button("A", "a:1:0"), Button("B", "a:1:1")),)
)
VERDICT = Message(lead="✓ 对。", body="下一题", buttons=((Button("A", "a:2:0"),),))


async def one(channel: Channel, letter: Letter) -> Receipt:
    (receipt,) = await channel.send([letter])
    assert receipt.letter == letter.id
    return receipt


async def refused(channel: Channel, letter: Letter) -> SendError:
    receipt = await one(channel, letter)
    assert receipt.error
    assert not receipt.handle
    return receipt.error


def shape(error: SendError) -> tuple[bool, bool, float]:
    return error.permanent, error.gone, error.retry_after


async def test_a_letter_becomes_a_message_and_its_receipt_names_it(edge: TelegramEdge, fang: User) -> None:
    receipt = await one(edge.channel, Letter(id=5, address="1001", message=CARD))
    (card,) = fang.messages
    assert receipt == Receipt(5, {"chat_id": "1001", "message_id": str(card.id)})
    assert card.text == "1/5\n先做什么？\nA 清点\nB 离柜"
    assert card.html.startswith("<b>1/5</b>")
    assert card.labels == [["A", "B"]]


async def test_names_and_content_are_never_markup(edge: TelegramEdge, fang: User) -> None:
    await one(edge.channel, Letter(address="1001", message=Message(title="<b>王&芳</b>", body="1 < 2 & 3 > 2")))
    assert fang.messages[-1].text == "<b>王&芳</b>\n1 < 2 & 3 > 2"


async def test_a_very_long_text_goes_out_shortened(edge: TelegramEdge, fang: User) -> None:
    assert not (await one(edge.channel, Letter(address="1001", message=Message(body="😀字" * 3000)))).error
    assert fang.messages[-1].text.endswith("…")


async def test_the_question_becomes_the_verdict_and_the_spinner_stops(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    sent = await one(edge.channel, Letter(address="1001", message=CARD))
    query = await fang.tap("A")
    async with listening(edge, ears):
        await ears.until(lambda: len(ears.heard) == 2)
    tap = ears.heard[-1]
    assert tap.handle == {**sent.handle, "callback_id": query.id}
    letter = Letter(address=tap.address, message=VERDICT, toast="对", handle=tap.handle, replaces=True)
    assert (await one(edge.channel, letter)).handle == sent.handle
    assert await query.wait() == "对"
    (card,) = fang.messages
    assert (card.text, card.history) == ("✓ 对。\n—\n下一题", ["1/5\n先做什么？\nA 清点\nB 离柜"])
    assert card.labels == [["A"]]

    again = await one(edge.channel, letter)  # the query is answered, the message the same: all as wished
    assert (again.error, again.handle) == (None, sent.handle)
    assert len(fang.messages) == 1
    last = await one(edge.channel, replace(letter, message=Message(lead="完成 5/5")))
    assert (last.error, card.labels) == (None, [])


@pytest.mark.parametrize("toast", ["", "这题已经答过了：B", "字" * 300])
async def test_a_word_over_the_button_changes_no_message(edge: TelegramEdge, fang: User, toast: str) -> None:
    await one(edge.channel, Letter(address="1001", message=CARD))
    query = await fang.tap("B")
    receipt = await one(edge.channel, Letter(id=3, address="1001", toast=toast, handle={"callback_id": query.id}))
    assert receipt == Receipt(3)
    assert await query.wait() == (toast if len(toast) <= 200 else "字" * 199 + "…")
    assert fang.messages[-1].text.startswith("1/5")


async def test_every_press_is_answered_once_even_beside_a_new_message(
    fake: TelegramFake, edge: TelegramEdge, fang: User
) -> None:
    await one(edge.channel, Letter(address="1001", message=CARD))
    query = await fang.tap("B")
    handle = {"chat_id": "1001", "message_id": str(fang.messages[0].id), "callback_id": query.id}
    await one(edge.channel, Letter(address="1001", message=VERDICT, handle=handle))
    assert await query.wait() == ""
    assert len(fake.called("answerCallbackQuery")) == 1
    assert len(fang.messages) == 2


async def test_a_word_without_a_button_is_written(edge: TelegramEdge, fang: User) -> None:
    await one(edge.channel, Letter(address="1001", toast="记下了"))
    await one(edge.channel, Letter(address="1001", toast="记下了", message=VERDICT))
    assert [each.text for each in fang.messages] == ["记下了", "记下了\n✓ 对。\n—\n下一题"]


async def test_nothing_to_say_is_nothing_sent(fake: TelegramFake, edge: TelegramEdge, fang: User) -> None:
    assert await one(edge.channel, Letter(id=1, address="1001")) == Receipt(1)
    assert fake.calls == []


async def test_a_message_that_is_gone_comes_anew(edge: TelegramEdge, fang: User) -> None:
    handle = {"chat_id": "1001", "message_id": "999"}
    receipt = await one(edge.channel, Letter(address="1001", message=CARD, handle=handle, replaces=True))
    assert receipt.handle == {"chat_id": "1001", "message_id": str(fang.messages[-1].id)}
    without = await one(edge.channel, Letter(address="1001", message=CARD, replaces=True))
    assert without.handle["message_id"] == str(fang.messages[-1].id)
    assert len(fang.messages) == 2


async def test_an_expired_press_is_no_error(edge: TelegramEdge, fang: User) -> None:
    handle = {"callback_id": "long ago"}
    assert (await one(edge.channel, Letter(address="1001", toast="对", handle=handle))).error is None
    assert (await one(edge.channel, Letter(address="1001", message=CARD, handle=handle))).error is None
    assert len(fang.messages) == 1


async def test_who_blocked_us_or_never_came_is_gone(fake: TelegramFake, edge: TelegramEdge, fang: User) -> None:
    fake.user(1002, "李强")
    fang.block()
    fake.fail_next("sendMessage", 403, "Forbidden: user is deactivated")
    for address in ["1001", "1001", "1002", "1003"]:  # deactivated, blocked, never started, unknown
        assert shape(await refused(edge.channel, Letter(address=address, message=CARD))) == (True, True, 0)


REFUSALS: list[tuple[int, str, dict[str, object] | None, tuple[bool, bool, float]]] = [
    (400, "Bad Request: BUTTON_DATA_INVALID", None, (True, False, 0)),
    (401, "Unauthorized", None, (False, False, 60)),
    (409, "Conflict: terminated by other getUpdates request", None, (True, False, 0)),
    (400, "Bad Request: not enough rights to send text messages to the chat", None, (True, True, 0)),
    (403, "Forbidden: bot was kicked from the group chat", None, (True, True, 0)),
    (502, "Bad Gateway", None, (False, False, 0)),
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, (False, False, 7)),
]


async def test_what_telegram_refuses_is_told_in_the_receipt(fake: TelegramFake, edge: TelegramEdge, fang: User) -> None:
    for status, description, parameters, expected in REFUSALS:
        fake.fail_next("sendMessage", status, description, parameters)
        assert shape(await refused(edge.channel, Letter(address="1001", message=CARD))) == expected
    later = await refused(edge.channel, Letter(address="1001", message=CARD))
    assert 5 < later.retry_after <= 7, "the chat has its pause"
    await fake.user(1002, "李强").start()
    assert not (await one(edge.channel, Letter(address="1002", message=CARD))).error


async def test_a_429_is_understood_whatever_form_it_takes(
    fake: TelegramFake, edge: TelegramEdge, fang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", {"retry_after": 7})
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    with pytest.warns(match="retry_after"):
        error = await refused(edge.channel, Letter(address="1001", message=CARD))
    assert error.retry_after == 7


async def test_a_lost_answer_may_be_tried_again(fake: TelegramFake, edge: TelegramEdge, fang: User) -> None:
    fake.drop_response_next("sendMessage")
    assert shape(await refused(edge.channel, Letter(address="1001", message=CARD))) == (False, False, 0)
    assert len(fang.messages) == 1  # it had arrived: nobody can know
    handle = {"chat_id": "1001", "message_id": str(fang.messages[0].id)}
    fake.drop_response_next("editMessageText")
    letter = Letter(address="1001", message=VERDICT, handle=handle, replaces=True)
    assert not (await refused(edge.channel, letter)).permanent
    assert (await one(edge.channel, letter)).handle == handle
    assert len(fang.messages) == 1


async def test_a_word_that_did_not_arrive_is_told_but_a_message_that_did_is_enough(
    fake: TelegramFake, edge: TelegramEdge, fang: User
) -> None:
    await one(edge.channel, Letter(address="1001", message=CARD))
    query = await fang.tap("A")
    handle = {"callback_id": query.id}
    fake.fail_next("answerCallbackQuery", 500, "Internal Server Error", times=2)
    assert not (await refused(edge.channel, Letter(address="1001", toast="对", handle=handle))).permanent
    assert not (await one(edge.channel, Letter(address="1001", toast="对", message=CARD, handle=handle))).error


async def test_one_bad_letter_does_not_touch_the_others(
    edge: TelegramEdge, fang: User, caplog: pytest.LogCaptureFixture
) -> None:
    bad = Message(body="王芳的秘密", buttons=((Button("选", "清" * 22), Button("好", "ok")),))
    letters = [
        Letter(id=1, address="1001", message=bad),
        Letter(id=2, address="not a number", message=Message(body="王芳的秘密")),
        *(Letter(id=n, address="1001", message=CARD) for n in range(3, 23)),
    ]
    receipts = await edge.channel.send(letters)
    assert [receipt.letter for receipt in receipts] == list(range(1, 23))
    (error,) = (receipt.error for receipt in receipts if receipt.error)
    assert shape(error) == (True, False, 0)
    assert "ValueError" in error.reason
    assert "秘密" not in caplog.text + error.reason
    assert len(fang.messages) == 21
    assert fang.messages[0].text == "王芳的秘密\n…"
    assert fang.messages[0].labels == [["好"]]


async def test_the_token_is_in_no_error_and_no_log(
    fake: TelegramFake, edge: TelegramEdge, fang: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "telegram")  # as bot.logs has it
    fake.drop_response_next("sendMessage")
    fake.fail_next("editMessageText", 400, f"Bad Request: {fake.token}")
    handle = {"chat_id": "1001", "message_id": "1"}
    first = await refused(edge.channel, Letter(address="1001", message=CARD))
    fake.fail_next("sendMessage", 400, f"Bad Request: {fake.token}")
    second = await refused(edge.channel, Letter(address="1001", message=CARD, handle=handle, replaces=True))
    await fake.__aexit__()
    third = await refused(edge.channel, Letter(address="1001", message=CARD))
    assert not third.permanent
    secret = fake.token.partition(":")[2]
    assert secret not in f"{first!r}{second!r}{third!r}{first.reason}{second.reason}{third.reason}{caplog.text}"
