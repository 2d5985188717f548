"""The switchboard where something breaks: a reply that can't be sent, work that fails, a line that is slow."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest

from bot.chat.channel import Letter, Limits, Receipt, SendError
from bot.chat.incoming import Incoming, Text
from bot.main import Switchboard
from bot.rehearsal.clock import Clock
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.trouble import StoreTrouble
from bot.views import catalogue
from tests.stories.edition import body, publish


class Phones:
    """A channel that does what the test says."""

    name = "phones"
    limits = Limits(text=4000, button_data=64, row=8)

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.breaks = False
        self.pause = 0.0

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        await asyncio.sleep(self.pause)
        if self.breaks:
            raise ZeroDivisionError
        self.sent += letters
        return [Receipt(letter.id) for letter in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        raise SendError("nobody sends files here", permanent=True)


@pytest.fixture
async def board(database_url: str) -> AsyncIterator[Switchboard]:
    migrate(database_url)
    clock = Clock(datetime(2026, 11, 23, tzinfo=UTC))
    async with Store(database_url, clock=clock, wall=clock, words=catalogue(), process="p") as store:
        await store.do(publish, body())
        yield Switchboard(store, {"phones": Phones()})


def phones(board: Switchboard) -> Phones:
    channel = board.channels["phones"]
    assert isinstance(channel, Phones)
    return channel


def event(number: int) -> Incoming:
    return Incoming(channel="phones", event=str(number), address="7", said=Text("早"))


async def test_a_reply_on_its_way_is_waited_for_at_the_end(board: Switchboard) -> None:
    phones(board).pause = 0.3
    await board.hear(event(1))
    assert not phones(board).sent, "the next event need not wait for it"
    await board.finish()
    assert len(phones(board).sent) == 1


async def test_one_that_takes_for_ever_is_not(board: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.main.PATIENCE", 0.05)
    phones(board).pause = 600
    await board.hear(event(1))
    async with asyncio.timeout(20):
        await board.finish()


async def test_a_reply_that_breaks_is_logged_and_left_to_the_courier(
    board: Switchboard, caplog: pytest.LogCaptureFixture
) -> None:
    phones(board).breaks = True
    await board.hear(event(1))
    await board.finish()
    assert "a reply could not be sent" in caplog.text
    phones(board).breaks = False
    board.store.process = "the next one"
    await board.deliver()
    assert len(phones(board).sent) == 1


async def test_an_event_put_aside_is_told_with_its_number(board: Switchboard, caplog: pytest.LogCaptureFixture) -> None:
    await board.hear_failed(event(1), ZeroDivisionError("王芳的答案"))
    await board.finish()
    (letter,) = phones(board).sent
    assert letter.message
    number = next(record.args for record in caplog.records if record.args)
    assert str(number[2]) in letter.message.body  # type: ignore[index] # the log's third word
    await board.hear(event(1))
    await board.finish()
    assert len(phones(board).sent) == 1, "counted as heard"


@pytest.mark.parametrize("error", [StoreTrouble("The database is full."), ZeroDivisionError("odd")])
async def test_work_that_fails_is_logged_and_the_next_time_tried_again(
    board: Switchboard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def fails(*_: object, **__: object) -> int:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("bot.services.day.tick", fails)
        patched.setattr("bot.services.courier.deliver", fails)
        await board.tick()
        await board.deliver()
    assert await board.ready() == ["clock: no tick lately"]
    assert str(error) in caplog.text
    assert ("Traceback" in caplog.text) == isinstance(error, ZeroDivisionError)
    await board.tick()
    assert await board.ready() == []


async def test_a_clock_that_stopped_ticking_is_not_ready(board: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    await board.tick()
    assert await board.ready() == []
    monkeypatch.setattr("bot.main.now", lambda: datetime(2100, 1, 1, tzinfo=UTC))
    assert await board.ready() == ["clock: no tick lately"]


async def test_a_database_that_is_gone_is_not_ready(board: Switchboard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    await board.store.close()
    assert await board.ready() == ["database: StoreTrouble"]
