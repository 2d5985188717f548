"""Telegram calls us, over real HTTP: what is taken, what is sent away, and what Telegram is told."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.lines import TELEGRAM_PATH, Lines
from bot.telegram.pace import Pace
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.trouble import ChannelRefused
from bot.telegram.webhook import MOST, Hook
from bot.views import catalogue
from bot.web.app import build
from bot.web.server import reserve, serve
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.telegram.conftest import QUICK, Ears, listening

PUBLIC = "https://drill.example.com"
HOOK = Hook(PUBLIC + TELEGRAM_PATH, "the-secret")
PATIENT = replace(QUICK, watch=0.02)


@dataclass
class Door:
    """Our web server with the webhook on it, and somebody who knocks."""

    edge: TelegramEdge
    address: str
    session: aiohttp.ClientSession

    async def knock(self, body: bytes | dict[str, Any], *, secret: str | None = "the-secret") -> tuple[int, str]:
        """A call as from Telegram: the status, and when to come again."""
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with self.session.post(self.address + TELEGRAM_PATH, data=data, headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status, answer.headers.get("retry-after", "")


async def nothing_amiss() -> list[str]:
    return []


@asynccontextmanager
async def door(fake: TelegramFake, pace: Pace = QUICK) -> AsyncIterator[Door]:
    """The server runs while the block does; nobody listens yet."""
    stop = asyncio.Event()
    fake.delivery.speed = 100
    with reserve("127.0.0.1", 0) as socket:
        address = f"http://127.0.0.1:{socket.getsockname()[1]}"
        fake.resolve(PUBLIC, address)
        async with (
            telegram_edge(fake.token, fake.url, Random(1), hook=HOOK, pace=pace) as edge,
            aiohttp.ClientSession() as session,
        ):
            app = build(None, catalogue()["zh-CN"], nothing_amiss, Lines(edge).hooks)
            task = asyncio.create_task(serve(app, socket, stop, lambda _port: None))
            yield Door(edge, address, session)
            stop.set()
            await task


def text(number: int, words: str, who: int = 1001) -> dict[str, Any]:
    """An update as Telegram writes it: somebody's words."""
    person = {"id": who, "is_bot": False, "first_name": "王"}
    chat = {"id": who, "type": "private", "first_name": "王"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": person, "text": words}
    return {"update_id": number, "message": message}


async def boom() -> None:
    raise ValueError("王芳的秘密")


async def test_telegram_is_told_where_to_call_and_what_is_said_is_heard(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        number = await fang.say("早")
        await ears.until(lambda: ears.words == ["/start", "早"])
        await fake.delivery.wait_idle()
        [told] = fake.called("setWebhook")
    assert fake.webhook == {"url": HOOK.url, "secret_token": HOOK.secret}, "and it stays when we leave"
    assert set(told.params) >= {"allowed_updates", "max_connections"}
    assert fake.delivery.delivered == [number - 1, number]
    assert fake.called("getUpdates") == []
    assert ours.edge.pulse.heard is not None


async def test_a_call_is_answered_only_when_its_turn_is_done_and_keeps_nobody_waiting(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["慢"] = done.wait
    qiang = fake.user(1002, "李强")
    async with door(fake) as ours, listening(ours.edge, ears):
        slow = await fang.say("慢")
        await fang.say("后")
        await ears.until(lambda: "慢" in ears.words)
        await qiang.start()
        for count, word in enumerate(["一", "二", "三"], 4):
            await qiang.say(word)
            await ears.until(partial(lambda many: len(ears.heard) == many, count))
        assert slow not in fake.delivery.delivered
        assert "后" not in ears.words
        done.set()
        await fake.delivery.wait_idle()
    assert ears.words[-1] == "后"
    assert fake.delivery.tries[-1].status == 200


async def test_an_answer_that_is_lost_brings_the_same_event_again(fake: TelegramFake, fang: User, ears: Ears) -> None:
    fake.delivery.deaf = 1
    async with door(fake) as ours, listening(ours.edge, ears):
        await fake.delivery.wait_idle()
    assert ears.words == ["/start", "/start"]
    assert ears.heard[0].event == ears.heard[1].event, "by which the database knows that it has heard it"


async def test_one_persons_twenty_words_keep_their_order_and_a_late_one_finds_its_place(ears: Ears) -> None:
    done = asyncio.Event()
    ears.does["0"] = done.wait
    async with TelegramFake() as fake, door(fake) as ours, listening(ours.edge, ears):
        await fake.wait_called("setWebhook")
        calls = [asyncio.create_task(ours.knock(text(1, "0")))]
        await ears.until(lambda: ears.words == ["0"])
        late = (3, 2, *range(4, 21))  # the second was sent away once, and comes after the third
        calls += [asyncio.create_task(ours.knock(text(number, str(number - 1)))) for number in late]
        while ours.edge.in_hand < len(calls):  # noqa: ASYNC110 -- the server rings no bell
            await asyncio.sleep(0.01)
        done.set()
        assert {status for status, _ in await asyncio.gather(*calls)} == {200}
    assert ears.words == [str(number) for number in range(20)]


async def test_more_than_we_can_hold_is_asked_to_come_later_and_none_is_lost(fake: TelegramFake, ears: Ears) -> None:
    done = asyncio.Event()
    people = [fake.user(2000 + number, f"员工{number}") for number in range(12)]
    for number in range(12):
        ears.does[f"/start {number}"] = done.wait
    async with door(fake, replace(QUICK, most=3)) as ours, listening(ours.edge, ears):
        for number, someone in enumerate(people):
            await someone.start(str(number))
        await ears.until(lambda: len(ears.heard) == 3)
        assert await ours.knock(text(1, "早")) == (503, "2")
        done.set()
        await fake.delivery.wait_idle(10)
    assert sorted(ears.words) == sorted(f"/start {number}" for number in range(12))


async def test_a_turn_that_takes_too_long_is_in_hand_still_when_the_call_comes_again(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["/start"] = done.wait
    async with door(fake, replace(QUICK, patience=0.05)) as ours, listening(ours.edge, ears):
        while len(fake.delivery.tries) < 3:  # noqa: ASYNC110 -- any number of tries may come
            await asyncio.sleep(0.01)
        done.set()
        await fake.delivery.wait_idle()
    assert ears.words == ["/start"], "heard once"
    assert {each.status for each in fake.delivery.tries[:-1]} == {503}


async def test_a_poisonous_event_is_parked_and_telegram_is_rid_of_it(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    ears.does["/start"] = boom
    async with door(fake) as ours, listening(ours.edge, ears):
        await fake.delivery.wait_idle()
    assert ears.parked == [("/start", "ValueError")]
    assert [each.status for each in fake.delivery.tries] == [200]


async def test_leaving_finishes_what_is_in_hand_and_leaves_the_rest_to_telegram(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    done = asyncio.Event()
    ears.does["/start"] = done.wait
    async with door(fake) as ours:
        async with listening(ours.edge, ears) as stop:
            await ears.until(lambda: bool(ears.heard))
            stop.set()
            done.set()
        await fake.delivery.wait_idle()
        assert await ours.knock(text(99, "后")) == (503, "2")
        failing = Ears()
        failing.does["坏"], failing.parking_fails = boom, 1_000_000
        async with listening(ours.edge, failing):
            bad = await fang.say("坏")
            await failing.until(lambda: len(failing.heard) > 5)
    assert bad not in fake.delivery.delivered, "what kept failing comes again, to the next process"


@pytest.mark.parametrize("secret", [None, "", "the-secre", "the-secret-", "密码"])
async def test_who_does_not_bring_the_secret_is_not_even_read(
    fake: TelegramFake, ears: Ears, secret: str | None
) -> None:
    async with door(fake) as ours, listening(ours.edge, ears):
        await fake.wait_called("setWebhook")
        assert await ours.knock(b"x" * (MOST + 1), secret=secret) == (403, "")
    assert ears.heard == []


async def test_what_is_no_update_is_taken_and_counted_so_that_it_does_not_come_for_ever(
    fake: TelegramFake, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with door(fake) as ours, listening(ours.edge, ears):
        await fake.wait_called("setWebhook")
        for body in (b"", b"\xff\xfe", b"[]", b'{"update_id": "1"}', b'{"update_id": true}', b"[" * 90_000):
            assert await ours.knock(body) == (200, ""), body[:20]
        assert await ours.knock({"update_id": 7, "message": {"secret": "王芳"}}) == (200, "")
        assert await ours.knock({"update_id": 8, "something_new": {}}) == (200, "")
        assert await ours.knock(b" " * (MOST + 1)) == (413, "")
        assert await ours.knock(text(9, "早")) == (200, "")
        async with ours.session.get(ours.address + TELEGRAM_PATH) as answer:
            assert answer.status == 405
    assert ears.words == ["早"]
    assert ours.edge.pulse.ignored["unreadable"] == 7
    assert "王芳" not in caplog.text


async def test_a_webhook_that_somebody_took_away_is_set_again(fake: TelegramFake, fang: User, ears: Ears) -> None:
    async with door(fake, PATIENT) as ours, listening(ours.edge, ears):
        await fake.wait_called("setWebhook")
        await ask(fake, "deleteWebhook")
        await fake.wait_called("setWebhook", 2)
        await fang.say("还在")
        await ears.until(lambda: "还在" in ears.words)


async def test_what_telegram_says_of_our_answers_is_told_once(
    fake: TelegramFake, fang: User, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    never = asyncio.Event()
    ears.does["/start"] = never.wait
    async with door(fake, replace(PATIENT, patience=0.01)) as ours, listening(ours.edge, ears):
        before = len(fake.called("getWebhookInfo"))
        fake.delivery.speed = 0.01  # one try, at once another, and then a long pause
        await fake.wait_called("getWebhookInfo", before + 6)
        never.set()
    assert 1 <= caplog.text.count("Telegram could not bring an update: Wrong response from the webhook: 503") <= 2


async def test_the_token_is_refused_in_a_word(fake: TelegramFake, ears: Ears) -> None:
    async with telegram_edge("1:wrong", fake.url, Random(1), hook=HOOK, pace=QUICK) as edge:
        with pytest.raises(ChannelRefused):
            await edge.listen(ears.hear, ears.park, stop=asyncio.Event())
    assert edge.pulse.trouble == "refused"
