"""The arithmetic of the lane against Telegram's own way of counting, whatever is sent and however long it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.traffic import FORGET_FROM, Rates, Traffic
from tests.fakes.telegram.limits import Bucket, Window

RATES = Rates()
CHATS = ("1", "2", "3", "-1", "-2")
SENDINGS = st.lists(
    st.tuples(
        st.sampled_from(CHATS),
        st.booleans(),  # a reply
        st.floats(0, 3),  # seconds until somebody wants to send it
        st.floats(0, 1),  # seconds until it is answered
        st.floats(0, 1),  # which part of that it takes to be counted
    ),
    max_size=60,
)


def when(traffic: Traffic, chat: str, reply: bool) -> float:
    return traffic.ready(chat, reply=reply)


@given(SENDINGS)
def test_telegram_never_counts_more_than_it_takes_from_one_chat(
    sendings: list[tuple[str, bool, float, float, float]],
) -> None:
    """Telegram may count a message at any instant between its leaving and its answer."""
    traffic, now = Traffic(RATES), 0.0
    buckets = {chat: Bucket(RATES.chat, RATES.burst, 0.0) for chat in CHATS}
    windows = {chat: Window(RATES.group) for chat in CHATS if chat.startswith("-")}
    for chat, reply, pause, takes, part in sendings:
        now = max(now + pause, when(traffic, chat, reply))
        traffic.leave(chat, now, reply=reply)
        counted = now + takes * part
        for limit in (buckets[chat], windows.get(chat)):
            if limit is not None:
                assert limit.wait(counted) <= 1e-6
                limit.take(counted)
        traffic.arrive(chat, now, now + takes, reply=reply)
        now += takes


@given(SENDINGS)
def test_what_is_no_reply_never_goes_faster_than_the_bank_may(
    sendings: list[tuple[str, bool, float, float, float]],
) -> None:
    """As long as no more than a score of replies come in a second."""
    traffic, now = Traffic(RATES), 0.0
    overall, replies = Bucket(30, 30, 0.0), [-9.0] * 20
    for number, (_, reply, pause, *_) in enumerate(sendings * 8):
        chat = str(number)
        wanted = now + (pause if number % 8 == 0 else 0)
        now = max(wanted, when(traffic, chat, reply), replies[-20] + 1 if reply else 0)
        assert overall.wait(now) == 0
        overall.take(now)
        traffic.leave(chat, now, reply=reply)
        if reply:
            replies.append(now)


def test_a_chat_has_a_burst_and_then_a_second_each() -> None:
    traffic, now, went = Traffic(RATES), 100.0, []
    for _ in range(6):
        now = max(now, when(traffic, "7", True))
        traffic.leave("7", now, reply=True)
        traffic.arrive("7", now, now, reply=True)
        went.append(now - 100)
    assert went == pytest.approx([0, 0, 0, 1, 2, 3])


def test_a_group_has_twenty_a_minute_the_last_two_for_answers() -> None:
    traffic, now, went = Traffic(RATES), 0.0, []
    for _ in range(19):
        now = max(now, when(traffic, "-7", False))
        traffic.leave("-7", now, reply=False)
        traffic.arrive("-7", now, now, reply=False)
        went.append(now)
    assert went[17] == pytest.approx(15), "eighteen as fast as a chat takes them"
    assert went[18] == pytest.approx(60), "the next one when the first is a minute old"
    fresh = Traffic(RATES)
    for at in range(18):
        fresh.leave("-7", at, reply=False)
        fresh.arrive("-7", at, at, reply=False)
    assert fresh.opens("-7", reply=True) <= 18 < fresh.opens("-7", reply=False)


def test_after_twenty_in_a_minute_what_is_no_answer_waits_until_seventeen_are_left() -> None:
    traffic = Traffic(RATES)
    for at in range(20):
        traffic.leave("-7", at, reply=True)
        traffic.arrive("-7", at, at, reply=True)
    assert traffic.opens("-7", reply=True) == 60
    assert traffic.opens("-7", reply=False) == 62


def test_what_was_answered_late_counts_late() -> None:
    traffic = Traffic(RATES)
    traffic.leave("-7", 0.0, reply=True)
    traffic.arrive("-7", 0.0, 5.0, reply=True)
    assert traffic.opens("-7", reply=True) == 4, "one of three is used, as of now"
    for _ in range(19):
        traffic.leave("-7", 5.0, reply=True)
        traffic.arrive("-7", 5.0, 5.0, reply=True)
    assert traffic.opens("-7", reply=True) == 65


def test_the_bank_has_twenty_eight_a_second_and_a_reply_does_not_wait_for_them() -> None:
    traffic, now = Traffic(RATES), 0.0
    for number in range(284):
        now = max(now, when(traffic, str(number), False))
        traffic.leave(str(number), now, reply=False)
    assert now == pytest.approx(10.0)
    assert when(traffic, "a new one", False) > now
    assert when(traffic, "a new one", True) <= now
    for number in range(28):
        traffic.leave(f"reply {number}", now, reply=True)
    for number in range(100):
        traffic.leave(f"more {number}", now, reply=True)
    assert when(traffic, "a new one", False) == pytest.approx(now + 1, abs=0.15), "the push makes up for them"


def test_one_refusal_pauses_one_chat_and_three_pause_everybody() -> None:
    traffic = Traffic(RATES)
    traffic.refuse("1", 9, 100)
    traffic.refuse("1", 9, 101)
    assert when(traffic, "1", True) == 110
    assert when(traffic, "2", True) < 101
    traffic.refuse("2", 9, 102)
    assert when(traffic, "4", True) < 102
    traffic.refuse("3", 9, 103)
    assert when(traffic, "4", True) == 112
    assert when(traffic, "4", False) == 112


def test_refusals_far_apart_alarm_nobody() -> None:
    traffic = Traffic(RATES)
    for at, chat in enumerate(("1", "2", "3", "4")):
        traffic.refuse(chat, 2, at * 3.0)
    assert when(traffic, "5", True) < 9


def test_what_is_under_way_in_a_chat_keeps_its_order() -> None:
    traffic = Traffic(RATES)
    traffic.leave("1", 0, reply=False)
    assert when(traffic, "1", False) == float("inf")
    assert when(traffic, "1", True) <= 0, "an answer does not wait behind a push"
    traffic.leave("1", 0, reply=True)
    assert when(traffic, "1", True) == float("inf"), "but answers come one after another"
    traffic.arrive("1", 0, 0.1, reply=True)
    assert when(traffic, "1", True) <= 0.1


def test_chats_that_are_quiet_are_forgotten() -> None:
    traffic, now = Traffic(RATES), 0.0
    for number in range(20_000):
        now += 1 / 28
        chat = f"-{number}" if number % 7 == 0 else str(number)
        traffic.leave(chat, now, reply=False)
        traffic.arrive(chat, now, now, reply=False)
    assert len(traffic) < 4 * FORGET_FROM


def test_a_chat_that_has_no_answer_yet_is_not_forgotten() -> None:
    traffic = Traffic(RATES)
    traffic.leave("slow", 0, reply=False)
    for number in range(3 * FORGET_FROM):
        traffic.leave(str(number), 10.0 * number, reply=True)
        traffic.arrive(str(number), 10.0 * number, 10.0 * number, reply=True)
    assert when(traffic, "slow", False) == float("inf")
    traffic.arrive("slow", 0, 1e6, reply=False)
    assert when(traffic, "slow", False) < 2e6


def test_time_can_run_faster() -> None:
    swift = RATES.faster(60)
    assert (swift.chat, swift.overall, swift.minute) == (60, 28 * 60, 1)
