"""The smart bot's connection: wecom.md §7.1, and what the official SDK does wrong (§9)."""

import asyncio
import logging
from dataclasses import replace
from random import Random

import pytest
from aiohttp import ClientSession

from bot.wecom.frames import CUT, PUSH, REPLY, SUBSCRIBE
from bot.wecom.socket import Bot, BotRefused, Socket
from bot.wecom.trouble import Refused, Unreachable
from tests.fakes.wecom import BotFake, User, WeComFake
from tests.fakes.wecom.lines import connect
from tests.wecom.lines import OURS, SWIFT, Holder, holding

WORDS = {"msgtype": "markdown", "markdown": {"content": "早"}}


def subscribed(bot: BotFake) -> int:
    return sum(1 for frame in bot.bot.frames if frame.cmd == SUBSCRIBE)


async def is_well(holder: Holder, bot: BotFake, times: int) -> None:
    """Connected for the so many-th time, and heard."""
    await holder.until(lambda: subscribed(bot) >= times and bot.is_connected and not holder.socket.pulse.trouble)


async def test_it_hears_answers_and_beats(fake: WeComFake, bot: BotFake, fang: User) -> None:
    async with holding(fake, bot) as holder:
        room = bot.alone(fang)
        asked = await room.say("早")
        await holder.until(lambda: bool(holder.told))
        assert holder.told[0]["body"]["text"]["content"] == "早"
        assert await holder.socket.ask(REPLY, WORDS, asked.req_id) == {}
        with pytest.raises(Refused, match="846606"):
            await holder.socket.ask(REPLY, WORDS, asked.req_id)
        await bot.bot.wait_frames("ping", 2)
    assert not bot.is_connected
    with pytest.raises(Unreachable):
        await holder.socket.ask(PUSH, WORDS)


@pytest.mark.parametrize("code", [1000, 1001, 1006])
async def test_however_the_connection_ends_it_is_taken_up_again(
    fake: WeComFake, bot: BotFake, fang: User, code: int
) -> None:
    async with holding(fake, bot) as holder:
        for times in (2, 3):
            if code == 1006:
                bot.cut()
            else:
                await bot.close(code)
            await is_well(holder, bot, times)
        await bot.alone(fang).say("还在吗")
        await holder.until(lambda: bool(holder.told))


async def test_a_line_that_is_half_open_is_dead_after_two_silent_heartbeats(fake: WeComFake, bot: BotFake) -> None:
    async with holding(fake, bot) as holder:
        bot.deafen()
        await is_well(holder, bot, 2)


async def test_one_lost_heartbeat_ends_nothing(fake: WeComFake, bot: BotFake) -> None:
    async with holding(fake, bot, replace(SWIFT, deadline=0.03)):
        fake.faults.drop_response_next("ping")
        await bot.bot.wait_frames("ping", 4)
        assert subscribed(bot) == 1


async def test_while_wecom_is_away_it_tries_with_growing_pauses_and_one_line_in_the_log(
    fake: WeComFake, bot: BotFake, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.fail_next(SUBSCRIBE, -1, times=4)
    with caplog.at_level(logging.INFO):
        async with holding(fake, bot) as holder:
            assert subscribed(bot) == 1
            assert holder.socket.pulse.connected == 1
    assert sum("can't be connected" in line for line in caplog.messages) == 1


async def test_nobody_there_is_no_end_either(fake: WeComFake, bot: BotFake) -> None:
    async with ClientSession() as session:
        socket = Socket(session, "ws://127.0.0.1:9", OURS, Random(1), SWIFT)
        stop = asyncio.Event()
        task = asyncio.create_task(socket.hold(lambda _: None, _nowhere, stop))
        await asyncio.sleep(0.1)
        assert not task.done()
        assert socket.pulse.trouble
        stop.set()
        await task


async def _nowhere() -> bool:
    return False


@pytest.mark.parametrize(
    ("ours", "enabled", "says"),
    [
        (Bot("aib0chenlian", "wrong"), True, "CHENLIAN_WECOM_BOT_SECRET"),
        (Bot("aib0another", "the-bots-secret"), True, "853000"),
        (OURS, False, "846601"),
    ],
)
async def test_who_is_not_let_in_says_so_and_does_not_try_again(
    fake: WeComFake, bot: BotFake, ours: Bot, enabled: bool, says: str
) -> None:
    bot.bot.enabled = enabled
    async with ClientSession() as session:
        socket = Socket(session, fake.socket_url, ours, Random(1), SWIFT)
        with pytest.raises(BotRefused, match=says) as caught:
            await socket.hold(lambda _: None, _nowhere, asyncio.Event())
    assert ours.secret not in str(caught.value)
    assert ours.secret not in repr(ours)


async def test_who_is_kicked_steps_down_and_returns_when_the_other_has_gone(
    fake: WeComFake, bot: BotFake, caplog: pytest.LogCaptureFixture
) -> None:
    async with holding(fake, bot) as holder:
        holder.elsewhere = True
        async with connect(fake) as other:
            assert await other.subscribe() == 0
            await holder.until(lambda: holder.asked_elsewhere >= 3)
            assert holder.socket.pulse.trouble
            assert subscribed(bot) == 2, "it has not come back"
            assert sum("steps down" in line for line in caplog.messages) == 1
        holder.elsewhere = False
        await is_well(holder, bot, 3)


async def test_two_strangers_do_not_fight_their_pauses_grow(fake: WeComFake, bot: BotFake) -> None:
    pace = replace(SWIFT, stepped_down=0.1, longest_down=10)
    loop = asyncio.get_running_loop()
    pauses = []
    async with holding(fake, bot, pace) as holder:
        for times in (2, 4, 6):
            async with connect(fake) as other:
                began = loop.time()
                assert await other.subscribe() == 0
                await is_well(holder, bot, times + 1)
                pauses.append(loop.time() - began)
    assert pauses[0] >= 0.05
    assert pauses[2] >= 0.2
    assert holder.asked_elsewhere == 3


async def test_a_connection_that_goes_in_the_middle_of_a_push_says_so_at_once(
    fake: WeComFake, bot: BotFake, fang: User
) -> None:
    async with holding(fake, bot, replace(SWIFT, deadline=5, beat=5)) as holder:
        await bot.alone(fang).say("早")

        async def cut() -> None:
            bot.cut()

        fake.faults.meanwhile(PUSH, cut)
        with pytest.raises(Unreachable, match=CUT):
            await holder.socket.ask(PUSH, {"chatid": "wangfang", "chat_type": 1} | WORDS)


async def test_an_answer_that_never_comes_is_not_waited_for(fake: WeComFake, bot: BotFake, fang: User) -> None:
    async with holding(fake, bot) as holder:
        await bot.alone(fang).say("早")
        fake.faults.drop_response_next(PUSH)
        with pytest.raises(Unreachable, match="no answer"):
            await holder.socket.ask(PUSH, {"chatid": "wangfang", "chat_type": 1} | WORDS)


async def test_what_can_not_be_read_spoils_nothing(fake: WeComFake, bot: BotFake, fang: User) -> None:
    async with holding(fake, bot) as holder:
        assert bot.bot.connection
        for text in ("", "[]", "{}", '{"headers": 1}', '{"headers": {"req_id": "x"}}', "[" * 10_000):
            await bot.bot.connection._socket.send_str(text)  # noqa: SLF001 - a frame that no fake would send
        await bot.alone(fang).say("早")
        await holder.until(lambda: bool(holder.told))
        assert subscribed(bot) == 1
