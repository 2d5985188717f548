"""A branch's group: one on each channel, lost and found, and followed to a new address."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.chat.channel import Receipt
from bot.chat.message import Message
from bot.store import Store, Turn, groups, outbox
from bot.store.outbox import Claimed
from bot.store.tables import LetterRow
from bot.store.turn import Reader
from tests.store.cast import Cast
from tests.store.conftest import MORNING, Clock
from tests.store.test_following import cast, linked

__all__ = ["cast"]
HELLO = Message(body="大家好")


def states(turn: Reader) -> Sequence[tuple[str, str]]:
    rows = turn.session.exec(select(LetterRow).order_by(col(LetterRow.id)))
    return [(row.address, row.state) for row in rows]


def tell(turn: Turn, cast: Cast, once: str) -> list[bool]:
    return [groups.tell_group(turn, group, once, HELLO) for group in groups.hold(turn, cast.branch)]


async def test_a_unit_has_one_group_on_a_channel_and_a_group_one_unit(store: Store, cast: Cast) -> None:
    assert not await store.do(linked, cast), "the same again"
    assert not await store.do(linked, cast, "-300"), "another group of the same branch"
    found = await store.look(groups.at, "telegram", "-100")
    assert found is not None
    assert found.unit_id == cast.branch
    of_unit = await store.look(groups.of_unit, cast.branch, "telegram")
    assert of_unit is not None
    assert of_unit.address == "-100"
    assert await store.look(groups.of_unit, cast.branch, "wecom") is None
    assert await store.look(groups.at, "telegram", "-300") is None


async def test_a_letter_to_a_group_is_promised_once_and_belongs_to_nobody(store: Store, cast: Cast) -> None:
    assert await store.do(tell, cast, "hello/1") == [True]
    assert await store.do(tell, cast, "hello/1") == [False]
    (letter,) = await store.do(outbox.claim, 10, ["telegram"])
    assert (letter.address, letter.message) == ("-100", HELLO)
    assert await store.look(outbox.of_person, cast.zhao, MORNING) == []


def receipts(claimed: Sequence[Claimed]) -> list[Receipt]:
    return [Receipt(letter.id, {"message": "m"}) for letter in claimed]


async def test_a_group_that_lost_us_is_told_nothing_until_we_are_back(store: Store, cast: Cast, clock: Clock) -> None:
    lost = await store.do(groups.lose, "telegram", "-100")
    assert lost is not None
    assert (lost.unit_id, lost.gone_at) == (cast.branch, clock())
    assert await store.do(groups.lose, "telegram", "-100") is None, "known"
    assert await store.do(groups.lose, "telegram", "-404") is None, "nobody's"
    assert await store.do(tell, cast, "hello/1") == []
    back = await store.do(groups.regain, "telegram", "-100")
    assert back is not None
    assert await store.do(tell, cast, "hello/1") == [True]
    assert await store.do(groups.regain, "telegram", "-404") is None


async def test_a_group_that_moves_takes_along_what_is_still_to_be_said(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(tell, cast, "sent")
    await store.do(outbox.close, sent := await store.do(outbox.claim, 10, ["telegram"]), receipts(sent))
    await store.do(tell, cast, "claimed")
    await store.do(outbox.claim, 10, ["telegram"])
    await store.do(tell, cast, "waiting")
    await store.do(groups.lose, "telegram", "-100")
    await store.do(groups.move, "telegram", "-100", "-200")
    assert await store.look(states) == [("-100", "sent"), ("-200", "claimed"), ("-200", "waiting")]
    moved = await store.look(groups.at, "telegram", "-200")
    assert moved is not None
    assert moved.gone_at is None, "where it went we can write"
    await store.do(groups.move, "telegram", "-100", "-200")
    await store.do(groups.move, "telegram", "-200", "-200")
    assert await store.look(groups.at, "telegram", "-100") is None
    assert await store.look(groups.at, "telegram", "-200") is not None, "told twice, moved once"


async def test_what_waits_for_an_unlinked_group_is_not_said(store: Store, cast: Cast) -> None:
    await store.do(tell, cast, "waiting")
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)

    def unlinked(turn: Turn) -> None:
        group = groups.at(turn, "telegram", "-100")
        assert group is not None
        groups.unlink(turn, group)

    await store.do(unlinked)
    assert await store.look(states) == [("-100", "dropped"), ("77", "waiting")]
    assert await store.look(groups.of_unit, cast.branch, "telegram") is None
    assert await store.do(linked, cast), "and may be linked again"
