"""What a smart bot answers and pushes: wecom.md §7.1, §7.4, [path/101031], [path/101138]."""

import pytest

from tests.fakes.wecom import BotFake, BotRoom, User
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.lines import Line
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import SELECT, TEXT, VOTE, changed

REPLY, WELCOME, UPDATE, PUSH = (
    "aibot_respond_msg",
    "aibot_respond_welcome_msg",
    "aibot_respond_update_msg",
    "aibot_send_msg",
)
BUTTON: JSON = {
    "card_type": "button_interaction",
    "main_title": {"title": "资费标准"},
    "task_id": "q1",
    "button_list": [{"text": "A", "key": "a"}, {"text": "B", "key": "b"}],
}
CARD: JSON = {"msgtype": "template_card", "template_card": BUTTON}
WORDS: JSON = {"msgtype": "markdown", "markdown": {"content": "**早**"}}


async def test_a_message_is_answered_once_within_a_day(line: Line, room: BotRoom, clock: Clock) -> None:
    asked = await room.say("早")
    assert await line.code(REPLY, WORDS, "made-up") == 846605
    assert await line.code(WELCOME, WORDS, asked.req_id) == 846605, "nobody entered"
    assert await line.code(REPLY, {"msgtype": "text", "text": {"content": "早"}}, asked.req_id) == 40008
    assert await line.code(REPLY, WORDS, asked.req_id) == 0
    assert (await asked.wait())["markdown"] == {"content": "**早**"}
    assert await line.code(REPLY, WORDS, asked.req_id) == 846606
    late = await room.say("还在吗")
    clock.seconds = 86_400
    assert await line.code(REPLY, WORDS, late.req_id) == 846604
    assert [one.text for one in room.messages] == ["**早**"]
    with pytest.raises(AssertionError, match="did not answer"):
        await late.wait(timeout=0.01)


async def test_a_welcome_comes_within_five_seconds(line: Line, room: BotRoom, clock: Clock) -> None:
    asked = await room.enter()
    assert asked
    clock.seconds = 5
    assert await line.code(WELCOME, CARD, asked.req_id) == 846604
    clock.seconds = 4.9
    assert await line.code(WELCOME, WORDS, asked.req_id) == 40008, "a text or a card"
    assert await line.code(WELCOME, CARD, asked.req_id) == 0
    assert (await room.wait_for(lambda message: bool(message.card))).buttons == ["A", "B"]


async def test_a_pressed_card_is_updated_within_five_seconds_and_keeps_its_task(
    line: Line, room: BotRoom, clock: Clock
) -> None:
    asked = await room.say("题")
    assert await line.code(REPLY, CARD, asked.req_id) == 0
    first, second = await room.tap("A"), await room.tap("B")
    told = [await line.hear() for _ in range(3)][1:]
    assert [one["body"]["event"]["template_card_event"] for one in told] == [
        {"card_type": "button_interaction", "event_key": key, "task_id": "q1"} for key in "ab"
    ]
    verdict = {"response_type": "update_template_card", "template_card": TEXT | {"task_id": "q1"}}
    assert await line.code(UPDATE, verdict | {"response_type": "x"}, first.req_id) == 93050
    assert await line.code(UPDATE, verdict | {"template_card": TEXT | {"task_id": "q2"}}, first.req_id) == 846625
    assert await line.code(UPDATE, verdict | {"template_card": TEXT}, first.req_id) == 846625
    linkless = {"template_card": {"card_type": "text_notice", "main_title": {"title": "对"}, "task_id": "q1"}}
    assert await line.code(UPDATE, verdict | linkless, first.req_id) == 42045
    assert await line.code(UPDATE, verdict, first.req_id) == 0
    assert await line.code(UPDATE, verdict, first.req_id) == 846606
    clock.seconds = 5
    assert await line.code(UPDATE, verdict, second.req_id) == 846604
    assert room.messages[-1].card["card_type"] == "text_notice"


async def test_what_was_chosen_is_told_nested(line: Line, room: BotRoom) -> None:  # §7.4
    asked = await room.say("题")
    vote = changed(VOTE, "checkbox.option_list.0.is_checked", False)
    await line.code(REPLY, {"msgtype": "template_card", "template_card": vote}, asked.req_id)
    await room.vote(["A", "C"])
    await line.hear()
    told = (await line.hear())["body"]["event"]["template_card_event"]
    assert told["selected_items"] == {"selected_item": [{"question_key": "q", "option_ids": {"option_id": ["A", "C"]}}]}
    form: JSON = {"card_type": "multiple_interaction", "main_title": {"title": "请假"}, "task_id": "m"}
    form |= {"select_list": [SELECT], "submit_button": {"text": "提交", "key": "s"}}
    assert await line.code(PUSH, {"chatid": "wangfang", "msgtype": "template_card", "template_card": form}) == 0
    await room.submit({"k": "是"})
    assert (await line.hear())["body"]["event"]["template_card_event"]["event_key"] == "s"
    menu = TEXT | {"task_id": "n", "action_menu": {"action_list": [{"text": "不再提醒", "key": "mute"}]}}
    await line.code(PUSH, {"chatid": "wangfang", "msgtype": "template_card", "template_card": menu})
    await room.tap_menu("不再提醒", room.messages[-1])
    assert (await line.hear())["body"]["event"]["template_card_event"]["card_type"] == "text_notice"


async def test_a_stream_grows_until_it_is_finished_or_six_minutes_old(line: Line, room: BotRoom, clock: Clock) -> None:
    def part(content: str, *, finish: bool = False, id_: str = "s") -> JSON:
        return {"msgtype": "stream", "stream": {"id": id_, "finish": finish, "content": content}}

    asked = await room.say("讲讲")
    assert [await line.code(REPLY, part(text), asked.req_id) for text in ("一", "一二")] == [0, 0]
    assert await line.code(REPLY, part("三", id_="t"), asked.req_id) == 846606
    assert await line.code(REPLY, WORDS, asked.req_id) == 846606
    assert await line.code(REPLY, part("一二三", finish=True), asked.req_id) == 0
    assert await line.code(REPLY, part("四"), asked.req_id) == 846606
    assert [(one.kind, one.text, len(one.history)) for one in room.messages] == [("stream", "一二三", 2)]
    slow = await room.say("再讲")
    await line.code(REPLY, part("一"), slow.req_id)
    clock.seconds = 360
    assert await line.code(REPLY, part("一二"), slow.req_id) == 846608
    assert await line.code(REPLY, part("字" * 6827), (await room.say("长")).req_id) == 40058


async def test_it_reaches_only_who_has_written_to_it(line: Line, bot: BotFake, room: BotRoom, fang: User) -> None:
    assert await line.code(PUSH, {"chatid": "wangfang", "chat_type": 1} | WORDS) == 846607
    await room.enter()
    assert await line.code(PUSH, {"chatid": "wangfang", "chat_type": 1} | WORDS) == 846607, "to open it is not enough"
    await room.say("开始")
    assert await line.code(PUSH, {"chatid": "WangFang", "chat_type": 1} | WORDS) == 0
    assert await line.code(PUSH, {"chatid": "wangfang", "chat_type": 3} | WORDS) == 40058
    assert await line.code(PUSH, {"chatid": "wangfang", "chat_type": 2} | WORDS) == 846607
    await bot.group("wr1", fang).say("早")
    assert await line.code(PUSH, {"chatid": "wr1"} | WORDS) == 0
    assert await line.code(PUSH, {"chatid": "wr1"} | CARD) == 40008, "cards to one person only"
    assert await line.code(PUSH, {"chatid": "wangfang"} | CARD) == 0
    assert await line.code(PUSH, {"chatid": "wangfang"} | CARD) == 846625, "the task was used"
    assert await line.code(PUSH, {"chatid": "wangfang", "colour": 1} | WORDS) == 40058


async def test_thirty_a_minute_go_into_a_chat_replies_and_pushes_together(
    line: Line, room: BotRoom, clock: Clock
) -> None:
    asked = await room.say("早")
    assert await line.code(REPLY, WORDS, asked.req_id) == 0
    codes = [await line.code(PUSH, {"chatid": "wangfang"} | WORDS) for _ in range(30)]
    assert codes == [0] * 29 + [846607]
    clock.seconds = 60
    assert await line.code(PUSH, {"chatid": "wangfang"} | WORDS) == 0
