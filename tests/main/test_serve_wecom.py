"""`chenlian serve` as a process with WeCom, alone and beside Telegram."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.migrate import migrate
from tests.fakes.telegram import TelegramFake
from tests.fakes.wecom import CONTACTS, WeComFake, vectors
from tests.fakes.wecom.contacts import Person
from tests.main.conftest import Refused
from tests.main.telegram_line import InThread, telegram_in_a_thread, wecom_in_a_thread
from tests.main.test_serve import free_port, serving


@pytest.fixture
def wecom() -> Iterator[InThread[WeComFake]]:
    with wecom_in_a_thread() as wecom:
        yield wecom


def settings(wecom: InThread[WeComFake], **more: str) -> dict[str, str]:
    return {
        "wecom_corp_id": WeComFake.corp_id,
        "wecom_agent_id": str(WeComFake.agent_id),
        "wecom_secret": WeComFake.secret,
        "wecom_callback_token": vectors.TOKEN,
        "wecom_callback_aes_key": vectors.AES_KEY,
        "wecom_api_url": wecom.url,
    } | more


async def a_stranger_writes(fake: WeComFake) -> str:
    await fake.wait_called("menu/create")
    stranger = fake.user("Stranger", "路人")
    await (await stranger.say("早上好")).wait()
    return (await stranger.wait_for(lambda message: bool(message.text))).text


def test_it_is_verified_hears_answers_hangs_its_menu_and_stops(tmp_path: Path, wecom: InThread[WeComFake]) -> None:
    migrate(f"sqlite:///{tmp_path}/var/chenlian.db")
    contacts = {"wecom_contacts_token": vectors.OTHER_TOKEN, "wecom_contacts_aes_key": vectors.OTHER_AES_KEY}
    with serving(tmp_path, **settings(wecom, **contacts)) as (program, address):

        async def enter(fake: WeComFake) -> None:
            await fake.set_callback(f"{address}/wecom/callback", vectors.TOKEN, vectors.AES_KEY)
            door = f"{address}/wecom/contacts"
            await fake.set_callback(door, vectors.OTHER_TOKEN, vectors.OTHER_AES_KEY, agent=CONTACTS)
            for delivery in fake.staff.join(Person("xinyi", "新一", [1])):
                await delivery.wait()
                assert delivery.taken

        wecom.do(enter)
        assert "还不认识您" in wecom.do(a_stranger_writes)
        ended = program.stop()
    assert (ended.code, ended.err) == (0, "")


def test_beside_telegram_both_are_heard(tmp_path: Path, wecom: InThread[WeComFake]) -> None:
    migrate(f"sqlite:///{tmp_path}/var/chenlian.db")
    with telegram_in_a_thread() as telegram:
        both = settings(wecom, telegram_token=TelegramFake.token, telegram_api_url=telegram.url)
        with serving(tmp_path, **both) as (program, address):

            async def enter(fake: WeComFake) -> None:
                await fake.set_callback(f"{address}/wecom/callback", vectors.TOKEN, vectors.AES_KEY)

            wecom.do(enter)
            assert "还不认识您" in wecom.do(a_stranger_writes)

            async def start(fake: TelegramFake) -> str:
                stranger = fake.user(9001, "路人")
                await stranger.start()
                return (await stranger.wait_for(lambda message: bool(message.text))).text

            assert telegram.do(start)
            ended = program.stop()
    assert (ended.code, ended.err) == (0, "")


def test_a_secret_wecom_does_not_take_is_told_in_one_sentence(refused: Refused, wecom: InThread[WeComFake]) -> None:
    ended = refused("serve", port=str(free_port()), **settings(wecom, wecom_secret="the-wrong-one"))
    assert ended.code == 1
    assert "WeCom refused the app's secret (errcode 40001). Check CHENLIAN_WECOM_CORP_ID" in ended.err
    assert "the-wrong-one" not in ended.err


def test_half_a_wecom_is_refused_before_anything_is_made(folder: Path, refused: Refused) -> None:
    ended = refused("serve", wecom_corp_id="ww1")
    assert (ended.code, ended.out) == (1, "")
    assert "CHENLIAN_WECOM_SECRET is missing, though CHENLIAN_WECOM_CORP_ID is set." in ended.err
    assert not list(folder.glob("var"))
