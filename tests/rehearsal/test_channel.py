from datetime import UTC, datetime

import pytest

from bot.chat.channel import Letter, Receipt
from bot.chat.message import Button, Message
from bot.rehearsal.channel import KEPT, RecordingChannel
from bot.rehearsal.clock import Clock

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(SEVEN)


@pytest.fixture
def channel(clock: Clock) -> RecordingChannel:
    return RecordingChannel(clock)


def letter(number: int, text: str = "早", *buttons: str, **more: object) -> Letter:
    rows = tuple((Button(data, data),) for data in buttons)
    return Letter(id=number, address="1", message=Message(body=text, buttons=rows), **more)  # type: ignore[arg-type] # a test's shorthand


async def test_a_letter_is_written_down_and_shown(channel: RecordingChannel) -> None:
    assert await channel.send([letter(5, "早", "s:9"), letter(6)]) == [
        Receipt(5, {"message": "5"}),
        Receipt(6, {"message": "6"}),
    ]
    assert [(seen.letter, seen.at, seen.event) for seen in channel.record] == [(5, SEVEN, ""), (6, SEVEN, "")]
    assert sorted(channel.phones["1"].messages) == [5, 6]


async def test_a_reply_changes_its_message_in_place(channel: RecordingChannel) -> None:
    await channel.send([letter(5, "题", "a:1:0")])
    handle = {"event": "e1", "message": "5"}
    (receipt,) = await channel.send([letter(6, "对", handle=handle, replaces=True)])
    assert receipt == Receipt(6, {"message": "5"})
    assert channel.phones["1"].messages[5].body == "对"
    assert channel.record[-1].event == "e1"


async def test_a_word_over_a_button_shows_no_message(channel: RecordingChannel) -> None:
    (receipt,) = await channel.send([Letter(id=7, address="1", message=None, toast="这张卡不是您的")])
    assert receipt == Receipt(7)
    assert not channel.phones["1"].messages
    assert channel.record[-1].toast == "这张卡不是您的"


async def test_a_pure_reading_gets_a_number_that_meets_no_letters(channel: RecordingChannel) -> None:
    await channel.send([letter(0), letter(0)])
    assert sorted(channel.phones["1"].messages) == [-2, -1]


async def test_a_phone_finds_the_newest_button_of_a_kind(channel: RecordingChannel, clock: Clock) -> None:
    await channel.send([letter(5, "早", "s:1"), letter(6, "早", "s:2")])
    clock.pass_by(60)
    await channel.send([letter(7, "题", "a:4:0", "a:4:1")])
    phone = channel.phones["1"]
    found = phone.find("s")
    assert found is not None
    assert (found[0], found[1].data) == (6, "s:2")
    assert phone.find("s", since=clock()) is None
    assert phone.find("g") is None
    assert (phone.holding("a:4:"), phone.holding("a:5:")) == (7, 0)


async def test_a_phone_keeps_only_the_last_messages(channel: RecordingChannel) -> None:
    await channel.send([letter(number) for number in range(1, KEPT + 4)])
    assert min(channel.phones["1"].messages) == 4
    assert len(channel.record) == KEPT + 3
