"""The line to Telegram in bad weather."""

import asyncio
import logging

import pytest

from bot.telegram.start import TelegramEdge
from bot.telegram.trouble import ChannelRefused
from tests.fakes.telegram import TelegramFake, User
from tests.telegram.conftest import QUICK, Ears, listening


async def test_a_last_word_that_is_not_taken_does_no_harm(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    async with listening(edge, ears):
        await ears.until(lambda: bool(ears.heard))
        fake.fail_next("getUpdates", 502, "Bad Gateway")
    assert fake.called("getUpdates")[-1].status == 502


@pytest.mark.parametrize("trouble", ["drop", "502", "429", "nonsense"])
async def test_trouble_on_the_line_passes(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture, trouble: str
) -> None:
    caplog.set_level(logging.INFO, "bot")
    if trouble == "drop":
        fake.drop_response_next("getUpdates", 3)
    elif trouble == "429":
        fake.fail_next("getUpdates", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
    else:
        fake.fail_next("getUpdates", 502 if trouble == "502" else 299, "Bad Gateway", times=3)
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])
    assert caplog.text.count("Telegram can't be heard") == 1
    assert caplog.text.count("Telegram is heard again") == 1
    assert edge.pulse.trouble == ""


async def test_what_our_own_library_stumbles_over_is_one_more_trouble(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = iter([True])

    async def stumble(*_: object, **__: object) -> bool:
        if next(fails, False):
            raise KeyError("result")
        return True

    monkeypatch.setattr("telegram.Bot.delete_webhook", stumble)
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])


async def test_a_second_listener_is_told_once_and_waited_for(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    why = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    fake.fail_next("getUpdates", 409, why, times=4)
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])
    assert caplog.text.count("somebody else listens") == 1
    assert len(fake.called("getUpdates")) >= 5


@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
async def test_a_token_that_is_not_taken_ends_it(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, method: str
) -> None:
    fake.fail_next(method, 401, "Unauthorized")
    with pytest.raises(ChannelRefused, match="CHENLIAN_TELEGRAM_TOKEN"):
        await edge.listen(ears.hear, ears.park, stop=asyncio.Event())
    assert edge.pulse.trouble == "refused"


async def test_a_token_taken_back_still_lets_us_finish(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["/start"] = done.wait
    task = asyncio.create_task(edge.listen(ears.hear, ears.park, stop=asyncio.Event()))
    await ears.until(lambda: bool(ears.heard))
    fake.fail_next("getUpdates", 401, "Unauthorized")
    await asyncio.sleep(QUICK.settle * 2)
    assert not task.done()
    ears.does["/start"] = asyncio.Event().wait
    done.set()
    with pytest.raises(ChannelRefused):
        await task
    assert ears.words == ["/start"]


async def test_a_listener_told_to_stop_before_it_began_does_nothing(
    fake: TelegramFake, edge: TelegramEdge, ears: Ears
) -> None:
    stop = asyncio.Event()
    stop.set()
    await edge.listen(ears.hear, ears.park, stop=stop)
    assert fake.confirmed == 0


async def test_what_is_not_for_us_is_counted_and_passed_by(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    fake.updates[await fang.say("一个机器人说的")]["message"]["from"]["is_bot"] = True
    unreadable = await fang.say("王芳的秘密")
    fake.updates[unreadable]["message"]["chat"] = "?"
    await fang.say("后")
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start", "后"])
    assert edge.pulse.ignored == {"message": 1, "unreadable": 1}
    assert "秘密" not in caplog.text
    assert fake.confirmed == max(fake.updates) + 1


async def test_an_answer_that_is_no_list_is_nothing_heard(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fakes.telegram import server

    odd = iter([True])
    real = server.METHODS["getupdates"]
    monkeypatch.setitem(server.METHODS, "getupdates", lambda *given: next(odd, None) or real(*given))
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])
