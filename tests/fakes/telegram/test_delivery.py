"""The webhook: telegram.md §2.8."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from aiohttp import web

from tests.fakes.bell import Bell
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.asking import ask
from tests.fakes.telegram.conftest import Clock
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.updates import Updates

PUBLIC = "https://bank.example.cn"


class Ears:
    """The bot's end of the webhook: what it heard, and the statuses it will answer with (200 when none are left)."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.secrets: set[str | None] = set()
        self.answers: list[web.Response] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.bell = Bell()
        self.url = ""

    async def hear(self, request: web.BaseRequest) -> web.Response:
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update: JSON = await request.json()
        self.heard.append(update["update_id"])
        self.bell.ring()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, enough: Callable[[list[int]], bool]) -> None:
        assert await self.bell.until(lambda: enough(self.heard) or None, 5), self.heard


@pytest_asyncio.fixture
async def ears(fake: TelegramFake) -> AsyncIterator[Ears]:
    ears = Ears()
    runner = web.ServerRunner(web.Server(ears.hear))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ears.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    fake.resolve(PUBLIC, ears.url)
    fake.delivery.speed = 1000
    yield ears
    await runner.cleanup()


async def connect(fake: TelegramFake, secret: str = "", connections: int = 40) -> None:
    url = f"{PUBLIC}/telegram/webhook"
    status, body = await ask(fake, "setWebhook", url=url, secret_token=secret, max_connections=connections)
    assert status == 200, body


async def info(fake: TelegramFake) -> JSON:
    told: JSON = (await ask(fake, "getWebhookInfo"))[1]["result"]
    return told


async def test_updates_come_with_the_secret_those_that_waited_first(fake: TelegramFake, fang: User, ears: Ears) -> None:
    second = await fang.say("二")
    await connect(fake, secret="s3cret")
    third = await fang.say("三")
    await fake.delivery.wait_idle()
    assert ears.heard == [second - 1, second, third] == fake.delivery.delivered
    assert ears.secrets == {"s3cret"}
    assert (await info(fake))["pending_update_count"] == 0


async def test_one_persons_messages_come_one_by_one_and_different_people_at_once(
    fake: TelegramFake, ears: Ears
) -> None:
    await connect(fake)
    ears.gate.clear()
    people = [fake.user(1000 + number, "同事") for number in range(3)]
    firsts = [await person.start() for person in people]
    seconds = [await person.say("二") for person in people]
    press = await people[0].tap_raw("a", 1)
    await ears.until(lambda heard: len(heard) == 4)
    assert set(ears.heard) == {*firsts, press.update_id}, "a press has a lane of its own"
    assert (await info(fake))["pending_update_count"] == 7
    ears.gate.set()
    await fake.delivery.wait_idle()
    assert set(ears.heard[4:]) == set(seconds)
    assert fake.delivery.most_at_once == 4


async def test_no_more_than_max_connections_at_once(fake: TelegramFake, ears: Ears) -> None:
    await connect(fake, connections=2)
    ears.gate.clear()
    for number in range(5):
        await fake.user(1000 + number).start()
    await ears.until(lambda heard: len(heard) == 2)
    ears.gate.set()
    await fake.delivery.wait_idle()
    assert (len(ears.heard), fake.delivery.most_at_once) == (5, 2)


async def test_what_is_not_taken_comes_again_at_once_and_then_ever_later(
    fake: TelegramFake, fang: User, ears: Ears
) -> None:
    ears.answers = [web.Response(status=status) for status in (500, 403, 302, 500)]
    await connect(fake)
    await fake.delivery.wait_idle()
    assert [one.pause for one in fake.delivery.tries] == [0, 2, 4, 8, None]
    assert (await info(fake))["last_error_message"] == ("Wrong response from the webhook: 500 Internal Server Error")


async def test_it_waits_as_long_as_it_is_asked_to(fake: TelegramFake, fang: User, ears: Ears) -> None:
    for after in ("7", "9999"):
        ears.answers.append(web.Response(status=503, headers={"Retry-After": after}))
    await connect(fake)
    fake.delivery.speed = 1_000_000
    await fake.delivery.wait_idle()
    assert [one.pause for one in fake.delivery.tries] == [7, 3600, None]


async def test_an_answer_lost_on_the_way_brings_the_update_again(fake: TelegramFake, fang: User, ears: Ears) -> None:
    fake.delivery.deaf = 1
    await connect(fake)
    await fake.delivery.wait_idle()
    assert len(ears.heard) == 2
    assert len(set(ears.heard)) == 1
    fake.redeliver(ears.heard[0])
    await fake.delivery.wait_idle()
    assert len(ears.heard) == 3


async def test_nobody_there_and_nobody_answering_are_told(fake: TelegramFake, fang: User, ears: Ears) -> None:
    with socket.socket() as deaf:  # bound, but nobody listens
        deaf.bind(("127.0.0.1", 0))
        fake.resolve(PUBLIC, f"http://127.0.0.1:{deaf.getsockname()[1]}")
        await connect(fake)
        await fake.delivery.bell.until(lambda: fake.delivery.tries or None, 5)
        assert (await info(fake))["last_error_message"] == "Connection refused"
        await ask(fake, "deleteWebhook")
    fake.resolve(PUBLIC, ears.url)
    ears.gate.clear()
    fake.delivery.patience = 0.01
    before = len(fake.delivery.tries)
    await connect(fake)
    await fake.delivery.bell.until(lambda: len(fake.delivery.tries) > before or None, 5)
    assert (await info(fake))["last_error_message"] == "Read timeout expired"
    ears.gate.set()


async def test_a_press_that_is_not_taken_in_150_seconds_is_dropped(
    fake: TelegramFake, fang: User, ears: Ears, clock: Clock
) -> None:
    await connect(fake)
    await fake.delivery.wait_idle()
    ears.answers = [web.Response(status=503, headers={"Retry-After": "151"})]
    await fang.tap_raw("a", 1)
    await fake.delivery.wait_idle()
    assert fake.delivery.tries[-1].status == 503
    assert len(ears.heard) == 2


async def test_without_the_webhook_polling_finds_what_is_left(fake: TelegramFake, fang: User, ears: Ears) -> None:
    ears.answers = [web.Response(status=500) for _ in range(99)]
    await connect(fake)
    await ears.until(lambda heard: len(heard) > 1)
    assert (await ask(fake, "getUpdates"))[0] == 409
    await ask(fake, "deleteWebhook")
    assert [update["update_id"] for update in (await ask(fake, "getUpdates"))[1]["result"]] == [ears.heard[0]]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://bank.example.cn/", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://bank.example.cn:8000/", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ],
)
async def test_telegram_calls_only_https_on_its_ports_and_a_banks_own_server_anything(
    fake: TelegramFake, url: str, why: str
) -> None:
    _, body = await ask(fake, "setWebhook", url=url)
    assert body["description"] == f"Bad Request: {why}"
    fake.local = True
    assert (await ask(fake, "setWebhook", url=url))[0] == 200


async def test_with_limits_the_webhook_is_set_once_a_second(fake: TelegramFake) -> None:
    fake.limits = Limits(speed=0.01)
    assert [(await ask(fake, "setWebhook", url=PUBLIC))[0] for _ in range(2)] == [200, 429]


async def test_with_limits_hasty_polls_are_slowed(clock: Clock) -> None:
    updates = Updates(clock)
    updates.real = clock
    chat = {"chat": {"id": 1}}
    first = updates.push("message", chat)
    updates.push("message", chat)
    assert [len(await updates.poll(0, 100, 0, strict=True)) for _ in range(2)] == [2, 1]
    clock.seconds = 0.6
    assert len(await updates.poll(0, 100, 0, strict=True)) == 2
    hasty = asyncio.create_task(updates.poll(first + 2, 100, 0, strict=True))
    assert await hasty == [], "another offset is served at once"
    hasty = asyncio.create_task(updates.poll(first + 2, 100, 0, strict=True))
    await asyncio.sleep(0)
    updates.push("message", chat)
    assert len(await hasty) == 1, "it had to wait"
