"""`chenlian init` for WeCom: the console's fields, tried on the fake, and everything that may be wrong with them."""

import asyncio
import base64
import re
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.config import Settings
from bot.store.presence import beat
from bot.store.store import Store
from bot.views import catalogue
from tests.cli.bank import now, try_code
from tests.cli.conftest import Answer, Run
from tests.fakes.wecom import WeComFake
from tests.main.telegram_line import InThread

BANK = ["--bank", "东山银行", "--branch", "城东支行", "--name", "陈明", "--number", "2001", "--lead", "both"]
ADDRESS = "https://drill.example.com"
APP = ["--channel", "wecom", "--corp-id", WeComFake.corp_id, "--agent-id", str(WeComFake.agent_id)]
APP += ["--secret-file", "secret", "--public-url", ADDRESS]
BOT = ["--channel", "wecom-bot", "--bot-id", "aib0chenlian", "--bot-secret-file", "bot-secret"]
ME = ("", "东山银行", "城东支行", "陈明", "2001", "1")
"""The time zone, the bank and the admin."""
CODE = re.compile(r"^    ([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})$", re.MULTILINE)

WeCom = InThread[WeComFake]


@pytest.fixture(autouse=True)
def secrets(folder: Path) -> None:
    """What the console shows, each in a file."""
    (folder / "secret").write_text(f"{WeComFake.secret}\n", encoding="utf-8")
    (folder / "bot-secret").write_text("the-bots-secret\n", encoding="utf-8")


@pytest.fixture
def robot(wecom: WeCom, monkeypatch: pytest.MonkeyPatch) -> WeCom:
    """A smart bot that nobody has connected to."""

    async def make(fake: WeComFake) -> None:
        fake.bot()

    wecom.do(make)
    monkeypatch.setenv("CHENLIAN_WECOM_BOT_URL", wecom.fake.socket_url)
    return wecom


def code_in(printed: str) -> str:
    found = CODE.search(printed)
    assert found, printed
    return found[1]


def test_an_app_is_set_up_without_a_question_and_what_to_paste_is_printed(run: Run, wecom: WeCom, folder: Path) -> None:
    result = run("init", "--yes", *APP, *BANK)
    assert result.exit_code == 1
    assert "域名查不到" in result.stderr
    assert not (folder / ".env").exists()
    result = run("init", "--yes", "--no-check", *APP, *BANK)
    assert result.exit_code == 0, result.output
    settings = Settings.load({}, Path(".env"))
    assert settings.wecom_agent_id == WeComFake.agent_id
    token, key = settings.wecom_callback_token, settings.wecom_callback_aes_key
    assert token
    assert key
    raw = base64.b64decode(key.get_secret_value() + "=")
    assert base64.b64encode(raw).decode() == key.get_secret_value() + "=", "32 bytes, and no bit that means nothing"
    assert f"Token  {token.get_secret_value()}\n" in result.output
    assert f"EncodingAESKey  {key.get_secret_value()}\n" in result.output
    assert f"URL  {ADDRESS}/wecom/callback\n" in result.output
    assert result.output.index("chenlian serve") < result.output.index("按“保存”") < result.output.index("check --live")
    assert WeComFake.secret not in result.output
    assert "Telegram" not in result.output
    assert "欢迎" in try_code(f"sqlite:///{folder}/var/chenlian.db", code_in(result.output).upper(), "chenming", "1")


def test_run_again_it_keeps_what_the_console_knows(run: Run, wecom: WeCom, folder: Path) -> None:
    run("init", "--yes", "--no-check", *APP, *BANK)
    before = (folder / ".env").read_text(encoding="utf-8")
    result = run("init", "--yes", "--no-check")
    assert result.exit_code == 0, result.output
    assert (folder / ".env").read_text(encoding="utf-8") == before


def test_asked_field_by_field_as_the_console_has_them(answer: Answer, wecom: WeCom) -> None:
    answers = ("1", "2", WeComFake.corp_id, str(WeComFake.agent_id), WeComFake.secret)
    token, key = "a" * 32, "b" * 43
    result = answer(*answers, "https://127.0.0.1", "2", "short!", token, "x", key, *ME)
    assert result.exit_code == 0, result.output
    for field in ("企业ID（我的企业 › 企业信息）", "AgentId（应用管理", "Secret（同一页", "设置API接收"):
        assert field in result.output
    assert "✓ 企业微信认这个应用：「晨练」，可见范围里直接选了 0 位成员、1 个部门" in result.output
    assert "企业微信从外面连不到" in result.output
    assert "这不是 Token" in result.output
    assert "正好是 43 个字母和数字" in result.output
    assert "打开企业微信的工作台，点「晨练」" in result.output
    values = dotenv_values(".env")
    assert (values["CHENLIAN_WECOM_CALLBACK_TOKEN"], values["CHENLIAN_WECOM_CALLBACK_AES_KEY"]) == (token, key)
    assert token not in result.output
    assert "照旧" in result.output, "who pasted them has them"


def test_enter_keeps_them_and_another_answer_changes_one(run: Run, answer: Answer, wecom: WeCom) -> None:
    run("init", "--yes", "--no-check", *APP, *BANK)
    before = dotenv_values(".env")
    result = answer("", "", "", "", "https://127.0.0.1", "2", "", "c" * 43, "", "", "", "", "", "")
    assert result.exit_code == 0, result.output
    changed = {key for key, value in dotenv_values(".env").items() if value != before[key]}
    assert changed == {"CHENLIAN_PUBLIC_URL", "CHENLIAN_WECOM_CALLBACK_AES_KEY"}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--corp-id", "ww0wrong", "没有这个企业ID（错误码 40013）。请到管理后台“我的企业 › 企业信息”"),
        ("--agent-id", "1000009", "不是 AgentId 为 1000009 的应用的（错误码 301002）"),
        ("--secret-file", "bot-secret", "企业微信不认这个 Secret（错误码 40001）"),
        ("--agent-id", "first", "AgentId 是一个数"),
    ],
)
def test_a_wrong_field_is_told_in_a_sentence_and_nothing_is_written(
    run: Run, wecom: WeCom, folder: Path, option: str, value: str, said: str
) -> None:
    result = run("init", "--yes", *APP, option, value, *BANK)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "the-bots-secret" not in result.output
    assert len(wecom.fake.called("gettoken")) <= 1
    assert not (folder / ".env").exists()


def test_a_wrong_secret_is_never_shown_twice_and_three_are_enough(answer: Answer, wecom: WeCom, folder: Path) -> None:
    same = ("", "", "wrong-1")
    again = ("1", *same, *same)
    result = answer(
        "1", "2", WeComFake.corp_id, "1000002", "wrong-1", *again, "", "", "wrong-2", "1", "", "", "wrong-3"
    )
    assert result.exit_code == 1
    assert result.output.count("刚才已经被拒绝，不再去问") == 2
    assert len(wecom.fake.called("gettoken")) == 3
    assert "已经错了 3 次" in result.output
    assert "wrong-1" not in result.output
    assert not (folder / ".env").exists()


def test_a_mended_secret_goes_on_where_it_was(answer: Answer, wecom: WeCom) -> None:
    first = ("1", "2", WeComFake.corp_id, "1000002", "wrong")
    result = answer(*first, "1", "", "", WeComFake.secret, "https://127.0.0.1", "2", "", "", *ME)
    assert result.exit_code == 0, result.output
    assert dotenv_values(".env")["CHENLIAN_WECOM_SECRET"] == WeComFake.secret


def test_an_address_not_let_in_yet_is_no_fault_and_named_where_it_is_to_be_added(answer: Answer, wecom: WeCom) -> None:
    """The console takes a 企业可信IP only when the callback is saved, and that needs `serve`: init must go on (§8)."""
    wecom.fake.trusted_ips = {"203.0.113.7"}
    keys = (WeComFake.corp_id, "1000002", WeComFake.secret)
    result = answer("1", "2", *keys, "https://127.0.0.1", "2", "", "", *ME)
    assert result.exit_code == 0, result.output
    assert "Secret 是对的" in result.output
    assert "“企业可信IP”里加上 127.0.0.1" in result.output
    assert result.output.index("按“保存”") < result.output.index("“企业可信IP”里加上")


def test_an_app_nobody_sees_and_one_switched_off_are_told(run: Run, wecom: WeCom) -> None:
    wecom.fake.app.scope.parties.clear()
    assert "可见范围是空的" in run("init", "--yes", *APP, *BANK).output
    off = b'{"errcode":0,"errmsg":"ok","agentid":1000002,"name":"x","close":1}'
    wecom.fake.faults.answer_next("agent/get", 200, off)
    assert "停用着" in run("init", "--yes", *APP, *BANK).stderr


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [(502, b"<html>", "不像企业微信的"), (200, b'{"errcode":45009,"errmsg":"x"}', "过一小时再试")],
)
def test_what_is_not_wecom_and_a_wecom_that_has_had_enough_are_told(
    run: Run, wecom: WeCom, status: int, body: bytes, said: str
) -> None:
    wecom.fake.faults.answer_next("gettoken", status, body)
    assert said in run("init", "--yes", *APP, *BANK).stderr


def test_no_network_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENLIAN_WECOM_API_URL", "http://127.0.0.1:1")
    assert "连不上 127.0.0.1" in run("init", "--yes", *APP, *BANK).stderr


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        (["--channel", "wecom"], "--corp-id"),
        (["--channel", "wecom", "--corp-id", "ww1"], "--agent-id"),
        (["--channel", "wecom", "--corp-id", "ww1", "--agent-id", "1"], "--secret-file"),
        (APP[:-2], "--public-url"),
        (["--channel", "wecom-bot"], "--bot-id"),
        (["--channel", "wecom-bot", "--bot-id", "aib"], "--bot-secret-file"),
    ],
)
def test_what_is_missing_is_named_by_its_option(run: Run, wecom: WeCom, given: list[str], lacking: str) -> None:
    result = run("init", "--yes", *given, *BANK)
    assert result.exit_code == 1
    assert f"缺少 {lacking}" in result.stderr


def test_what_the_environment_has_is_used_and_not_written(
    run: Run, folder: Path, wecom: WeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHENLIAN_WECOM_CORP_ID", WeComFake.corp_id)
    monkeypatch.setenv("CHENLIAN_WECOM_AGENT_ID", str(WeComFake.agent_id))
    monkeypatch.setenv("CHENLIAN_WECOM_SECRET_FILE", str(folder / "secret"))
    result = run("init", "--yes", "--channel", "wecom", "--public-url", "https://127.0.0.1", "--no-check", *BANK)
    assert result.exit_code == 0, result.output
    written = set(dotenv_values(".env"))
    assert not written & {"CHENLIAN_WECOM_CORP_ID", "CHENLIAN_WECOM_AGENT_ID", "CHENLIAN_WECOM_SECRET"}
    assert {"CHENLIAN_WECOM_CALLBACK_TOKEN", "CHENLIAN_WECOM_CALLBACK_AES_KEY"} <= written


def test_a_smart_bot_needs_two_values_and_no_address(run: Run, robot: WeCom, folder: Path) -> None:
    result = run("init", "--yes", *BOT, *BANK)
    assert result.exit_code == 0, result.output
    assert "✓ 企业微信认这个机器人" in result.output
    assert "和晨练机器人的单聊，把上面的邀请码发给它" in result.output
    values = dotenv_values(".env")
    assert (values["CHENLIAN_WECOM_BOT_ID"], values["CHENLIAN_WECOM_BOT_SECRET"]) == ("aib0chenlian", "the-bots-secret")
    assert "the-bots-secret" not in result.output
    assert "欢迎" in try_code(f"sqlite:///{folder}/var/chenlian.db", code_in(result.output), "chenming", "1")
    assert run("init", "--yes").exit_code == 0, "again, with what is there"


def test_a_wrong_pair_and_a_bot_without_its_connection_are_told(answer: Answer, robot: WeCom) -> None:
    result = answer("1", "3", "aib0chenlian", "wrong", "1", "", "the-bots-secret", *ME)
    assert result.exit_code == 0, result.output
    assert "不认这一对 Bot ID 和 Secret（错误码 853000）" in result.output
    robot.fake.bot().bot.enabled = False
    result = answer("3", "", "", "2", "", "", "", "", "", "")
    assert "没有开长连接（错误码 846601）" in result.output
    assert result.exit_code == 0, "gone on without"


async def _somebody_serves(url: str) -> None:
    async with Store(url, clock=now, wall=now, words=catalogue(), process="a-serve") as store:
        await store.do(beat)


def test_a_bot_that_our_serve_holds_is_left_alone(run: Run, robot: WeCom, folder: Path) -> None:
    """Another connection would take it over (§7.1)."""
    run("init", "--yes", *BOT, *BANK)
    asyncio.run(_somebody_serves(f"sqlite:///{folder}/var/chenlian.db"))
    result = run("init", "--yes")
    assert result.exit_code == 0, result.output
    assert "所以没有试" in result.output
    assert len(robot.fake.bot().bot.frames) == 1, "only the first time"


def test_nothing_for_now_makes_the_bank_all_the_same(answer: Answer, folder: Path) -> None:
    result = answer("1", "4", *ME)
    assert result.exit_code == 0, result.output
    assert (folder / "var" / "chenlian.db").exists()
    assert "CHENLIAN_TELEGRAM_MODE" not in dotenv_values(".env")


def test_in_english_the_consoles_words_are_quoted(answer: Answer, wecom: WeCom) -> None:
    keys = (WeComFake.corp_id, "1000002", WeComFake.secret)
    result = answer("2", "2", *keys, "https://127.0.0.1", "2", "", "", *ME)
    assert result.exit_code == 0, result.output
    assert "企业ID (我的企业 › 企业信息)" in result.output
    assert "open the workbench (工作台) of WeCom and tap “晨练”" in result.output
