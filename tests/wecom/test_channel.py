from dataclasses import replace

import pytest

from bot.chat.message import Button, Message
from bot.wecom.channel import WeComChannel
from tests.fakes.wecom import User, WeComFake
from tests.wecom.conftest import Phone, shown
from tests.wecom.letters import NEXT, QUESTION, START, WRONG, letter, one, reply


async def test_a_letter_arrives_and_its_receipt_names_the_message(
    channel: WeComChannel, fang: User, phone: Phone
) -> None:
    receipt = await one(channel, letter())
    assert receipt.error is None
    assert set(receipt.handle) == {"msgid", "response_code"}
    assert fang.messages[0].buttons == ["开始"]
    assert fang.messages[0].clipped == []


async def test_one_call_reaches_a_thousand_and_names_the_half_that_it_does_not_reach(
    channel: WeComChannel, fake: WeComFake, phone: Phone
) -> None:
    people = [fake.user(f"Person{n:03d}", f"第{n}人") for n in range(500)]
    for person in people[:100]:
        person.person.licensed = False
    nobody = [f"Nobody{n:03d}" for n in range(500)]
    letters = [letter(to=to) for to in [p.userid for p in people] + nobody]
    receipts = await channel.send(letters)
    assert len(fake.called("message/send")) == 1
    assert [receipt.letter for receipt in receipts] == [each.id for each in letters]
    assert [r.error is None for r in receipts] == [False] * 100 + [True] * 400 + [False] * 500
    errors = [r.error for r in receipts if r.error]
    assert all(error.gone and error.permanent for error in errors)
    assert "licence" in errors[0].reason
    assert "visible range" in errors[-1].reason
    assert sum(len(person.messages) for person in people) == 400


async def test_nobody_at_all_is_the_same_for_all(channel: WeComChannel, phone: Phone) -> None:
    receipts = await channel.send([letter(to="nobody"), letter(to="Noone")])
    assert [r.error.gone if r.error else None for r in receipts] == [True, True]


async def test_a_letter_that_comes_again_is_shown_once(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    fake.faults.drop_response_next("message/send", times=2)
    again = letter(Message(title="错题本", body="很长的一题。" * 60, buttons=((Button("练一题", "pr"),),)))
    receipts = [await one(channel, again) for _ in range(3)]
    assert [r.error is None for r in receipts] == [False, False, True]
    assert receipts[0].error
    assert not receipts[0].error.permanent
    assert [m.kind for m in fang.messages] == ["text", "template_card"]
    assert {d.why for d in fang.dropped} == {"duplicate"}


async def test_two_letters_that_say_the_same_are_two(channel: WeComChannel, fang: User, phone: Phone) -> None:
    await one(channel, letter())
    await one(channel, letter())
    for _ in range(2):
        await one(channel, replace(letter(Message(body="今天没有题。"), urgency=0), id=0))
        await one(channel, replace(letter(urgency=0), id=0))
        await one(channel, letter(Message(body="今天没有题。")))
    assert len(fang.messages) == 8
    assert len({m.task_id for m in fang.messages if m.task_id}) == 4


async def test_two_letters_that_say_the_same_to_one_person_are_two_in_one_parcel_too(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    qiang = fake.user("liqiang", "李强")
    letters = [letter(), letter(to="liqiang"), letter(to="wangfang")]
    receipts = await channel.send(letters)
    assert [(r.letter, r.error) for r in receipts] == [(each.id, None) for each in letters]
    assert (len(fang.messages), len(qiang.messages)) == (2, 1)
    assert len(fake.called("message/send")) == 2


async def test_who_is_not_reached_is_left_out_of_what_follows(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    words = Message(title="错题本", body="很长的一题。" * 60, buttons=((Button("练一题", "pr"),),))
    receipts = await channel.send([letter(words), letter(words, to="nobody")])
    assert [r.error is None for r in receipts] == [True, False]
    assert [call.body["touser"] for call in fake.called("message/send")] == ["nobody|wangfang", "wangfang"]
    assert [m.kind for m in fang.messages] == ["text", "template_card"]


async def test_a_letter_that_says_the_same_twice_is_shown_whole(
    channel: WeComChannel, fang: User, phone: Phone
) -> None:
    await one(channel, letter(Message(body="\n".join(["a" * 2047] * 2))))
    assert [m.text for m in fang.messages] == ["a" * 2047] * 2


async def test_a_task_that_wecom_knows_from_another_life_is_named_anew(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    again = letter()
    await one(channel, again)
    fake.pass_time(4 * 3600)
    assert (await one(channel, again)).error is None
    assert len(fang.messages) == 2


# ---- answered cards


async def test_a_question_takes_the_place_of_the_button_that_began_it(
    channel: WeComChannel, fang: User, phone: Phone
) -> None:
    await one(channel, letter())
    receipt = await one(channel, reply(QUESTION, await phone.press(fang, "开始")))
    assert receipt.error is None
    (card,) = fang.messages
    assert card.buttons == ["A", "B"]
    await one(channel, reply(WRONG, await phone.press(fang, "A")))
    assert [m.buttons for m in fang.messages] == [["下一题"]]
    assert "✗ 应是 B。" in card.text


async def test_a_right_answer_freezes_its_card_and_the_next_question_comes_below(
    channel: WeComChannel, fang: User, phone: Phone
) -> None:
    await one(channel, letter(QUESTION))
    await one(channel, reply(NEXT, await phone.press(fang, "A")))
    first, second = fang.messages
    assert (first.frozen, first.grey) == (True, "✓ 对")
    assert "多少？" in first.text, "the question can still be read"
    assert "✓ 对。当面点清。" in shown(second)
    assert second.buttons == ["A", "B"]


async def test_what_is_said_in_text_freezes_the_card_too(channel: WeComChannel, fang: User, phone: Phone) -> None:
    await one(channel, letter())
    await one(channel, reply(Message(body="好，今天休息。明天见。"), await phone.press(fang, "开始")))
    card, text = fang.messages
    assert (card.grey, text.text) == ("好，今天休息", "好，今天休息。明天见。")


async def test_after_three_days_a_card_stays_and_the_answer_comes_anew(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    for message in (QUESTION, NEXT):
        await one(channel, letter(START))
        handle = await phone.press(fang, "开始")
        fake.pass_time(72 * 3600 + 1)
        assert (await one(channel, reply(message, handle))).error is None
        assert fang.messages[-2].buttons == ["开始"]
        assert fang.messages[-1].buttons == ["A", "B"]


async def test_a_right_that_was_used_up_brings_a_new_message(channel: WeComChannel, fang: User, phone: Phone) -> None:
    await one(channel, letter())
    handle = await phone.press(fang, "开始")
    await one(channel, reply(QUESTION, handle))
    await one(channel, reply(WRONG, handle))
    assert len(fang.messages) == 2


async def test_a_change_that_reaches_nobody_brings_a_new_message(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    await one(channel, letter())
    handle = await phone.press(fang, "开始")
    fake.faults.answer_next("message/update_template_card", 200, b'{"errcode":0,"invaliduser":["wangfang"]}')
    assert (await one(channel, reply(QUESTION, handle))).error is None
    assert [m.buttons for m in fang.messages] == [["开始"], ["A", "B"]]


@pytest.mark.parametrize("errcode", [60140, 42015, 42016, 82101, 82102, 40058, 42045])
async def test_whatever_wecom_has_against_a_change_the_words_arrive(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone, errcode: int
) -> None:
    await one(channel, letter())
    handle = await phone.press(fang, "开始")
    fake.faults.fail_next("message/update_template_card", errcode)
    assert (await one(channel, reply(QUESTION, handle))).error is None
    assert len(fang.messages) == 2


async def test_a_change_that_meets_bad_weather_comes_again_and_a_word_on_the_old_card_does_not(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    await one(channel, letter())
    handle = await phone.press(fang, "开始")
    fake.faults.answer_next("message/update_template_card", 502)
    again = reply(QUESTION, handle)
    error = (await one(channel, again)).error
    assert error
    assert not error.permanent
    assert (await one(channel, again)).error is None
    assert len(fang.messages) == 1
    handle = await phone.press(fang, "A")
    fake.faults.answer_next("message/update_template_card", 502)
    assert (await one(channel, reply(NEXT, handle))).error is None
    assert len(fang.messages) == 2


async def test_a_word_over_a_button_is_written(channel: WeComChannel, fang: User, phone: Phone) -> None:
    await one(channel, letter())
    handle = await phone.press(fang, "开始")
    await one(channel, reply(None, handle, toast="这张卡不是您的。"))
    await one(channel, replace(reply(QUESTION, handle, toast="记下了。"), replaces=False))
    assert fang.messages[1].text == "这张卡不是您的。"
    assert "记下了。" in shown(fang.messages[2])
    assert fang.messages[0].buttons == ["开始"], "nothing became of it"
    assert (await one(channel, letter(None))).error is None


async def test_letters_with_a_history_do_not_share_a_call(
    channel: WeComChannel, fake: WeComFake, fang: User, phone: Phone
) -> None:
    receipts = await channel.send([letter(toast="一"), letter(to="nobody", toast="一")])
    assert [r.error is None for r in receipts] == [True, False]
