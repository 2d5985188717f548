"""What a smart bot is told: wecom.md §7.3, §7.4, [path/100719], [path/101027]."""

import base64

import aiohttp
import pytest

from tests.fakes.wecom import BotFake, BotRoom, User
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.crypt import decrypt
from tests.fakes.wecom.lines import Line
from tests.fakes.wecom.people import PICTURE
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.roster import open_userid

PUSH = "aibot_send_msg"
WORDS: JSON = {"msgtype": "markdown", "markdown": {"content": "**早**"}}


async def test_a_message_says_who_and_where(line: Line, room: BotRoom, bot: BotFake, fang: User) -> None:
    await room.say("今天练什么")
    told = await line.hear()
    assert told["cmd"] == "aibot_msg_callback"
    assert told["body"].pop("msgid")
    assert told["body"] == {
        "aibotid": "aib0chenlian",
        "chattype": "single",
        "from": {"userid": "WangFang"},
        "msgtype": "text",
        "text": {"content": "今天练什么"},
    }
    await bot.group("wr1", fang).say("榜")
    body = (await line.hear())["body"]
    assert (body["chattype"], body["chatid"], body["text"]) == ("group", "wr1", {"content": "@晨练 榜"})


async def test_a_voice_comes_as_words_and_files_only_when_alone(
    line: Line, room: BotRoom, bot: BotFake, fang: User
) -> None:
    await room.send_voice("先生您好")
    assert (await line.hear())["body"]["voice"] == {"content": "先生您好"}
    with pytest.raises(AssertionError, match="only when alone"):
        await bot.group("wr1", fang).send_file("a.pdf", b"%PDF")
    await room.say_with_picture("看这个")
    kinds = [one["msgtype"] for one in (await line.hear())["body"]["mixed"]["msg_item"]]
    assert kinds == ["text", "image"]


async def test_a_file_is_fetched_within_five_minutes_and_opened_with_its_key(
    line: Line, room: BotRoom, clock: Clock
) -> None:
    for act in (room.send_image(), room.send_video(PICTURE), room.send_file("证据.png", PICTURE)):
        await act
    for kind in ("image", "video", "file"):
        found = (await line.hear())["body"][kind]
        key = base64.b64decode(found["aeskey"] + "=")
        assert len(found["aeskey"]) == 43, "its padding is missing"
        async with aiohttp.ClientSession() as session:
            async with session.get(found["url"]) as answer:
                assert decrypt(key, await answer.read()) == PICTURE
            clock.seconds += 300
            async with session.get(found["url"]) as answer:
                assert answer.status == 403
            clock.seconds -= 300


async def test_entering_is_told_once_a_day(line: Line, room: BotRoom, clock: Clock) -> None:  # §7.4
    assert await room.enter()
    assert (await line.hear())["body"]["event"] == {"eventtype": "enter_chat"}
    assert await room.enter() is None
    clock.seconds = 86_400
    assert await room.enter()


async def test_who_has_no_administrators_bot_is_known_by_another_id(bot: BotFake, line: Line, fang: User) -> None:  # §7
    bot.bot.plain_userids = False
    await bot.alone(fang).say("早")
    hidden = (await line.hear())["body"]["from"]["userid"]
    assert hidden == open_userid(fang.person) != fang.userid
    assert await line.code(PUSH, {"chatid": hidden, "chat_type": 1} | WORDS) == 0


async def test_feedback_is_told(line: Line, room: BotRoom) -> None:
    await room.judge("f1", good=False)
    event = (await line.hear())["body"]["event"]
    assert event == {"eventtype": "feedback_event", "feedback_event": {"id": "f1", "type": 2}}
