"""The smart bot's long connection: wecom.md §7.1, [path/101463]."""

import aiohttp
import pytest

from tests.fakes.wecom import BotFake, BotRoom, WeComFake
from tests.fakes.wecom.lines import Line, connect


async def test_nothing_is_taken_before_subscribing(fake: WeComFake, bot: BotFake) -> None:
    async with connect(fake) as line:
        assert await line.code("ping") == 846609
        assert await line.subscribe(secret="wrong") == 853000
        assert await line.subscribe(bot_id="wrong") == 853000
        bot.bot.enabled = False
        assert await line.subscribe() == 846601
        bot.bot.enabled = True
        assert not bot.is_connected
        said = await line.say("aibot_subscribe", {"bot_id": "aib0chenlian", "secret": "the-bots-secret"}, "mine")
        assert said == {"headers": {"req_id": "mine"}, "errcode": 0, "errmsg": "ok"}
        assert await line.code("ping") == 0
        assert await line.subscribe() == 45009, "once for each connection"
        assert await line.code("aibot_dance") == 40058
        await line.socket.send_str("nonsense")
        assert (await line.socket.receive_json())["errcode"] == 40058
        assert bot.is_connected


async def test_the_newest_connection_wins_and_the_old_one_is_told(
    fake: WeComFake, bot: BotFake, line: Line, room: BotRoom
) -> None:
    async with connect(fake) as newer:
        await newer.subscribe()
        assert (await line.hear())["body"]["event"] == {"eventtype": "disconnected_event"}
        assert (await line.socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert line.socket.close_code == 1000
        await room.say("早")
        assert (await newer.hear())["cmd"] == "aibot_msg_callback"


@pytest.mark.parametrize("code", [1000, 1001])
async def test_the_connection_may_end_cleanly(bot: BotFake, line: Line, room: BotRoom, code: int) -> None:
    await bot.close(code)
    assert (await line.socket.receive()).type is aiohttp.WSMsgType.CLOSE
    assert line.socket.close_code == code
    await room.say("有人吗")
    assert [one["body"]["text"]["content"] for one in bot.bot.missed] == ["有人吗"]


async def test_the_connection_may_be_cut(bot: BotFake, line: Line) -> None:
    bot.cut()
    assert (await line.socket.receive()).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    assert line.socket.close_code == 1006
    assert not bot.is_connected


async def test_a_half_open_line_answers_nothing(fake: WeComFake, bot: BotFake, line: Line, room: BotRoom) -> None:
    bot.deafen()
    await line.socket.send_json({"cmd": "ping", "headers": {"req_id": "1"}})
    await room.say("有人吗")
    assert len(bot.bot.missed) == 1
    async with connect(fake) as newer:
        assert await newer.subscribe() == 0
    assert [one.cmd for one in bot.bot.frames] == ["aibot_subscribe"] * 2


async def test_faults_come_when_they_are_ordered(fake: WeComFake, bot: BotFake, line: Line, room: BotRoom) -> None:
    fake.faults.fail_next("ping", -1)
    assert [await line.code("ping") for _ in range(2)] == [-1, 0]
    fake.faults.drop_response_next("ping")
    await line.socket.send_json({"cmd": "ping", "headers": {"req_id": "lost"}})
    assert await line.code("ping") == 0, "the lost one is never answered"
    assert len(await bot.bot.wait_frames("ping", 3)) == 3
    with pytest.raises(AssertionError, match="did not come"):
        await bot.bot.wait_frames("ping", 4, timeout=0.01)
