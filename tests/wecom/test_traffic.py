from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.traffic import FORGET_FROM, Rates, Traffic
from tests.fakes.wecom.limits import Meter

SMALL = Rates(minute=5, minute_kept=2, hour=12, hour_kept=3)


def sends(traffic: Traffic, now: float, *, reply: bool, times: int = 1, took: float = 0.0) -> bool:
    if traffic.opens("fang", reply=reply, times=times) > now:
        return False
    for _ in range(times):
        traffic.leave("fang", now)
        traffic.arrive("fang", now, now + took)
    return True


EVENTS = st.lists(
    st.tuples(st.floats(0, 400), st.booleans(), st.integers(1, 3), st.floats(0, 4), st.floats(0, 1)), max_size=80
)


@given(EVENTS)
def test_wecom_never_has_anything_to_drop(events: list[tuple[float, bool, int, float, float]]) -> None:
    """However long a call takes, and wherever in that time WeCom counts it."""
    traffic, meter, now = Traffic(SMALL), Meter(SMALL.minute, SMALL.hour), 0.0
    for pause, reply, times, took, at in events:
        now += pause
        if sends(traffic, now, reply=reply, times=times, took=took):
            counted = now + took * at
            assert all(meter.take(counted) for _ in range(times))
            now += took


def test_a_part_of_the_minute_is_kept_for_who_waits_for_an_answer() -> None:
    traffic = Traffic()
    assert sum(sends(traffic, 0.0, reply=False) for _ in range(40)) == 24
    assert sum(sends(traffic, 1.0, reply=True) for _ in range(40)) == 6
    assert traffic.opens("fang", reply=True) == 60.0
    assert traffic.opens("fang", reply=False) == 60.0 + 0.0
    assert sends(traffic, 60.0, reply=True)
    assert traffic.opens("qiang", reply=False) < 0, "and another is not held"


def test_an_hour_has_its_limit_too() -> None:
    traffic = Traffic(SMALL)
    assert sum(sends(traffic, minute * 60.0, reply=True) for minute in range(14) for _ in range(3)) == 12
    assert traffic.opens("fang", reply=True) == 3600.0


def test_what_is_said_in_several_messages_needs_room_for_all() -> None:
    traffic = Traffic(SMALL)
    assert sends(traffic, 0.0, reply=True, times=3)
    assert traffic.opens("fang", reply=True, times=3) == 60.0
    assert traffic.opens("fang", reply=True, times=2) < 0
    assert Traffic(SMALL).opens("fang", reply=True, times=99) < 0, (
        "what can never have room goes when nothing else went"
    )


def test_a_refusal_pauses_everybody_and_longer_if_it_goes_on() -> None:
    traffic, now = Traffic(), 100.0
    assert traffic.refuse(now) == 60
    assert traffic.refuse(now + 1) == 59, "the others that were under way"
    assert traffic.opens("anybody", reply=True) == 160
    assert [traffic.refuse(traffic.opens("anybody", reply=True)) for _ in range(8)][-1] == 3600
    assert traffic.refuse(traffic.opens("anybody", reply=True) + 10_000) == 60


def test_the_whole_app_has_a_days_limit_for_each_person_we_know() -> None:
    rates = Rates(minute=10**6, hour=10**6, day=10)
    traffic, hour = Traffic(rates), 3600.0
    for number in range(9):
        for who in ("fang", "qiang"):
            assert traffic.opens(who, reply=False) <= number * hour
            traffic.leave(who, number * hour)
    assert traffic.opens("fang", reply=False) == 25 * hour, "18 of 20; two are kept for answers"
    assert traffic.opens("li", reply=False) < 0, "a third person is another account"
    for _ in range(2):
        assert traffic.opens("fang", reply=True) < 9 * hour
        traffic.leave("fang", 9 * hour)
    assert traffic.opens("qiang", reply=True) == 25 * hour
    assert Traffic(Rates(minute=10**6, hour=10**6)).opens("fang", reply=False, times=9999) < 0, (
        "a group has no such limit"
    )


def test_who_was_not_written_to_for_an_hour_is_forgotten() -> None:
    traffic = Traffic()
    for number in range(FORGET_FROM):
        traffic.leave(f"person{number}", 0.0)
    traffic.leave("fang", 4000.0)
    assert len(traffic) == 1
