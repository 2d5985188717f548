import asyncio
from dataclasses import replace

import pytest

from bot.router import menu_of
from bot.views import catalogue
from bot.wecom.trouble import SecretRefused
from tests.fakes.wecom import User, WeComFake, vectors
from tests.telegram.conftest import Ears
from tests.wecom.conftest import KEYS
from tests.wecom.door import door, listening

COMMANDS = {language: menu_of(words) for language, words in catalogue().items()}


async def test_the_menu_is_hung_and_pressing_it_is_a_tap(fake: WeComFake, fang: User) -> None:
    ears = Ears()
    async with door(fake) as ours:
        await ours.edge.hang_menu(COMMANDS)
        assert await ours.edge.hang_menu(COMMANDS, in_groups=True) is False
        async with listening(ours.edge, ears):
            await fake.set_callback(ours.url, vectors.TOKEN, vectors.AES_KEY)
            await fake.wait_called("menu/create")
            await asyncio.sleep(0.05)
            await (await fang.click("今天")).wait()
            await (await fang.click("错题本")).wait()
    assert ears.words == ["/today", "/book"]


async def test_without_commands_there_is_no_menu(fake: WeComFake) -> None:
    async with door(fake) as ours, listening(ours.edge, Ears()):
        await fake.wait_called("gettoken")
        await asyncio.sleep(0.05)
    assert fake.called("menu/create") == []


async def test_a_secret_that_is_not_taken_ends_the_listening_with_a_sentence(fake: WeComFake) -> None:
    async with door(fake, keys=replace(KEYS, secret="wrong")) as ours:
        with pytest.raises(ExceptionGroup) as raised:
            await ours.edge.listen(Ears().hear, Ears().park, stop=asyncio.Event())
    assert raised.group_contains(SecretRefused, match="CHENLIAN_WECOM_SECRET")
    assert len(fake.called("gettoken")) == 1


async def test_wecom_away_at_the_start_keeps_nobody_from_being_heard(
    fake: WeComFake, fang: User, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.answer_next("gettoken", 502, times=3)
    fake.faults.fail_next("menu/create", 60020)
    ears = Ears()
    async with door(fake) as ours:
        await ours.edge.hang_menu(COMMANDS)
        async with listening(ours.edge, ears):
            await fake.set_callback(ours.url, vectors.TOKEN, vectors.AES_KEY)
            await (await fang.say("早")).wait()
            await fake.wait_called("menu/create", 2)
    assert ears.words == ["早"]
    assert caplog.text.count("WeCom can't be called") == 1


async def test_a_menu_that_is_not_taken_is_not_vital(fake: WeComFake, caplog: pytest.LogCaptureFixture) -> None:
    fake.faults.fail_next("menu/create", 40016)
    async with door(fake) as ours:
        await ours.edge.hang_menu(COMMANDS)
        async with listening(ours.edge, Ears()):
            await fake.wait_called("menu/create")
            await asyncio.sleep(0.05)
    assert "does not take the menu" in caplog.text
    assert len(fake.called("menu/create")) == 1
