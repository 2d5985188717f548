"""`chenlian check --live`: every line that is set up, tried once, with the fakes in the platforms' place."""

import json

import pytest
from pydantic import SecretStr

from bot.cli.living import try_lines
from bot.config import Settings
from tests.cli.bank import now
from tests.cli.conftest import Run
from tests.cli.test_invite import wecom_is_set
from tests.fakes.wecom import WeComFake, vectors
from tests.main.telegram_line import InThread, Line
from tests.wecom.door import door

WeCom = InThread[WeComFake]


def test_with_nothing_set_up_it_says_what_to_do(run: Run) -> None:
    result = run("check", "--live")
    assert result.exit_code == 1
    assert "还没有接上 Telegram 或企业微信" in result.output


def test_telegram_and_the_app_are_told_and_a_callback_without_an_address(
    run: Run, line: Line, wecom: WeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    wecom_is_set(monkeypatch)
    result = run("check", "--live", "--json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["key"], problem["file"], problem["line"]) == ("CHENLIAN_PUBLIC_URL", "", 0)
    assert "还没有公网地址" in problem["message"]
    assert "✓ 令牌有效" in run("check", "--live").output
    assert "✓ 企业微信认这个应用：「晨练」" in run("check", "--live").output


def test_without_live_nobody_is_asked(run: Run, line: Line, wecom: WeCom, monkeypatch: pytest.MonkeyPatch) -> None:
    wecom_is_set(monkeypatch)
    assert run("check").exit_code == 0
    assert not wecom.fake.calls


async def test_the_callback_is_knocked_at_as_the_console_does() -> None:
    """By the real clock, which the command looks at."""
    async with WeComFake(lambda: now().timestamp(), epoch=0) as fake, door(fake) as knocker:
        settings = Settings(
            wecom_corp_id=WeComFake.corp_id,
            wecom_agent_id=WeComFake.agent_id,
            wecom_secret=SecretStr(WeComFake.secret),
            wecom_callback_token=SecretStr(vectors.TOKEN),
            wecom_callback_aes_key=SecretStr(vectors.AES_KEY),
            wecom_api_url=fake.url,
            public_url=knocker.url.removesuffix("/wecom/callback"),
        )
        assert [each.said for each in await try_lines(settings) if each.good][1:] == [
            f"✓ {knocker.url} 答得对，可以在“设置API接收”里按“保存”"
        ]
        changed = settings.model_copy(update={"wecom_callback_token": SecretStr("another")})
        app, callback = await try_lines(changed)
        assert app.good
        assert "重新启动 chenlian serve" in callback.said


def test_a_bot_is_had_for_a_moment(run: Run, wecom: WeCom, monkeypatch: pytest.MonkeyPatch) -> None:
    async def make(fake: WeComFake) -> None:
        fake.bot()

    wecom.do(make)
    for name, value in {"ID": "aib0chenlian", "SECRET": "the-bots-secret", "URL": wecom.fake.socket_url}.items():
        monkeypatch.setenv(f"CHENLIAN_WECOM_BOT_{name}", value)
    assert "✓ 企业微信认这个机器人，长连接也通" in run("check", "--live").output
    monkeypatch.setenv("CHENLIAN_WECOM_BOT_SECRET", "wrong")
    result = run("check", "--live")
    assert result.exit_code == 1
    assert "CHENLIAN_WECOM_BOT_SECRET 企业微信不认这一对" in result.output
    assert "wrong" not in result.output
