"""One message of a group, told again and again: by letters that follow the first, in order, never in a rush."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.chat.channel import Receipt, SendError
from bot.chat.message import Message
from bot.store import Store, Turn, following, groups, outbox, presence
from bot.store.outbox import Claimed
from bot.store.tables import GroupChat, LetterRow
from bot.store.turn import Reader
from tests.store.cast import Cast, the_cast
from tests.store.conftest import Clock

TELEGRAM = ("telegram",)
GAP = following.GAP.total_seconds()


@pytest.fixture
async def cast(store: Store) -> Cast:
    made = await store.do(the_cast)
    await store.do(linked, made)
    return made


def linked(turn: Turn, cast: Cast, address: str = "-100") -> bool:
    return groups.link(
        turn,
        GroupChat(
            unit_id=cast.branch,
            channel="telegram",
            address=address,
            title="群",
            linked_by=cast.zhao,
            linked_at=turn.now,
        ),
    )


def tells(turn: Turn, cast: Cast, said: str) -> list[bool]:
    """Say how it stands, in every group of the branch."""
    every = groups.hold(turn, cast.branch)
    return [following.keep_told(turn, group, "live/1", Message(body=said), urgency=7) for group in every]


def letters(turn: Reader) -> Sequence[LetterRow]:
    return turn.session.exec(select(LetterRow).order_by(col(LetterRow.id))).all()


def said(claimed: Sequence[Claimed]) -> list[str]:
    return [letter.message.body for letter in claimed if letter.message]


async def sent(store: Store, handle: str = "m1") -> list[Claimed]:
    """What is due goes out."""
    taken = await store.do(outbox.claim, 10, TELEGRAM)
    await store.do(outbox.close, taken, [Receipt(letter.id, {"message": handle}) for letter in taken])
    return taken


async def test_the_first_letter_brings_the_message_and_those_that_follow_change_it(
    store: Store, cast: Cast, clock: Clock
) -> None:
    assert await store.do(tells, cast, "0") == [True]
    (first,) = await sent(store)
    assert (first.address, first.replaces, dict(first.handle)) == ("-100", False, {})
    for n in ("1", "2"):
        clock.move(seconds=GAP)
        await store.do(tells, cast, n)
        (edit,) = await sent(store)
        assert (said([edit]), edit.replaces, dict(edit.handle)) == ([n], True, {"message": "m1"})


async def test_what_waits_is_refreshed_and_no_letter_is_added(store: Store, cast: Cast) -> None:
    for n in ("0", "1", "2", "3"):
        assert await store.do(tells, cast, n) == [True]
    assert len(await store.look(letters)) == 1
    assert said(await sent(store)) == ["3"]
    for n in ("4", "5"):
        await store.do(tells, cast, n)
    assert [row.body["body"] for row in await store.look(letters) if row.body] == ["3", "5"]


async def test_what_has_been_said_is_not_said_again(store: Store, cast: Cast) -> None:
    await store.do(tells, cast, "1")
    assert await store.do(tells, cast, "1") == [False]
    await sent(store)
    assert await store.do(tells, cast, "1") == [False]


async def test_changes_of_a_message_keep_their_distance(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(tells, cast, "0")
    await sent(store)
    seconds = 0.0
    changes = []
    for n in range(1, 41):  # somebody finishes every half second
        clock.move(seconds=0.5)
        seconds += 0.5
        await store.do(tells, cast, str(n))
        changes += [(seconds, body) for body in said(await sent(store))]
    assert [at for at, _ in changes] == [3, 6, 9, 12, 15, 18]
    assert changes[-1][1] == "36"
    clock.move(seconds=GAP)
    assert said(await sent(store)) == ["40"], "the last state is told, whatever was left out"


async def test_a_letter_waits_for_the_one_before_it(store: Store, other: Store, cast: Cast, clock: Clock) -> None:
    await store.do(presence.beat)
    await store.do(tells, cast, "0")
    claimed = await store.do(outbox.claim, 10, TELEGRAM)
    await other.do(tells, cast, "1")
    clock.move(minutes=1)
    assert await other.do(outbox.claim, 10, TELEGRAM) == [], "the first is still on its way"
    await store.do(outbox.close, claimed, [Receipt(claimed[0].id, error=SendError("502", permanent=False))])
    assert await other.do(outbox.claim, 10, TELEGRAM) == [], "and will be tried again"
    clock.move(minutes=1)
    assert said(await sent(store)) == ["0"]
    clock.move(seconds=GAP)
    (edit,) = await sent(other)
    assert (said([edit]), edit.replaces) == (["1"], True)


async def test_other_letters_do_not_wait_for_it(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(tells, cast, "0")
    await sent(store)
    await store.do(tells, cast, "1")
    await store.do(outbox.tell, cast.wang, "push/1", Message(body="早"))
    assert said(await store.do(outbox.claim, 1, TELEGRAM)) == ["早"]


@pytest.mark.parametrize("permanent", [True, False])
async def test_if_the_first_never_went_out_the_next_brings_the_message(
    store: Store, cast: Cast, clock: Clock, permanent: bool
) -> None:
    await store.do(tells, cast, "0")
    claimed = await store.do(outbox.claim, 10, TELEGRAM)
    await store.do(outbox.close, claimed, [Receipt(claimed[0].id, error=SendError("no", permanent=permanent))])
    if not permanent:
        clock.move(hours=25)
        await store.do(outbox.claim, 10, TELEGRAM)  # it has expired
    await store.do(tells, cast, "1")
    (anew,) = await sent(store, "m2")
    assert (said([anew]), anew.replaces, dict(anew.handle)) == (["1"], False, {})
    clock.move(seconds=GAP)
    await store.do(tells, cast, "2")
    (edit,) = await sent(store)
    assert (edit.replaces, dict(edit.handle)) == (True, {"message": "m2"})


async def test_a_message_that_had_to_be_sent_anew_is_the_one_that_is_changed_next(
    store: Store, cast: Cast, clock: Clock
) -> None:
    changed = []
    for n, handle in (("0", "m1"), ("1", "m2"), ("2", "m2")):
        clock.move(seconds=GAP)
        await store.do(tells, cast, n)
        changed += [dict(letter.handle) for letter in await sent(store, handle)]
    assert changed == [{}, {"message": "m1"}, {"message": "m2"}]


async def test_under_another_address_nothing_can_be_changed(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(tells, cast, "0")
    await sent(store)
    await store.do(tells, cast, "1")
    await store.do(groups.move, "telegram", "-100", "-200")
    clock.move(seconds=GAP)
    (anew,) = await sent(store, "m7")
    assert (anew.address, anew.replaces) == ("-200", False)
    clock.move(seconds=GAP)
    await store.do(tells, cast, "2")
    (edit,) = await sent(store)
    assert (edit.address, dict(edit.handle)) == ("-200", {"message": "m7"})


async def test_a_dead_process_leaves_its_change_to_another(
    store: Store, other: Store, cast: Cast, clock: Clock, wall: Clock
) -> None:
    await store.do(tells, cast, "0")
    await sent(store)
    await store.do(tells, cast, "1")
    clock.move(seconds=GAP)
    await store.do(outbox.claim, 10, TELEGRAM)
    wall.move(minutes=1)
    (edit,) = await sent(other)
    assert (said([edit]), edit.replaces, dict(edit.handle)) == (["1"], True, {"message": "m1"})


async def test_many_who_finish_at_once_leave_one_letter_with_the_newest_state(five: list[Store], clock: Clock) -> None:
    store = five[0]
    cast = await store.do(the_cast)
    await store.do(linked, cast)
    await store.do(tells, cast, "0")
    await sent(store)

    def counts(turn: Turn) -> None:
        """As a use case does: what it counts, it counts while it holds the group."""
        for group in groups.hold(turn, cast.branch):
            n = len(turn.session.exec(select(LetterRow).where(col(LetterRow.person_id) == cast.wang)).all())
            following.keep_told(turn, group, "live/1", Message(body=str(n)), urgency=7)

    async def finishes(n: int) -> None:
        def finish(turn: Turn) -> None:
            outbox.tell(turn, cast.wang, f"finished/{n}", Message(body="答完了"))
            counts(turn)

        await five[n % 5].do(finish)

    await asyncio.gather(*(finishes(n) for n in range(30)))
    waiting = [row for row in await store.look(letters) if row.follows is not None]
    assert [row.body["body"] for row in waiting if row.body] == ["30"]
    clock.move(seconds=GAP)
    for one in five:
        await one.do(presence.beat)
    claims = await asyncio.gather(*(one.do(outbox.claim, 100, TELEGRAM) for one in five))
    assert len([letter for taken in claims for letter in taken if letter.replaces]) == 1


async def test_what_is_late_for_its_hour_is_not_said(store: Store, cast: Cast, clock: Clock) -> None:
    def until(turn: Turn, said: str) -> None:
        for group in groups.hold(turn, cast.branch):
            closes = turn.now + timedelta(minutes=1)
            following.keep_told(turn, group, "live/1", Message(body=said), urgency=7, expires_at=closes)

    await store.do(until, "0")
    clock.move(minutes=2)
    assert await store.do(outbox.claim, 10, TELEGRAM) == []
    await store.do(tells, cast, "榜")
    assert said(await sent(store)) == ["榜"]
