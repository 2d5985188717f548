"""The smart bot's events, taken in hand and heard in order."""

import asyncio

from tests.fakes.wecom import BotRoom
from tests.wecom.lines import Talk


async def test_an_event_that_fails_is_tried_and_then_parked(talk: Talk, room: BotRoom) -> None:
    async def fail() -> None:
        raise RuntimeError("no database")

    talk.does = fail
    await room.say("早")
    await talk.until(lambda: bool(talk.parked))
    assert len(talk.heard) == 2


async def test_one_persons_events_are_heard_in_their_order(talk: Talk, room: BotRoom) -> None:
    async def slowly() -> None:
        await asyncio.sleep(0.005)

    talk.does = slowly
    for number in range(5):
        await room.say(str(number))
    await talk.until(lambda: len(talk.heard) == 5)
    assert [getattr(one.said, "text", "") for one in talk.heard] == list("01234")


async def test_a_thumb_is_counted_and_left(talk: Talk, room: BotRoom) -> None:
    await room.judge("f", good=False)
    await talk.until(lambda: bool(talk.edge.ignored))
    assert not talk.heard


async def test_files_are_fetched(talk: Talk, room: BotRoom) -> None:
    await room.send_file("a.xlsx", b"123456")
    await room.send_image(b"a picture")
    await room.send_video(b"a long film")
    await talk.until(lambda: len(talk.heard) == 3)
    brought = [await talk.edge.channel.fetch(getattr(one.said, "media", ""), 100) for one in talk.heard]
    assert brought == [b"123456", b"a picture", b"a long film"]


async def test_it_has_no_menu(talk: Talk) -> None:
    assert not await talk.edge.hang_menu({})
