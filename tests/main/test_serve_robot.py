"""`chenlian serve` as a process with a smart bot: nothing of ours is called, and no address is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.migrate import migrate
from tests.fakes.wecom import WeComFake
from tests.main.conftest import Refused
from tests.main.telegram_line import InThread, wecom_in_a_thread
from tests.main.test_serve import free_port, serving

OURS = {"wecom_bot_id": "aib0chenlian", "wecom_bot_secret": "the-bots-secret"}


@pytest.fixture
def wecom() -> Iterator[InThread[WeComFake]]:
    with wecom_in_a_thread() as wecom:

        async def make(fake: WeComFake) -> None:
            fake.bot()

        wecom.do(make)
        yield wecom


def url(wecom: InThread[WeComFake]) -> str:
    return wecom.url.replace("http://", "ws://")


async def a_stranger_writes(fake: WeComFake) -> str:
    bot = fake.bot()
    await bot.bot.wait_frames("aibot_subscribe", timeout=30)
    asked = await bot.alone(fake.user("Stranger", "路人")).say("早上好")
    return str(await asked.wait(30))


def test_it_connects_hears_answers_and_stops(tmp_path: Path, wecom: InThread[WeComFake]) -> None:
    migrate(f"sqlite:///{tmp_path}/var/chenlian.db")
    with serving(tmp_path, **OURS, wecom_bot_url=url(wecom)) as (program, _):
        assert "还不认识您" in wecom.do(a_stranger_writes)
        ended = program.stop()
    assert (ended.code, ended.err) == (0, "")


def test_a_secret_that_is_not_the_bots_is_told_in_one_sentence(refused: Refused, wecom: InThread[WeComFake]) -> None:
    wrong = OURS | {"wecom_bot_secret": "the-wrong-one"}
    ended = refused("serve", port=str(free_port()), **wrong, wecom_bot_url=url(wecom))
    assert ended.code == 1
    assert "CHENLIAN_WECOM_BOT_SECRET (errcode 853000)" in ended.err
    assert "the-wrong-one" not in ended.err


def test_half_a_bot_is_refused_before_anything_is_made(folder: Path, refused: Refused) -> None:
    ended = refused("serve", wecom_bot_id="aib1")
    assert (ended.code, ended.out) == (1, "")
    assert "CHENLIAN_WECOM_BOT_SECRET is missing, though CHENLIAN_WECOM_BOT_ID is set." in ended.err
    assert not list(folder.glob("var"))
