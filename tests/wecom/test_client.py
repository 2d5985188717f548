import asyncio
import logging
from random import Random

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.wecom.client import Client, Keys
from bot.wecom.request import JSON, Line
from bot.wecom.trouble import CLOSED, Refused, SecretRefused, Unreachable, send_error
from tests.fakes.wecom import User, WeComFake
from tests.wecom.conftest import KEYS


def text(words: str = "早上好", to: str = "wangfang") -> JSON:
    return {"touser": to, "agentid": KEYS.agent_id, "msgtype": "text", "text": {"content": words}}


async def test_one_token_serves_everybody_who_asks_at_once(fake: WeComFake, client: Client, fang: User) -> None:
    fake.faults.delay_next("gettoken", 0.05)
    await asyncio.gather(*(client.call("message/send", text(f"第{n}句")) for n in range(20)))
    assert len(fake.called("gettoken")) == 1
    assert len(fang.messages) == 20


async def test_a_token_is_renewed_before_it_ends(fake: WeComFake, client: Client, fang: User) -> None:
    await client.call("message/send", text())
    fake.pass_time(7200 - 301)
    await client.call("message/send", text("还早"))
    assert len(fake.called("gettoken")) == 1
    fake.pass_time(2)
    await client.call("message/send", text("快到了"))
    assert len(fake.called("gettoken")) == 2
    assert [call.errcode for call in fake.called("message/send")] == [0, 0, 0]


async def test_a_token_that_wecom_ends_early_is_renewed_once_by_all_who_notice(
    fake: WeComFake, client: Client, fang: User
) -> None:
    await client.token()
    fake.revoke_tokens()
    await asyncio.gather(*(client.call("message/send", text(f"第{n}句")) for n in range(20)))
    assert len(fake.called("gettoken")) == 2
    assert len(fang.messages) == 20


@pytest.mark.parametrize("errcode", [40014, 42001, 40001])
async def test_a_call_is_repeated_once_with_a_new_token_and_never_again(
    fake: WeComFake, client: Client, fang: User, errcode: int
) -> None:
    fake.faults.fail_next("message/send", errcode)
    await client.call("message/send", text())
    assert len(fake.called("gettoken")) == 2
    fake.faults.fail_next("message/send", errcode, times=5)
    with pytest.raises(Refused) as refused:
        await client.call("message/send", text())
    assert refused.value.errcode == errcode
    assert len(fake.called("message/send")) == 4
    assert len(fake.called("gettoken")) == 3


async def test_a_wrong_secret_is_shown_once_in_ten_minutes(
    fake: WeComFake, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Client(line, Keys(fake.corp_id, fake.agent_id, "a-wrong-secret"), Random(1), fake.now)
    told = []
    for _ in range(30):
        with pytest.raises(SecretRefused, match="CHENLIAN_WECOM_SECRET") as refused:
            await wrong.call("message/send", text())
        told.append(str(refused.value))
    assert len(fake.called("gettoken")) == 1
    assert "a-wrong-secret" not in "".join(told) + caplog.text + repr(wrong.keys)
    assert len([r for r in caplog.records if r.levelno == logging.ERROR]) == 1
    fake.pass_time(601)
    with pytest.raises(SecretRefused):
        await wrong.call("message/send", text())
    assert len(fake.called("gettoken")) == 2


async def test_a_banned_address_waits_an_hour(fake: WeComFake, client: Client, fang: User) -> None:
    fake.faults.fail_next("gettoken", 45009)
    for _ in range(3):
        with pytest.raises(Refused):
            await client.call("message/send", text())
    assert len(fake.called("gettoken")) == 1
    fake.pass_time(3601)
    await client.call("message/send", text())
    assert len(fang.messages) == 1


async def test_what_is_busy_for_a_moment_is_asked_again_and_not_for_ever(
    fake: WeComFake, client: Client, fang: User
) -> None:
    fake.faults.fail_next("message/send", -1, times=2)
    await client.call("message/send", text())
    assert len(fang.messages) == 1
    fake.faults.fail_next("message/send", 45033, times=9)
    with pytest.raises(Refused):
        await client.call("message/send", text())
    assert len(fake.called("message/send")) == 6


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, b"<html>bad gateway</html>"),
        (200, b'{"errcode":0,"err'),
        (200, b"[]"),
        (404, b"{}"),
        (200, b'{"errcode":null}'),
        (200, b'{"errcode":"no"}'),
    ],
)
async def test_what_is_not_wecoms_answer_is_no_answer(
    fake: WeComFake, client: Client, status: int, body: bytes
) -> None:
    fake.faults.answer_next("message/send", status, body)
    with pytest.raises(Unreachable, match="not WeCom's"):
        await client.call("message/send", text())


@pytest.mark.parametrize("body", [b"{}", b'{"access_token":""}', b'{"access_token":"t","expires_in":null}'])
async def test_an_answer_without_a_token_may_pass(fake: WeComFake, client: Client, fang: User, body: bytes) -> None:
    fake.faults.answer_next("gettoken", 200, body)
    with pytest.raises(Unreachable, match="without an access token"):
        await client.call("message/send", text())
    await client.call("message/send", text())
    assert len(fang.messages) == 1


async def test_a_proxy_that_sends_us_elsewhere_is_not_followed(fake: WeComFake) -> None:
    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently(fake.url + request.path_qs)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", elsewhere)
    async with TestServer(app) as server, Line(str(server.make_url("")), deadline=5, connections=2) as line:
        with pytest.raises(Unreachable, match="301") as trouble:
            await line.ask("message/send", {"access_token": "t"}, text())
        with pytest.raises(Unreachable, match="301"):
            await line.piece("media/get", {"access_token": "t"}, 0, 10)
    assert not send_error(trouble.value).permanent
    assert fake.called("message/send") == []


async def test_silence_a_closed_line_and_a_hung_up_call_say_nothing_of_the_token(fake: WeComFake, fang: User) -> None:
    async with Line(fake.url, deadline=0.1, connections=2) as quick:
        client = Client(quick, KEYS, Random(1), fake.now)
        token = await client.token()
        fake.faults.delay_next("message/send", 1)
        with pytest.raises(Unreachable, match="no answer within") as slow:
            await client.call("message/send", text())
        fake.faults.drop_response_next("message/send")
        with pytest.raises(Unreachable) as hung:
            await client.call("message/send", text())
    with pytest.raises(Unreachable, match="closed"):
        await client.call("message/send", text())
    for raised in (slow, hung):
        error: BaseException | None = raised.value
        assert token not in repr(error)
        assert error is not None
        assert error.__context__ is None, "and it remembers no other error"


async def test_who_waits_for_a_token_and_gives_up_takes_it_from_nobody(fake: WeComFake, client: Client) -> None:
    fake.faults.delay_next("gettoken", 0.1)
    first, second = asyncio.create_task(client.token()), asyncio.create_task(client.token())
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second
    assert len(fake.called("gettoken")) == 1


async def test_a_token_that_nobody_gets_is_asked_for_anew(fake: WeComFake, client: Client) -> None:
    fake.faults.answer_next("gettoken", 502)
    with pytest.raises(Unreachable):
        await client.token()
    assert await client.token()


async def test_characters_go_as_they_are(fake: WeComFake, client: Client, fang: User) -> None:
    words = "晨练 “引号” \\u4e2d \U0001f4af\n第二行\t."
    await client.call("message/send", text(words))
    assert fang.messages[0].body["content"] == words


async def test_what_was_refused_says_what_can_be_done(fake: WeComFake, client: Client) -> None:
    with pytest.raises(Refused) as nobody:
        await client.call("message/send", text(to="nobody"))
    error = send_error(nobody.value)
    assert (error.permanent, error.gone) == (True, True)
    assert send_error(Refused(-1)).permanent is False
    assert send_error(Refused(45009)).retry_after == 60
    assert all(not send_error(Refused(code)).permanent for code in CLOSED)
    assert send_error(Refused(44004)).permanent
    assert not send_error(Refused(44004)).gone
    assert not send_error(SecretRefused(40001)).permanent
    assert "王芳" not in send_error(ValueError("王芳")).reason
    assert send_error(error) is error
