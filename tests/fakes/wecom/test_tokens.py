"""Tokens, the order of checks and the shape of answers: wecom.md §1, [path/91039], [path/90313], [path/90664]."""

import re

import pytest

from tests.fakes.wecom import Limits, User, WeComFake
from tests.fakes.wecom.asking import Asker
from tests.fakes.wecom.conftest import Clock


async def test_a_token_lives_two_hours(fake: WeComFake, app: Asker, fang: User, clock: Clock) -> None:
    got = await app.log_in()
    assert (got["errcode"], got["errmsg"], got["expires_in"]) == (0, "ok", 7200)
    assert len(got["access_token"]) <= 512
    clock.seconds = 7199
    assert (await app.send())["errcode"] == 0
    clock.seconds = 7200
    assert (await app.send())["errcode"] == 42001


async def test_a_token_may_be_ended_early(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.revoke_tokens()
    assert (await app.send())["errcode"] == 40014
    await app.log_in()
    assert (await app.send())["errcode"] == 0


@pytest.mark.parametrize(
    ("secret", "corp_id", "code"),
    [
        ("wrong", WeComFake.corp_id, 40001),
        (WeComFake.secret, "ww0", 40013),
        (WeComFake.secret, "", 41002),
        ("", WeComFake.corp_id, 41004),
    ],
)
async def test_no_token_without_the_right_corp_and_secret(app: Asker, secret: str, corp_id: str, code: int) -> None:
    assert (await app.log_in(secret, corp_id))["errcode"] == code


async def test_who_keeps_asking_with_a_wrong_secret_is_banned_for_an_hour(app: Asker, clock: Clock) -> None:
    for _ in range(10):
        assert (await app.log_in("wrong"))["errcode"] == 40001
    assert (await app.log_in())["errcode"] == 45009
    clock.seconds = 3600
    assert (await app.log_in())["errcode"] == 0


async def test_a_refusal_is_http_200_and_says_where_from(fake: WeComFake, app: Asker) -> None:
    fake.trusted_ips = {"203.0.113.7"}
    app.token = ""
    refused = await app.get("agent/get")
    assert refused["errcode"] == 60020, "the address is looked at before the token"
    shape = r"not allow to access from your ip, hint: \[\d+\], from ip: 127.0.0.1, more info at https://\S+e=60020"
    assert re.fullmatch(shape, refused["errmsg"])
    fake.trusted_ips = {"127.0.0.1"}
    assert (await app.get("agent/get"))["errcode"] == 41001


async def test_a_token_in_the_body_is_not_seen(app: Asker, fang: User) -> None:
    token, app.token = app.token, ""
    assert (await app.send(access_token=token))["errcode"] == 41001


async def test_what_is_no_method_is_not_found(app: Asker) -> None:
    assert (await app.fetch("message/sned"))[0] == 404
    assert (await app.fetch("message/send"))[0] == 404, "it wants to be posted to"


async def test_the_text_is_raw_utf8(app: Asker, fang: User) -> None:  # 40033
    body = b'{"touser":"wangfang","msgtype":"text","agentid":1000002,"text":{"content":"\\u65e9"}}'
    assert (await app.post("message/send", body))["errcode"] == 40033
    assert (await app.post("message/send", body.replace(b"\\u", b"\\\\u")))["errcode"] == 0
    for nonsense in (b"{", b"[]", b"\xff"):
        assert (await app.post("message/send", nonsense))["errcode"] == 40058


async def test_an_agentid_of_the_wrong_type_is_taken_with_a_warning(app: Asker, fang: User) -> None:  # [path/90313]
    assert (await app.send(agentid="1000002"))["errmsg"] == "ok. Warning: wrong json format. "


async def test_another_apps_token_does_not_send_for_ours(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.another_app(1_000_003, "another")
    await app.log_in("another")
    assert (await app.send())["errcode"] == 301002
    assert (await app.send(agentid=None))["errcode"] == 41011
    await app.log_in(fake.contacts_secret)
    assert (await app.send())["errcode"] == 48002, "the contacts' token cannot send"


async def test_a_disabled_app_gets_nothing(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.app.disabled = True
    assert (await app.send())["errcode"] == 50003
    assert (await app.log_in())["errcode"] == 40001


async def test_each_api_has_its_own_rate(clock: Clock) -> None:  # [path/90312]
    async with WeComFake(now=clock, limits=Limits(api_minute=2)) as fake:
        app = Asker(fake)
        await app.log_in()
        asked = [(await app.get("agent/get", agentid=fake.agent_id))["errcode"] for _ in range(3)]
        assert asked == [0, 0, 45009]
        assert (await app.get("department/list"))["errcode"] == 0
        clock.seconds = 59
        assert (await app.get("agent/get", agentid=fake.agent_id))["errcode"] == 45009, "blocked for a whole minute"
        clock.seconds = 61
        assert (await app.get("agent/get", agentid=fake.agent_id))["errcode"] == 0
        await app.close()


async def test_faults_come_when_they_are_ordered(fake: WeComFake, app: Asker, fang: User) -> None:
    fake.faults.fail_next("message/send", -1, times=2)
    assert [(await app.send())["errcode"] for _ in range(3)] == [-1, -1, 0]
    fake.faults.answer_next("message/recall", 502, b"<html>")
    fake.faults.answer_next("agent/get", 200, b'{"errcode":0,"err')
    assert await app.fetch("agent/get") == (200, "text/html", b'{"errcode":0,"err')
    fake.faults.drop_response_next("message/send")
    with pytest.raises(Exception, match="disconnected"):
        await app.send()
    assert len(fang.messages) == 2, "it acted, and hung up"
    fake.faults.delay_next("message/send", 0)

    async def end_tokens() -> None:
        fake.revoke_tokens()

    fake.faults.meanwhile("message/send", end_tokens)
    assert [(await app.send())["errcode"] for _ in range(2)] == [0, 40014], "ended in mid-flight"
    assert [call.errcode for call in fake.called("message/send")] == [-1, -1, 0, 0, 0, 40014]
