"""What a smart bot is told, as events: wecom.md §7.3, §7.4, spoken by the fake's people over its socket."""

from collections.abc import Awaitable, Callable
from time import process_time
from typing import Any

import pytest

from bot.chat.incoming import File, Incoming, Other, Tap, Text
from bot.wecom.hearing import incoming_of, kind_of, tapped
from tests.fakes.wecom import BotFake, BotRoom, User

BUTTON: dict[str, Any] = {
    "card_type": "button_interaction",
    "main_title": {"title": "资费"},
    "task_id": "q1",
    "button_list": [{"text": "A", "key": "a:7:0"}],
}


def vote(question: str, key: str, mode: int) -> dict[str, Any]:
    options = [{"id": name, "text": name, "is_checked": False} for name in ("0", "1", "/me")]
    return {
        "card_type": "vote_interaction",
        "main_title": {"title": "多选"},
        "task_id": "v1",
        "checkbox": {"question_key": question, "mode": mode, "option_list": options},
        "submit_button": {"text": "提交", "key": key},
    }


async def heard(act: Awaitable[Any]) -> Incoming:
    asked = await act
    incoming = incoming_of(asked.frame)
    assert incoming
    assert incoming.handle["req_id"] == asked.req_id
    assert (incoming.channel, incoming.changes) == ("wecom-bot", False)
    return incoming


async def pressed(room: BotRoom, card: dict[str, Any], act: Callable[[], Awaitable[Any]]) -> Incoming:
    from tests.fakes.wecom.phones import Shown

    room.messages.append(Shown("m", "template_card", card, 0.0, [], card["task_id"]))
    return await heard(act())


async def test_words_alone_with_it(room: BotRoom) -> None:
    incoming = await heard(room.say("开始 @晨练"))
    assert (incoming.said, incoming.address, incoming.group) == (Text("开始 @晨练"), "wangfang", "")
    assert incoming.event.startswith("m-")
    assert incoming.handle["answer"] == "aibot_respond_msg"


@pytest.mark.parametrize("said", ["/link 城东", "@李强 /link 城东", "/link 城东 @李强 @晨练"])
async def test_words_in_a_group_without_whom_they_are_said_to(bot: BotFake, fang: User, said: str) -> None:
    incoming = await heard(bot.group("wr1", fang).say(said))
    assert (incoming.said, incoming.group, incoming.back) == (Text("/link 城东"), "group:wr1", "group:wr1")


@pytest.mark.parametrize("said", ["a" + " " * 20_000 + "b", "a" + " @x" * 7000 + " b"])
async def test_a_long_silence_or_a_crowd_of_names_in_a_group_keeps_nobody_waiting(
    bot: BotFake, fang: User, said: str
) -> None:
    asked = await bot.group("wr1", fang).say(said)
    began = process_time()
    incoming = incoming_of(asked.frame)
    assert process_time() - began < 0.5
    assert incoming
    assert incoming.said == Text(said)


async def test_a_press_carries_what_the_button_carried(room: BotRoom) -> None:
    incoming = await pressed(room, BUTTON, lambda: room.tap("A"))
    assert incoming.said == Tap("a:7:0")
    assert dict(incoming.handle) | {"req_id": ""} == {
        "answer": "aibot_respond_update_msg",
        "req_id": "",
        "task_id": "q1",
    }


@pytest.mark.parametrize(("ticked", "data"), [(["0", "1"], "a:7:0,1"), ([], "a:7:")])
async def test_ticks_are_handed_in_together(room: BotRoom, ticked: list[str], data: str) -> None:
    incoming = await pressed(room, vote("several", "a:7", 1), lambda: room.vote(ticked))
    assert incoming.said == Tap(data)


async def test_a_chosen_line_is_the_button_it_stands_for(room: BotRoom) -> None:
    incoming = await pressed(room, vote("choose", "choose", 0), lambda: room.vote(["/me"]))
    assert incoming.said == Tap("/me")
    assert tapped("choose", {"choose": []}) == ""


async def test_files_and_what_is_neither_words_nor_a_file(room: BotRoom) -> None:
    file = (await heard(room.send_file("名单.xlsx", b"12345"))).said
    assert isinstance(file, File)
    assert (file.name, file.size) == ("名单.xlsx", 0)
    assert "http" in file.media
    for sent, kind in ((room.send_image(), "photo"), (room.send_video(), "video")):
        seen = (await heard(sent)).said
        assert isinstance(seen, Other)
        assert (seen.kind, "http" in seen.media) == (kind, True)
    assert (await heard(room.send_voice("十五元"))).said == Other("voice")
    assert (await heard(room.say_with_picture("看这个"))).said == Text("看这个")


async def test_who_opens_the_chat_asks_what_there_is_to_do(room: BotRoom) -> None:
    incoming = await heard(room.enter())
    assert incoming.said == Text("/start")
    assert incoming.handle["answer"] == "aibot_respond_welcome_msg"


async def test_a_thumb_is_nothing_for_us(room: BotRoom) -> None:
    asked = await room.judge("f", good=True)
    assert incoming_of(asked.frame) is None
    assert kind_of(asked.frame) == "feedback_event"


async def test_an_encrypted_userid_is_an_address_like_any(bot: BotFake, fang: User) -> None:
    bot.bot.plain_userids = False
    incoming = await heard(bot.alone(fang).say("早"))
    assert incoming.address not in {"", "wangfang"}
    assert incoming.address == incoming.address.lower()
