"""What WeCom says to whoever sets us up, asked once: the app, its callback as pressing 保存 asks it, the smart bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.wecom.client import Keys
from bot.wecom.crypt import Seal
from bot.wecom.socket import NOT_ENABLED, WRONG_SECRET, Bot
from bot.wecom.start import Door
from bot.wecom.trial import App, Barred, Shut, try_app, try_bot, try_callback
from bot.wecom.trouble import Refused, Unreachable
from tests.fakes.wecom import WeComFake, vectors
from tests.fakes.wecom.crypt import Seal as TheirSeal
from tests.wecom.conftest import KEYS
from tests.wecom.door import DOOR, door

NOISE = b"0123456789abcdef"


async def test_an_app_tells_its_name_and_who_sees_it(fake: WeComFake) -> None:
    assert await try_app(fake.url, KEYS) == App("晨练", open=True, members=0, departments=1, tags=0)
    fake.user("WangFang", "王芳")
    fake.staff.show_to(WeComFake.agent_id, users={"WangFang"}, parties=set())
    found = await try_app(fake.url, KEYS)
    assert (found.members, found.departments, found.seen) == (1, 0, True)
    fake.staff.show_to(WeComFake.agent_id, users=set(), parties=set())
    assert not (await try_app(fake.url, KEYS)).seen
    fake.faults.answer_next("agent/get", 200, b'{"errcode":0,"errmsg":"ok","agentid":1000002,"name":"x","close":1}')
    assert not (await try_app(fake.url, KEYS)).open


@pytest.mark.parametrize(
    ("keys", "errcode"),
    [
        (Keys("ww1", WeComFake.agent_id, WeComFake.secret), 40013),
        (Keys(WeComFake.corp_id, WeComFake.agent_id, "wrong"), 40001),
        (Keys(WeComFake.corp_id, 1_000_009, WeComFake.secret), 301002),
    ],
)
async def test_what_wecom_refuses_is_asked_once_and_told_by_its_code(fake: WeComFake, keys: Keys, errcode: int) -> None:
    with pytest.raises(Barred) as barred:
        await try_app(fake.url, keys)
    assert barred.value.errcode == errcode
    assert len(fake.called("gettoken")) == 1
    assert len(fake.called("agent/get")) <= 1
    assert keys.secret not in str(barred.value)


async def test_an_address_that_is_not_let_in_is_named(fake: WeComFake) -> None:
    """60020's text holds `from ip:` ([path/90313])."""
    fake.trusted_ips = {"203.0.113.7"}
    with pytest.raises(Barred) as barred:
        await try_app(fake.url, KEYS)
    assert (barred.value.errcode, barred.value.address) == (60020, "127.0.0.1")


async def test_nobody_there_is_told_without_a_secret() -> None:
    with pytest.raises(Unreachable) as trouble:
        await try_app("http://127.0.0.1:1", KEYS)
    assert KEYS.secret not in str(trouble.value)
    with pytest.raises(Unreachable):
        await try_bot(Bot("aib1", "secret"), "ws://127.0.0.1:1")


async def test_the_bot_is_had_for_a_moment_and_let_go(fake: WeComFake) -> None:
    bot = fake.bot()
    mine = Bot(bot.bot.bot_id, bot.bot.secret)
    await try_bot(mine, fake.socket_url)
    assert [frame.cmd for frame in bot.bot.frames] == ["aibot_subscribe"]
    with pytest.raises(Refused) as refused:
        await try_bot(Bot(mine.bot_id, "wrong"), fake.socket_url)
    assert refused.value.errcode == WRONG_SECRET
    bot.bot.enabled = False
    with pytest.raises(Refused) as refused:
        await try_bot(mine, fake.socket_url)
    assert refused.value.errcode == NOT_ENABLED


def test_what_we_seal_wecom_opens() -> None:
    ours, theirs = Seal(vectors.TOKEN, vectors.AES_KEY, "corp"), TheirSeal(vectors.TOKEN, vectors.AES_KEY, "corp")
    for length in range(70):
        words = b"x" * length
        sealed = ours.close(words, NOISE)
        assert sealed == theirs.seal(words, NOISE)
        assert theirs.open(sealed, ours.sign("1", "n", sealed), "1", "n") == words


async def test_our_own_door_answers_as_it_must(fake: WeComFake) -> None:
    async with door(fake) as knocker:
        await try_callback(knocker.url, DOOR, WeComFake.corp_id, int(fake.now()))
        for other, corp, age, why in (
            (Door("another", vectors.AES_KEY), WeComFake.corp_id, 0, "forged"),
            (DOOR, "another", 0, "forged"),
            (DOOR, WeComFake.corp_id, 3600, "forged"),
        ):
            with pytest.raises(Shut, match=why):
                await try_callback(knocker.url, other, corp, int(fake.now()) - age)
        with pytest.raises(Shut, match="lost"):
            await try_callback(knocker.url.replace("callback", "elsewhere"), DOOR, WeComFake.corp_id, int(fake.now()))


@asynccontextmanager
async def somebody(answer: web.StreamResponse) -> AsyncIterator[str]:
    """A server that says the same to everybody."""

    async def say(_request: web.BaseRequest) -> web.StreamResponse:
        return answer

    runner = web.ServerRunner(web.Server(say))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/callback"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (web.Response(text="welcome"), "elsewhere"),
        (web.Response(text="x" * 5000), "elsewhere"),
        (web.Response(status=502), "elsewhere"),
        (web.Response(status=301, headers={"Location": "/"}), "redirect"),
        (web.Response(status=404), "lost"),
    ],
)
async def test_what_answers_in_our_place_is_told_apart(answer: web.Response, why: str) -> None:
    async with somebody(answer) as url:
        with pytest.raises(Shut, match=why):
            await try_callback(url, DOOR, WeComFake.corp_id, 0)


async def test_nobody_at_the_callback_is_told() -> None:
    with pytest.raises(Shut, match="closed"):
        await try_callback("http://127.0.0.1:1/wecom/callback", DOOR, WeComFake.corp_id, 0)


async def test_a_right_answer_after_a_second_is_too_late(fake: WeComFake) -> None:
    async with door(fake) as knocker:
        with pytest.raises(Shut, match="slow"):
            await try_callback(knocker.url, DOOR, WeComFake.corp_id, int(fake.now()), within=0)
