from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.chat.channel import Receipt, SendError
from bot.chat.incoming import Incoming, Tap
from bot.chat.message import Message
from bot.store import Reader, Store, Turn, inbox, links, outbox, presence
from bot.store.following import LIFETIME
from bot.store.outbox import Claimed
from bot.store.tables import LetterRow, Link
from tests.store.cast import Cast, the_cast
from tests.store.conftest import MORNING, Clock

HELLO = Message(title="早上好", body="5 题")
TELEGRAM = ["telegram"]


@pytest.fixture
async def cast(store: Store, other: Store) -> Cast:
    await store.do(presence.beat)
    await other.do(presence.beat)
    return await store.do(the_cast)


def rows(turn: Reader) -> Sequence[LetterRow]:
    return turn.session.exec(select(LetterRow).order_by(LetterRow.once)).all()


async def states(store: Store) -> list[str]:
    return [row.state for row in await store.look(rows)]


def tapped(event: str = "e1", address: str = "77") -> Incoming:
    return Incoming(channel="telegram", event=event, address=address, said=Tap("s:1"), handle={"query": event})


def heard_and_answered(turn: Turn, event: str = "e1") -> Claimed:
    assert inbox.hear(turn, tapped(event))
    return outbox.reply(turn, tapped(event), HELLO, toast="好", replaces=True)


async def test_a_promise_is_made_once_on_each_channel(store: Store, other: Store, cast: Cast) -> None:
    await store.do(links.attach, cast.wang, "wecom", "wangfang")
    first = await store.do(outbox.tell, cast.wang, "push/1", HELLO, urgency=3)
    assert [letter.once for letter in first] == ["push/1/telegram", "push/1/wecom"]
    assert await other.do(outbox.tell, cast.wang, "push/1", Message(title="anders")) == []
    kept = await store.look(rows)
    assert [(row.address, row.state, row.urgency, row.due_at) for row in kept] == [
        ("77", "waiting", 3, MORNING),
        ("wangfang", "waiting", 3, MORNING),
    ]
    assert all(Message.from_json(row.body or {}) == HELLO for row in kept)


async def test_who_cannot_be_reached_gets_no_letter(store: Store, cast: Cast) -> None:
    assert await store.do(outbox.tell, cast.li, "push/1", HELLO) == []
    await store.do(links.block, "telegram", "77")
    assert await store.do(outbox.tell, cast.wang, "push/1", HELLO) == []
    assert await store.look(links.reachable, [cast.wang, cast.li]) == frozenset()
    await store.do(links.unblock, "telegram", "77")
    assert len(await store.do(outbox.tell, cast.wang, "push/1", HELLO)) == 1
    assert await store.look(links.reachable, [cast.wang, cast.li]) == {cast.wang}


async def test_a_promise_goes_with_its_turn(store: Store, cast: Cast) -> None:
    def fails(turn: Turn) -> None:
        outbox.tell(turn, cast.wang, "push/1", HELLO)
        raise KeyError

    with pytest.raises(KeyError):
        await store.do(fails)
    assert await states(store) == []


async def test_the_most_urgent_first_and_only_what_is_due_on_channels_asked_for(
    store: Store, cast: Cast, clock: Clock
) -> None:
    later = clock() + timedelta(minutes=5)
    await store.do(outbox.tell, cast.wang, "b", HELLO, urgency=6)
    await store.do(outbox.tell, cast.wang, "a", HELLO, urgency=3)
    await store.do(outbox.tell, cast.wang, "c", HELLO, urgency=1, due_at=later)
    assert await store.do(outbox.claim, 10, ["wecom"]) == []
    claimed = await store.do(outbox.claim, 1, TELEGRAM) + await store.do(outbox.claim, 10, TELEGRAM)
    kept = {row.id: row.once for row in await store.look(rows)}
    assert [kept[letter.id] for letter in claimed] == ["a/telegram", "b/telegram"]
    assert [(letter.message, letter.address, letter.channel, letter.token) for letter in claimed] == [
        (HELLO, "77", "telegram", 1)
    ] * 2
    clock.move(minutes=5)
    assert len(await store.do(outbox.claim, 10, TELEGRAM)) == 1


async def test_two_processes_never_claim_one_letter(store: Store, other: Store, cast: Cast) -> None:
    for n in range(30):
        await store.do(outbox.tell, cast.wang, f"push/{n}", HELLO)
    taken = []
    for _ in range(10):
        taken += await store.do(outbox.claim, 3, TELEGRAM)
        taken += await other.do(outbox.claim, 3, TELEGRAM)
    assert len(taken) == len({letter.id for letter in taken}) == 30


async def test_a_letter_is_closed_with_its_receipt(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    claimed = await store.do(outbox.claim, 10, TELEGRAM)
    assert await store.look(outbox.last_sent) is None
    clock.move(seconds=2)
    strange = Receipt(999, {"message": "?"})
    await store.do(outbox.close, claimed, [Receipt(claimed[0].id, {"message": "5"}), strange])
    row = (await store.look(rows))[0]
    assert (row.state, row.receipt, row.sent_at) == ("sent", {"message": "5"}, clock())
    assert await store.look(outbox.last_sent) == clock()
    assert await store.do(outbox.claim, 10, TELEGRAM) == []


async def test_a_failure_that_may_pass_is_tried_again_later_and_later(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    waits: list[float] = []
    while clock() < MORNING + LIFETIME:
        if len(waits) == 12:
            clock.at = MORNING + LIFETIME - timedelta(minutes=5)  # nobody was awake in between
        claimed = await store.do(outbox.claim, 10, TELEGRAM)
        assert len(claimed) == 1
        await store.do(outbox.close, claimed, [Receipt(claimed[0].id, error=SendError("502", permanent=False))])
        row = (await store.look(rows))[0]
        waits.append((row.due_at - clock()).total_seconds())
        clock.at = max(clock(), row.due_at)
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == 60, "and every minute from then on"
    assert await store.do(outbox.claim, 10, TELEGRAM) == [], "until it is news of yesterday"
    assert [(r.state, r.trouble) for r in await store.look(rows)] == [("dropped", "expired")]


def test_the_platform_is_never_asked_sooner_than_it_wants() -> None:
    assert outbox.pause_after(1, 60.0) == timedelta(seconds=60)
    assert outbox.pause_after(30, 0.0) == outbox.LONGEST_PAUSE


async def test_a_permanent_failure_is_final(store: Store, cast: Cast) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    claimed = await store.do(outbox.claim, 10, TELEGRAM)
    error = SendError("bad button " * 50, permanent=True)
    await store.do(outbox.close, claimed, [Receipt(claimed[0].id, error=error)])
    row = (await store.look(rows))[0]
    assert row.state == "failed"
    assert len(row.trouble) == 200
    assert await store.look(links.reachable, [cast.wang]) == {cast.wang}


async def test_somebody_who_is_gone_is_not_written_to_again(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    claimed = await store.do(outbox.claim, 10, TELEGRAM)
    gone = SendError("blocked by the user", permanent=True, gone=True)
    await store.do(outbox.close, claimed, [Receipt(claimed[0].id, error=gone)])
    link = (await store.look(lambda turn: turn.session.exec(select(Link)).all()))[0]
    assert link.blocked_at == clock()
    assert await store.do(outbox.tell, cast.wang, "push/2", HELLO) == []


async def test_what_has_expired_is_dropped(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO, expires_at=clock() + timedelta(minutes=1))
    clock.move(minutes=1)
    assert await store.do(outbox.claim, 10, TELEGRAM) == []
    assert [(row.state, row.trouble) for row in await store.look(rows)] == [("dropped", "expired")]


async def test_letters_of_a_person(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "one", HELLO)
    clock.move(hours=1)
    await store.do(outbox.tell, cast.wang, "two", HELLO)
    assert [r.once for r in await store.look(outbox.of_person, cast.wang, clock())] == ["two/telegram"]
    assert len(await store.look(outbox.of_person, cast.wang, MORNING)) == 2


async def test_the_letters_of_a_dead_process_are_taken_over(
    store: Store, other: Store, cast: Cast, wall: Clock
) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    mine = await store.do(outbox.claim, 10, TELEGRAM)
    assert await other.do(outbox.claim, 10, TELEGRAM) == [], "its process lives"
    wall.move(seconds=31)
    await other.do(presence.beat)
    again = await other.do(outbox.claim, 10, TELEGRAM)
    assert [(letter.id, letter.token) for letter in again] == [(mine[0].id, 2)]


async def test_a_late_close_of_a_letter_taken_over_changes_nothing(
    store: Store, other: Store, cast: Cast, wall: Clock
) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    mine = await store.do(outbox.claim, 10, TELEGRAM)
    wall.move(minutes=1)
    theirs = await other.do(outbox.claim, 10, TELEGRAM)
    letter = theirs[0].id
    for late in (
        Receipt(letter, {"message": "mine"}),
        Receipt(letter, error=SendError("gone", permanent=True, gone=True)),
        Receipt(letter, error=SendError("502", permanent=False)),
    ):
        await store.do(outbox.close, mine, [late])
        assert await states(store) == ["claimed"]
    assert await store.look(links.reachable, [cast.wang]) == {cast.wang}
    await other.do(outbox.close, theirs, [Receipt(letter, {"message": "theirs"})])
    await store.do(outbox.close, mine, [Receipt(letter, {"message": "mine"})])
    assert [row.receipt for row in await store.look(rows)] == [{"message": "theirs"}]


async def test_a_claim_that_a_living_process_forgot_comes_back(store: Store, cast: Cast, wall: Clock) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    first = await store.do(outbox.claim, 10, TELEGRAM)
    wall.move(minutes=9)
    assert await store.do(outbox.claim, 10, TELEGRAM) == []
    wall.move(minutes=1)
    second = await store.do(outbox.claim, 10, TELEGRAM)
    assert (first[0].token, second[0].token) == (1, 2)


async def test_a_process_that_leaves_in_good_order_is_not_waited_for(store: Store, other: Store, cast: Cast) -> None:
    await store.do(outbox.tell, cast.wang, "push/1", HELLO)
    await store.do(outbox.claim, 10, TELEGRAM)
    await store.do(presence.leave)
    assert await other.look(presence.living) == {"two"}
    assert len(await other.do(outbox.claim, 10, TELEGRAM)) == 1


async def test_processes_long_gone_are_forgotten(store: Store, other: Store, cast: Cast, wall: Clock) -> None:
    wall.move(days=2)
    await store.do(presence.beat)
    assert await store.look(presence.living, timedelta(days=9)) == {"one"}


async def test_a_reply_is_born_claimed_by_the_process_that_speaks(store: Store, other: Store, cast: Cast) -> None:
    letter = await store.do(heard_and_answered)
    assert (letter.message, letter.toast, letter.replaces, letter.handle) == (HELLO, "好", True, {"query": "e1"})
    assert (letter.address, letter.channel, letter.token) == ("77", "telegram", outbox.BORN)
    assert await other.do(outbox.claim, 10, TELEGRAM) == []
    assert await store.do(outbox.claim, 10, TELEGRAM) == []
    await store.do(outbox.close, [letter], [Receipt(letter.id, {"message": "9"})])
    assert await states(store) == ["sent"]


async def test_an_event_counts_once(store: Store, other: Store, cast: Cast) -> None:
    assert await store.do(inbox.hear, tapped())
    assert not await other.do(inbox.hear, tapped())
    assert await store.do(inbox.hear, tapped("e2"))
    with pytest.raises(ValueError, match="answered twice"):
        await store.do(
            lambda turn: [outbox.reply(turn, tapped(), None, "一"), outbox.reply(turn, tapped(), None, "二")]
        )


async def test_a_repeated_event_gets_its_letter_only_if_it_did_not_go_out(
    store: Store, other: Store, cast: Cast, wall: Clock
) -> None:
    assert await store.do(outbox.repeat_of, tapped()) is None, "never heard"
    letter = await store.do(heard_and_answered)
    assert await store.do(outbox.repeat_of, tapped()) is None, "on its way"
    assert await other.do(outbox.repeat_of, tapped()) is None, "on its way elsewhere"
    wall.move(minutes=1)
    again = await other.do(outbox.repeat_of, tapped())
    assert again is not None
    assert (again.id, again.message, again.toast, again.token) == (letter.id, HELLO, "好", 2)
    await other.do(outbox.close, [again], [Receipt(again.id, {})])
    assert await other.do(outbox.repeat_of, tapped()) is None, "sent"


async def test_a_dead_process_leaves_its_words_but_not_its_toasts(
    store: Store, other: Store, cast: Cast, wall: Clock, clock: Clock
) -> None:
    await store.do(heard_and_answered)
    await store.do(lambda turn: outbox.reply(turn, tapped("e2"), None, "好"))
    wall.move(minutes=1)
    taken = await other.do(outbox.claim, 10, TELEGRAM)
    assert [letter.message for letter in taken] == [HELLO]
    assert await states(store) == ["claimed", "dropped"]


async def test_a_toast_that_failed_is_not_tried_again(store: Store, cast: Cast) -> None:
    letter = await store.do(lambda turn: outbox.reply(turn, tapped(), None, "好"))
    await store.do(outbox.close, [letter], [Receipt(letter.id, error=SendError("too late", permanent=False))])
    assert await states(store) == ["failed"]


async def test_events_are_forgotten_in_time(store: Store, cast: Cast, clock: Clock) -> None:
    await store.do(inbox.hear, tapped())
    clock.move(days=3)
    await store.do(inbox.hear, tapped("e2"))
    assert await store.do(inbox.forget, clock() - timedelta(days=2)) == 1
    assert await store.do(inbox.hear, tapped())
