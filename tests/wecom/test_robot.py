"""The smart bot as a channel, heard and answered over the fake's socket: wecom.md §7.1, §7.5."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given

from bot.chat.message import ADD_TO_GROUP, Button, Message, Pick, Tone
from bot.wecom.cards import render
from bot.wecom.fit import ROBOT
from bot.wecom.frames import PUSH, REPLY, UPDATE, WELCOME
from bot.wecom.robot import in_place
from tests.fakes.wecom import BotFake, BotRoom, User, WeComFake
from tests.fakes.wecom import cards as fake_cards
from tests.wecom.lines import Talk
from tests.wecom.test_cards import MESSAGES

START = Message(
    body="早上好。今天 5 题。", buttons=((Button("开始", "sd:20261123:morning"), Button("今天休息", "off:20261123")),)
)
FIRST = Message(
    title="1/5 · 资费",
    body="应收多少？",
    options=("5 元", "10 元"),
    buttons=((Button("A", "a:1:0"), Button("B", "a:1:1")),),
)
RIGHT = replace(FIRST, lead="对。钞票当面点清，离柜后说不清。", tone=Tone.RIGHT, title="2/5 · 清点")
LONG = replace(FIRST, body="题" * 120)
OVER = Message(title="完成 5/5", body="本网点已答 5/6。")
SEVERAL = replace(FIRST, pick=Pick("a:1", "提交"))


async def opened(talk: Talk, room: BotRoom) -> None:
    """They have written to the bot."""
    await room.say("早")
    await talk.until(lambda: bool(talk.heard))


def sent(bot: BotFake, cmd: str) -> int:
    return sum(1 for frame in bot.bot.frames if frame.cmd == cmd)


@given(MESSAGES)
def test_whatever_is_said_a_bots_card_shows_to_its_end(message: Message) -> None:
    speech = render(message, "确定", ROBOT)
    for card in (*speech.cards, in_place(message, speech)[0]):
        dialect = fake_cards.BOT if "submit_button" in card or "button_list" in card else fake_cards.BOT_UPDATE
        _, clipped = fake_cards.read_card(card | {"task_id": "t"}, dialect)
        assert clipped == []


# ---- answers


async def test_words_are_answered_over_their_own_frame(talk: Talk, bot: BotFake, room: BotRoom) -> None:
    talk.reply = START
    asked = await room.say("/start")
    assert (await asked.wait())["msgtype"] == "template_card"
    assert room.messages[-1].buttons == ["开始", "今天休息"]
    assert sent(bot, PUSH) == 0


async def test_what_a_card_has_no_room_for_stands_above_it(talk: Talk, bot: BotFake, room: BotRoom) -> None:
    talk.reply = LONG
    await room.say("/start")
    card = await room.wait_for(lambda message: bool(message.buttons))
    text, shown = room.messages
    assert shown is card
    assert text.kind == "markdown"
    assert "**1/5 · 资费**" in text.text
    assert "题" * 120 in text.text
    assert "B 10 元" in text.text
    assert not text.text.endswith("…")
    assert (sent(bot, REPLY), sent(bot, PUSH)) == (1, 1)


async def test_what_can_not_be_pressed_is_markdown(talk: Talk, room: BotRoom) -> None:
    talk.reply = OVER
    asked = await room.say("早")
    assert (await asked.wait())["markdown"]["content"] == "**完成 5/5**\n本网点已答 5/6。"


async def test_an_answered_card_is_frozen_with_the_verdict_and_the_next_question_comes_below(
    talk: Talk, bot: BotFake, room: BotRoom
) -> None:
    await opened(talk, room)
    await talk.push(FIRST)
    talk.reply = RIGHT
    await (await room.tap("A")).wait()
    await room.wait_for(lambda message: "2/5" in message.text)
    old, new = room.messages
    assert old.frozen
    assert "✓ 对" in old.text
    assert "当面点清" in old.text
    assert new.buttons == ["A", "B"]
    assert old.task_id != new.task_id


async def test_where_that_is_all_there_is_to_say_the_card_itself_changes(talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    await talk.push(START)
    for reply, press in ((FIRST, "开始"), (START, "B"), (FIRST, "开始")):  # and can be pressed again
        talk.reply = reply
        await (await room.tap(press)).wait()
    (only,) = room.messages
    assert only.buttons == ["A", "B"]
    assert len(only.history) == 3


async def test_words_that_fit_take_the_cards_place(talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    await talk.push(START)
    talk.reply = Message(title="2/5 · 资费", body="收多少元？", note="直接回复数字")
    await (await room.tap("开始")).wait()
    (only,) = room.messages
    assert only.frozen
    assert only.card["main_title"] == {"title": "2/5 · 资费", "desc": "收多少元？\n直接回复数字"}
    await talk.push(START)
    talk.reply = Message(body="长" * 113)
    await room.tap("开始")
    await room.wait_for(lambda message: message.kind == "markdown")
    assert [one.frozen for one in room.messages] == [True, True, True]


async def test_five_seconds_missed_the_card_comes_anew(
    fake: WeComFake, talk: Talk, bot: BotFake, room: BotRoom
) -> None:
    await opened(talk, room)
    await talk.push(START)

    async def late() -> None:
        fake.pass_time(5)

    talk.does, talk.reply = late, FIRST
    await room.tap("开始")
    await room.wait_for(lambda message: "1/5" in message.text)
    assert [one.buttons for one in room.messages] == [["开始", "今天休息"], ["A", "B"]]
    assert [frame.errcode for frame in bot.bot.frames if frame.cmd == UPDATE] == [846604]
    await talk.until(lambda: bool(talk.receipts))
    assert talk.receipts[-1].error is None


@pytest.mark.parametrize("errcode", [846604, 846605, 846608])
async def test_an_answer_that_comes_too_late_is_pushed(
    fake: WeComFake, talk: Talk, bot: BotFake, room: BotRoom, errcode: int
) -> None:
    talk.reply = START
    fake.faults.fail_next(REPLY, errcode)
    await room.say("/start")
    await room.wait_for(lambda message: message.buttons == ["开始", "今天休息"])
    assert sent(bot, PUSH) == 1


async def test_an_event_that_has_its_answer_is_not_answered_again(
    fake: WeComFake, talk: Talk, bot: BotFake, room: BotRoom
) -> None:
    talk.reply = START
    fake.faults.fail_next(REPLY, 846606)
    await room.say("/start")
    await talk.until(lambda: bool(talk.receipts))
    assert talk.receipts[-1].error is None
    assert sent(bot, PUSH) == 0


async def test_several_right_ones_are_ticked_and_handed_in(talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    await talk.push(SEVERAL)
    await room.vote(["0", "1"])
    await talk.until(lambda: len(talk.heard) == 2)
    assert "Tap(data='a:1:0,1')" in str(talk.heard[-1].said)


async def test_a_word_over_a_button_is_written(talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    await talk.push(START)
    talk.toast, talk.replaces = "这张卡过期了", False
    await room.tap("开始")
    await room.wait_for(lambda message: "过期" in message.text)
    assert room.messages[0].buttons, "the card stays as it was"


async def test_who_opens_the_chat_is_greeted_with_a_card_or_with_words(
    fake: WeComFake, talk: Talk, bot: BotFake, room: BotRoom
) -> None:
    talk.reply = Message(lead="对", tone=Tone.RIGHT, body="请发送邀请码。")
    asked = await room.enter()
    assert asked
    assert (await asked.wait()) == {"msgtype": "text", "text": {"content": "✓ 对\n—\n请发送邀请码。"}}
    fake.pass_time(86_400)
    talk.reply = START
    again = await room.enter()
    assert again
    assert (await again.wait())["msgtype"] == "template_card"
    assert sent(bot, WELCOME) == 2


# ---- pushes and limits


async def test_who_has_not_written_can_not_be_pushed_to(fake: WeComFake, talk: Talk, bot: BotFake) -> None:
    first = (await talk.push(START)).error
    assert first
    assert (first.permanent, first.retry_after) == (False, 60), "in the first minute we can't tell"


async def test_later_it_is_clear_who_has_not_written(fake: WeComFake, talk: Talk) -> None:
    talk.edge.channel._began -= 60  # noqa: SLF001 - a minute of a process's life
    error = (await talk.push(START)).error
    assert error
    assert (error.permanent, error.gone) == (True, True)
    assert "846607" in error.reason


async def test_thirty_a_minute_less_what_is_kept_for_answers(talk: Talk, bot: BotFake, room: BotRoom) -> None:
    await opened(talk, room)
    receipts = [await talk.push(OVER) for _ in range(26)]
    errors = [receipt.error for receipt in receipts if receipt.error]
    assert len(errors) == 2
    assert all(not error.permanent and error.retry_after > 50 for error in errors)
    talk.reply = OVER
    asked = await room.say("/start")
    await asked.wait()
    assert {frame.errcode for frame in bot.bot.frames} == {0}, "WeCom was not bumped into"


async def test_where_it_counts_more_than_we_the_chat_rests(fake: WeComFake, talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    fake.faults.fail_next(PUSH, 45009)
    assert (await talk.push(OVER)).error
    error = (await talk.push(OVER)).error
    assert error
    assert error.retry_after > 50


async def test_a_connection_cut_in_the_middle_of_a_push_brings_the_card_once(
    fake: WeComFake, talk: Talk, bot: BotFake, room: BotRoom
) -> None:
    await opened(talk, room)

    async def cut() -> None:
        bot.cut()

    fake.faults.meanwhile(PUSH, cut)
    error = (await talk.push(START, number=7)).error
    assert error
    assert not error.permanent
    await talk.until(lambda: talk.edge.pulse.connected > 1)
    assert (await talk.push(START, number=7)).error is None
    assert len(room.messages) == 1


async def test_without_a_connection_a_letter_waits(talk: Talk, bot: BotFake, room: BotRoom) -> None:
    await opened(talk, room)
    bot.cut()
    await talk.until(lambda: not bot.is_connected)
    await asyncio.sleep(0)
    error = (await talk.push(START)).error
    if error:  # it may be back already
        assert not error.permanent


@pytest.mark.parametrize("errcode", [846601, 846609, 853000, -1])
async def test_a_bot_that_wecom_takes_away_for_a_while_costs_no_letter(
    fake: WeComFake, talk: Talk, room: BotRoom, errcode: int
) -> None:
    await opened(talk, room)
    fake.faults.fail_next(PUSH, errcode)
    error = (await talk.push(OVER)).error
    assert error
    assert (error.permanent, error.gone) == (False, False)
    assert (await talk.push(OVER)).error is None


async def test_a_mistake_of_ours_costs_one_letter(fake: WeComFake, talk: Talk, room: BotRoom) -> None:
    await opened(talk, room)
    fake.faults.fail_next(PUSH, 40058)
    error = (await talk.push(OVER)).error
    assert error
    assert (error.permanent, error.gone) == (True, False)


async def test_a_group_takes_words_and_answers_with_cards(talk: Talk, bot: BotFake, fang: User) -> None:
    group = bot.group("wr1", fang)
    talk.reply = START
    asked = await group.say("/link")
    assert (await asked.wait())["msgtype"] == "template_card"
    board = Message(title="榜", rows=(("参与", "6/6"),), buttons=((Button("去私聊", url=ADD_TO_GROUP),),))
    assert (await talk.push(board, "group:wr1")).error is None
    assert (await talk.push(START, "group:wr1")).error is None
    assert [one.kind for one in group.messages] == ["template_card", "markdown", "markdown"]
