"""Hearing: every event once, in order, neither lost nor in the way of others."""

import asyncio
from functools import partial
from random import Random

import pytest

from bot.chat.incoming import Other, Tap
from bot.telegram.start import TelegramEdge, telegram_edge
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.telegram.conftest import QUICK, Ears, listening


async def boom() -> None:
    raise ValueError("王芳的秘密")


async def test_what_is_said_and_pressed_is_heard(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])
        number = await fang.say("/me@chenlian_fake_bot")
        query = await fang.tap_raw("a:1:0", 77)
        await ears.until(lambda: len(ears.heard) == 3)
        last = ears.heard[-1]
        assert [each.event for each in ears.heard[1:]] == [str(number), str(number + 1)]
        assert (last.said, last.address) == (Tap("a:1:0"), "1001")
        assert last.handle == {"chat_id": "1001", "message_id": "77", "callback_id": query.id}
        await fang.start("CODE")
        await ears.until(lambda: ears.words[-1] == "/start CODE")
    assert fake.confirmed == max(fake.updates) + 1
    assert edge.pulse.heard is not None


async def test_a_voice_a_photo_and_a_video_are_brought(edge: TelegramEdge, fang: User, ears: Ears) -> None:
    async with listening(edge, ears):
        await fang.send_voice(b"OggS and sound")
        await fang.send_photo(b"\xff\xd8\xff a picture")
        await fang.send_video(b"a film")
        await ears.until(lambda: len(ears.heard) == 4)
        said = [each.said for each in ears.heard[1:] if isinstance(each.said, Other)]
        assert [one.kind for one in said] == ["voice", "photo", "video"]
        brought = [await edge.channel.fetch(one.media, 100) for one in said]
    assert brought == [b"OggS and sound", b"\xff\xd8\xff a picture", b"a film"]
    assert [one.size for one in said] == [len(data) for data in brought]


async def test_it_takes_the_place_of_a_webhook(fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears) -> None:
    await ask(fake, "setWebhook", url="https://old.example.cn/")
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start"])
    assert fake.webhook == {}


async def test_an_event_is_confirmed_only_when_it_is_done(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["/start"] = done.wait
    async with listening(edge, ears):
        await ears.until(lambda: bool(ears.heard))
        await fake.wait_called("getUpdates", 3)
        assert fake.confirmed == min(fake.updates)  # nothing below it was there
        done.set()
        await fang.say("二")
        await ears.until(lambda: len(ears.heard) == 2)
    assert ears.words == ["/start", "二"]
    assert fake.confirmed == max(fake.updates) + 1


async def test_a_crash_while_hearing_moves_nothing_and_the_event_comes_again(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    never = asyncio.Event()
    ears.does["/start"] = never.wait
    task = asyncio.create_task(edge.listen(ears.hear, ears.park, stop=asyncio.Event()))
    await ears.until(lambda: bool(ears.heard))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert fake.confirmed == 0
    ears.does.clear()
    async with telegram_edge(fake.token, fake.url, Random(2), pace=QUICK) as reborn, listening(reborn, ears):
        await ears.until(lambda: len(ears.heard) == 2)
    assert ears.heard[0] == ears.heard[1]


async def test_a_crash_between_commit_and_confirmation_brings_the_same_event_again(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    async with listening(edge, ears):
        await ears.until(lambda: len(ears.heard) == 1)
    fake.redeliver(int(ears.heard[0].event))
    async with listening(edge, ears):
        await ears.until(lambda: len(ears.heard) == 2)
    assert ears.heard[0].event == ears.heard[1].event


async def test_one_who_is_slow_keeps_nobody_waiting(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["慢"] = done.wait
    qiang = fake.user(1002, "李强")
    async with listening(edge, ears):
        slow = await fang.say("慢")
        await fang.say("后")
        await qiang.start()
        await ears.until(lambda: "/start" in ears.words[1:])
        for count, word in enumerate(["一", "二", "三"], 4):
            await qiang.say(word)
            await ears.until(partial(lambda many: len(ears.heard) == many, count))
        await fake.wait_called("getUpdates", len(fake.called("getUpdates")) + 2)
        assert fake.confirmed == slow
        assert "后" not in ears.words
        done.set()
        await ears.until(lambda: ears.words[-1] == "后")
    assert len(ears.heard) == len({each.event for each in ears.heard}) == 7
    assert fake.confirmed == max(fake.updates) + 1


async def test_one_persons_events_keep_their_order(edge: TelegramEdge, fang: User, ears: Ears) -> None:
    words = [str(n) for n in range(30)]
    for word in words:
        ears.does[word] = lambda: asyncio.sleep(0.001)
        await fang.say(word)
    async with listening(edge, ears):
        await ears.until(lambda: len(ears.heard) == 31)
    assert ears.words[1:] == words


async def test_an_event_that_fails_once_is_heard_again(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    async def once() -> None:
        if ears.words.count("/start") == 1:
            await boom()

    ears.does["/start"] = once
    async with listening(edge, ears):
        await ears.until(lambda: ears.words == ["/start", "/start"])
    assert ears.parked == []
    assert "try 1 (ValueError at " in caplog.text
    assert "秘密" not in caplog.text


async def test_a_poisonous_event_is_parked_and_the_next_one_heard(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    ears.does["毒"] = boom
    async with listening(edge, ears):
        await fang.say("毒")
        await fang.say("药")
        await ears.until(lambda: "药" in ears.words)
    assert ears.words == ["/start", "毒", "毒", "毒", "药"]
    assert ears.parked == [("毒", "ValueError")]
    assert fake.confirmed == max(fake.updates) + 1


async def test_what_can_not_even_be_parked_is_not_forgotten(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    ears.does["/start"], ears.parking_fails = boom, 1
    async with listening(edge, ears):
        await ears.until(lambda: bool(ears.parked))
    assert len(ears.heard) == 6
    assert ears.parked == [("/start", "ValueError")]


async def test_leaving_does_not_wait_for_what_keeps_failing(
    fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears
) -> None:
    ears.does["/start"], ears.parking_fails = boom, 1_000_000
    async with listening(edge, ears):
        await fang.say("后")
        await ears.until(lambda: len(ears.heard) > 5)
    assert fake.confirmed <= min(fake.updates)
    assert set(ears.words) == {"/start"}


async def test_leaving_finishes_what_is_in_hand(fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears) -> None:
    done = asyncio.Event()
    ears.does["/start"] = done.wait
    await fang.say("后")
    async with listening(edge, ears) as stop:
        await ears.until(lambda: bool(ears.heard))
        stop.set()
        await asyncio.sleep(QUICK.settle * 2)
        done.set()
    assert ears.words == ["/start", "后"]
    assert fake.confirmed == max(fake.updates) + 1


async def test_leaving_does_not_wait_for_a_poll(fake: TelegramFake, edge: TelegramEdge, fang: User, ears: Ears) -> None:
    async with listening(edge, ears):
        await fake.wait_called("getUpdates", 2)
        assert fake.called("getUpdates")[-1].status == 0
