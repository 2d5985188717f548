import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
from telegram.error import TimedOut

from bot.chat.channel import Letter, SendError
from bot.chat.message import Message
from bot.edge.pace import growing
from bot.telegram.line import Line
from bot.telegram.pace import Pace
from bot.telegram.request import Request
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.trouble import ChannelRefused
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.telegram.conftest import QUICK, Ears, listening

MENU = {"zh-CN": [("/today", "今天的演练"), ("me", "我的")], "en": [("/today", "Today's drill")]}


@asynccontextmanager
async def peer(*pieces: bytes, every: float = 0.0) -> AsyncIterator[str]:
    """A server that gives each caller these bytes, a piece at a time, the last one for ever."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            while every:
                await asyncio.sleep(every)
                writer.write(pieces[-1])
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def page(status: str, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (status.encode(), len(body), body)


async def test_the_menu_hangs_in_both_languages_and_for_everybody_else(fake: TelegramFake, edge: TelegramEdge) -> None:
    assert await edge.hang_menu(MENU)
    for language, first in [("", "今天的演练"), ("zh", "今天的演练"), ("en", "Today's drill")]:
        scope = {"type": "all_private_chats"}
        _, body = await ask(fake, "getMyCommands", scope=scope, language_code=language)
        assert body["result"][0] == {"command": "today", "description": first}


async def test_in_groups_another_menu_hangs(fake: TelegramFake, edge: TelegramEdge) -> None:
    await edge.hang_menu(MENU)
    await edge.hang_menu({"zh-CN": [("board", "榜")]}, in_groups=True)
    _, body = await ask(fake, "getMyCommands", scope={"type": "all_group_chats"}, language_code="zh")
    assert body["result"] == [{"command": "board", "description": "榜"}]
    _, body = await ask(fake, "getMyCommands", scope={"type": "all_private_chats"}, language_code="zh")
    assert body["result"][0]["command"] == "today"


async def test_a_menu_that_is_not_taken_is_no_disaster(
    fake: TelegramFake, edge: TelegramEdge, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fail_next("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    assert not await edge.hang_menu(MENU)
    assert "Bot_command_invalid" in caplog.text


async def test_the_bots_name_is_known_when_telegram_is_there(fake: TelegramFake, edge: TelegramEdge) -> None:
    assert await edge.name() == "chenlian_fake_bot"
    fake.fail_next("getMe", 502, "Bad Gateway")
    with pytest.raises(SendError, match="Bad Gateway"):
        await edge.name()


async def test_a_wrong_token_is_refused_in_a_clear_sentence(
    fake: TelegramFake, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "telegram")  # as bot.logs has it
    wrong = fake.token + "WRONG"
    async with telegram_edge(wrong, fake.url + "/", Random(1)) as edge:
        with pytest.raises(ChannelRefused, match="refused the token") as refused:
            await edge.listen(ears.hear, ears.park, stop=asyncio.Event())
        with pytest.raises(ChannelRefused):
            await edge.name()
        (receipt,) = await edge.channel.send([Letter(address="1001", message=Message(body="早"))])
    assert receipt.error
    assert (receipt.error.permanent, receipt.error.retry_after) == (False, 60), "it waits for a token that is taken"
    assert "WRONG" not in caplog.text + str(refused.value) + receipt.error.reason


async def test_the_official_address_is_the_default() -> None:
    async with telegram_edge("1:A", "", Random(1)) as edge:
        assert edge._line.base_url == "https://api.telegram.org/bot1:A"  # noqa: SLF001 - nothing is sent there


async def test_a_peer_that_drips_is_bounded_by_the_deadline(ears: Ears) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    async with peer(head, b" ", every=0.02) as url, telegram_edge("1:A", url, Random(1), deadline=0.3) as edge:
        began = asyncio.get_running_loop().time()
        handle = {"callback_id": "q"}
        (receipt,) = await edge.channel.send([Letter(address="1001", message=Message(body="早"), handle=handle)])
        assert receipt.error
        assert (receipt.error.permanent, receipt.error.reason) == (False, "TimedOut: no answer within 0.3 s")
        assert asyncio.get_running_loop().time() - began < 2
        async with listening(edge, ears):
            await asyncio.sleep(0.5)
        assert edge.pulse.trouble == "TimedOut"
    async with peer(head, b" ", every=0.02) as url, Request(0.3, 1) as request:
        with pytest.raises(TimedOut):
            await Line("1:A", base_url=f"{url}/bot", request=request, get_updates_request=request).raw_updates(0, 0)


@pytest.mark.parametrize(
    "answer",
    [
        page("404 Not Found", b"<html>a proxy's page</html>"),
        page("502 Bad Gateway", b""),
        page("200 OK", b"[]"),
        page("200 OK", b'{"ok":true}'),
        page("200 OK", b'{"ok":tr'),
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        b"nonsense\r\n\r\n",
    ],
)
async def test_what_is_not_telegrams_is_trouble_that_passes(ears: Ears, answer: bytes) -> None:
    async with peer(answer) as url, telegram_edge("1:A", url, Random(1), pace=QUICK) as edge:
        (receipt,) = await edge.channel.send([Letter(address="1001", message=Message(body="早"))])
        assert receipt.error
        assert (receipt.error.permanent, receipt.error.gone) == (False, False)
        async with listening(edge, ears):
            async with asyncio.timeout(20):
                while not edge.pulse.trouble:  # noqa: ASYNC110 -- the pulse rings no bell
                    await asyncio.sleep(0.01)
            assert edge.pulse.trouble == "NetworkError"


async def test_a_letter_after_closing_time_says_so(fake: TelegramFake, fang: User) -> None:
    async with telegram_edge(fake.token, fake.url, Random(1)) as edge:
        pass
    (receipt,) = await edge.channel.send([Letter(address="1001", message=Message(body="早"))])
    assert receipt.error
    assert (receipt.error.permanent, receipt.error.reason) == (False, "NetworkError: the line to Telegram is closed")


async def test_python_telegram_bots_own_life_cycle_works_over_our_http(fake: TelegramFake) -> None:
    request, polling = Request(5, 1), Request(5, 1)
    line = Line(fake.token, base_url=f"{fake.url}/bot", request=request, get_updates_request=polling)
    async with line, line:
        assert line.username == "chenlian_fake_bot"
        assert request.read_timeout == 5
        assert await line.get_updates() == ()
    await request.shutdown()


def test_pauses_grow_up_to_the_longest_and_are_never_in_step() -> None:
    dice = Random(7)
    pauses = [growing(1.0, failures, 60.0, dice) for failures in range(1, 2000)]
    assert all(low / 2 <= pause <= low for pause, low in zip(pauses, [1, 2, 4, 8, 16, 32, 60, 60], strict=False))
    assert max(pauses) <= 60
    assert len(set(pauses)) == len(pauses)
    assert Pace().settle > 0.5
