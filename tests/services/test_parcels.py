"""Parcels: what may go in one call waits for its like, everything else goes at once, and nothing is left behind."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Message
from bot.services.parcels import PATIENCE, Packing, packed
from bot.store.outbox import Claimed

TOGETHER = {"one": 1, "many": 10}
"""How many letters two platforms take at a time."""
NUMBERS = count(1)


def letter(body: str = "早上好", channel: str = "many", token: int = 1, handle: str = "", toast: str = "") -> Claimed:
    return Claimed(
        id=next(NUMBERS),
        address="王芳",
        channel=channel,
        message=Message(body=body),
        token=token,
        toast=toast,
        handle={"code": handle} if handle else {},
    )


def test_a_parcel_waits_while_there_may_be_more_and_goes_when_it_is_full() -> None:
    packing = Packing(TOGETHER)
    packing.add([letter() for _ in range(7)])
    assert packing.ready(more=True) == []
    packing.add([letter() for _ in range(6)])
    assert [len(parcel) for parcel in packing.ready(more=True)] == [10]
    assert packing.inside() == {"many": 3}
    assert [len(parcel) for parcel in packing.ready(more=False)] == [3]
    assert not packing


def test_it_does_not_wait_for_ever() -> None:
    packing = Packing(TOGETHER)
    packing.add([letter()])
    assert [len(packing.ready(more=True)) for _ in range(PATIENCE + 1)] == [*[0] * PATIENCE, 1]


def test_an_answer_a_second_try_and_a_line_that_tells_one_at_a_time_wait_for_nothing() -> None:
    packing = Packing(TOGETHER)
    at_once = [
        letter(handle="a"),
        letter(handle="b"),
        letter(toast="好"),
        letter(toast="好"),
        letter(token=2),
        letter(channel="one"),
        letter(channel="one"),
    ]
    packing.add(at_once)
    assert sorted(packing.ready(more=True), key=lambda parcel: parcel[0].id) == [[each] for each in at_once]


def test_what_is_sent_again_does_not_mix_with_what_is_new() -> None:
    again, new = [letter(token=2), letter(token=2)], [letter(), letter()]
    assert packed(TOGETHER, [again[0], new[0], again[1], new[1]]) == [again, new]


@given(
    st.lists(st.tuples(st.sampled_from(["早", "晚"]), st.sampled_from(sorted(TOGETHER)), st.integers(1, 2))), st.data()
)
def test_every_letter_goes_once_and_only_with_its_like(kinds: list[tuple[str, str, int]], data: st.DataObject) -> None:
    letters = [letter(body, channel, token) for body, channel, token in kinds]
    packing, gone = Packing(TOGETHER), []
    for each in letters:
        packing.add([each])
        gone += packing.ready(more=data.draw(st.booleans()))
    gone += packing.ready(more=False)
    assert sorted(each.id for parcel in gone for each in parcel) == sorted(each.id for each in letters)
    for parcel in gone:
        assert len({(each.channel, each.message, each.token) for each in parcel}) == 1
        assert len(parcel) <= TOGETHER[parcel[0].channel]
