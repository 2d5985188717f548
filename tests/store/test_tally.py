"""The post office in figures: what waits because of a platform's limits can be seen."""

from datetime import timedelta

from bot.chat.channel import Receipt, SendError
from bot.chat.message import Message
from bot.store import outbox, tally
from bot.store.store import Store
from bot.store.turn import Turn
from tests.store.cast import the_cast
from tests.store.conftest import Clock


async def test_what_waits_is_told_by_its_reason_and_what_ended_by_how(store: Store, clock: Clock) -> None:
    def promise(turn: Turn, *occasions: str) -> None:
        for occasion in occasions:
            outbox.tell(turn, wang, occasion, Message(body="早"))

    def held(turn: Turn) -> None:
        first, second, third, fourth = outbox.claim(turn, 4, ["telegram"])
        outbox.close(
            turn,
            [first, second, third, fourth],
            [
                Receipt(first.id, error=SendError("shows no more for 37 s", permanent=False, retry_after=37)),
                Receipt(second.id, error=SendError("shows no more for 8 s", permanent=False, retry_after=8)),
                Receipt(third.id),
                Receipt(fourth.id, error=SendError("nobody there", permanent=True)),
            ],
        )

    wang, began = (await store.do(the_cast)).wang, clock()
    await store.do(promise, "a", "b", "c", "d")
    await store.do(held)
    clock.move(seconds=1)
    await store.do(promise, "e")
    post = (await store.look(tally.post, began))["telegram"]
    assert dict(post.ended) == {"sent": 1, "failed": 1}
    assert [(each.letters, each.reason) for each in post.waiting] == [(1, ""), (2, "shows no more for … s")]
    assert post.waiting[1].oldest == began
    assert post.waiting[1].due == began + timedelta(seconds=8)
    later = (await store.look(tally.post, began + timedelta(days=1)))["telegram"]
    assert not later.ended
    assert len(later.waiting) == 2
