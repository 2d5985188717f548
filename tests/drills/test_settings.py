from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.day import Step, due, gone_by
from drills.policy import Policy, plan
from drills.refused import Refused
from drills.settings import (
    ANCHOR,
    FARTHEST,
    Held,
    Name,
    Said,
    closable,
    fits,
    holding,
    lay,
    named,
    read,
    read_closing,
    still_today,
    value_of,
)

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, tzinfo=UTC)
MEETINGS = st.times(time(7), time(10)).map(lambda t: f"{t:%H:%M}")
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "meeting": MEETINGS,
        "dose": st.sampled_from("345678"),
        "stages": st.sampled_from(["ro1-lo2-re2-qu4-sc4-ru1-sl1", "qu9-ro0-lo0-re2-sc0-ru0-sl1"]),
        "reminder": st.sampled_from(["on", "off"]),
        "makeup": st.times(time(12), time(18, 30)).map(lambda t: f"{t:%H:%M}"),
        "evening": st.times(time(16), time(20)).map(lambda t: f"{t:%H:%M}"),
        "proof": st.sampled_from(["references", "files"]),
    },
)


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("meeting", "08:20", "08:20"),
        ("meeting", "8:20", "08:20"),
        ("meeting", "８：20", "08:20"),
        ("meeting", " 8.20 ", "08:20"),
        ("meeting", "0820", "08:20"),
        ("meeting", "8点20分", "08:20"),
        ("meeting", "8点20", "08:20"),
        ("meeting", "8点半", "08:30"),
        ("meeting", "8点", "08:00"),
        ("meeting", "07:00", "07:00"),
        ("meeting", "10:00", "10:00"),
        ("makeup", "18:30", "18:30"),
        ("evening", "16:00", "16:00"),
        ("dose", "3", "3"),
        ("proof", "Files", "files"),
        ("proof", "收文件", "files"),
        ("proof", "只登记", "references"),
        ("dose", "８", "8"),
        ("dose", "03", "3"),
        ("reminder", "关", "off"),
        ("stages", "question5 roll1", "qu5-ro1-lo0-re0-sc0-ru0-sl0"),
        ("reminder", "ON", "on"),
    ],
)
def test_a_value_is_read_as_people_write_it(name: str, said: str, kept: str) -> None:
    assert read(Name(name), said) == kept
    assert read(Name(name), kept) == kept


@pytest.mark.parametrize(
    ("name", "why", "said"),
    [
        ("meeting", "set-meeting", ["06:59", "10:01", "24:00", "08:60", "早上", "", "8", "08:20:00", "820", "99:99"]),
        ("makeup", "set-makeup", ["11:59", "18:31"]),
        ("evening", "set-evening", ["15:59", "20:01"]),
        ("dose", "set-dose", ["2", "9", "0", "-3", "3.5", "²", "五", "33", "003", "9" * 5000, ""]),
        ("reminder", "set-reminder", ["maybe", ""]),
        ("stages", "set-stages", ["1-2-2-4-4-1-1", "roll0", "roll16", "song1", ""]),
        ("proof", "set-proof", ["films", ""]),
    ],
)
def test_a_value_out_of_bounds_is_refused_with_the_bounds(name: str, why: str, said: list[str]) -> None:
    for text in said:
        with pytest.raises(Refused) as refused:
            read(Name(name), text)
        assert refused.value.why == why, text
        assert name in {"reminder", "stages", "proof"} or {"first", "last"} <= refused.value.values.keys()


def test_a_name_nobody_knows_is_refused_with_those_there_are() -> None:
    assert named(" Meeting ") is Name.MEETING
    with pytest.raises(Refused) as refused:
        named("push")
    assert refused.value.values == {"names": "meeting, stages, dose, reminder, makeup, evening, proof"}


def test_the_meeting_moves_the_morning_and_nothing_else() -> None:
    moved = lay(Policy(), {"meeting": "08:30"})
    assert moved == replace(
        Policy(),
        push=time(8, 18),
        review=time(8, 30),
        remind=time(8, 48),
        close=time(9),
        propose=time(9, 15),
        no_drill=time(9, 20),
    )


@pytest.mark.parametrize(("meeting", "push"), [("08:12", time(8, 3)), ("08:42", time(8, 33)), ("08:13", time(8, 1))])
def test_a_push_is_never_on_the_hour_or_half_hour(meeting: str, push: time) -> None:
    assert lay(Policy(), {"meeting": meeting}).push == push


@given(VALUES)
def test_whatever_a_unit_sets_the_day_has_its_shape(values: dict[str, str]) -> None:
    policy = lay(Policy(), values)
    for name, value in values.items():
        assert value_of(policy, Name(name)) == value
    assert policy.push < policy.review < policy.remind < policy.close < policy.propose < policy.settle
    assert policy.close < policy.no_drill
    assert policy.propose < policy.makeup_until
    assert policy.evening < policy.evening_until
    assert policy.push.minute not in {0, 30}
    slots = {slot.step: slot for slot in plan(policy)}
    assert all(slot.start < slot.until for slot in slots.values())
    assert (Step.REMIND in slots) is policy.reminder
    assert set(slots) | {Step.REMIND} == set(Step)


@given(VALUES)
def test_what_a_unit_sets_again_changes_nothing(values: dict[str, str]) -> None:
    policy = lay(Policy(), values)
    assert lay(policy, {name: value_of(policy, Name(name)) for name in Name}) == policy


@pytest.mark.parametrize(
    ("policy", "values"),
    [
        (Policy(settle=time(9, 30)), {"meeting": "09:00"}),
        (Policy(review=time(12), push=time(3), close=time(13)), {"meeting": "07:00"}),
        (Policy(evening_until=time(18)), {"evening": "19:00"}),
        (Policy(settle=time(12, 30)), {"makeup": "12:00"}),
        (Policy(push=time(8, 45)), {"makeup": "13:00"}),
        (Policy(push=time(8, 45), remind=time(8, 45)), {"makeup": "13:00"}),
        (Policy(no_drill=time(8, 40)), {"makeup": "13:00"}),
        (Policy(review=time(8, 50)), {"makeup": "13:00"}),
        (Policy(), {"meeting": "25:00", "dose": "many", "colour": "red", "evening": ""}),
    ],
)
def test_a_value_that_does_not_fit_the_edition_is_left_out(policy: Policy, values: dict[str, str]) -> None:
    assert lay(policy, values) == policy
    assert not any(fits(policy, Name(n), v) for n, v in values.items() if n != "colour" and v)


@pytest.mark.parametrize("name", list(ANCHOR))
def test_a_change_holds_from_today_only_before_its_first_step(name: Name) -> None:
    field, step = ANCHOR[name]
    before = Policy()
    due_at: time = getattr(before, field)
    early, late = ((datetime.combine(TODAY, due_at) - timedelta(seconds=s)).time() for s in (61, 60))
    assert still_today(name, before, before, early, ())
    assert not still_today(name, before, before, late, ()), "another process may be looking already"
    assert not still_today(name, before, before, due_at, ()), "this very minute it is taken"
    assert not still_today(name, before, before, early, {step}), "taken already"


@given(MEETINGS, MEETINGS, st.times(time(0), time(23, 59)), st.booleans())
def test_a_meeting_moved_at_any_moment_leaves_one_push_and_none_passed_over(
    old: str, new: str, at: time, taken: bool
) -> None:
    """The program is awake all day: what is due before the change was taken, and what comes after is due once more."""
    before, after = lay(Policy(), {"meeting": old}), lay(Policy(), {"meeting": new})
    done = {s.step for s in plan(before) if s.start <= at and (taken or s.start < at)}
    if still_today(Name.MEETING, before, after, at, done):
        assert Step.PUSH not in done
        assert Step.PUSH not in due(plan(after), at, done), "it is still to come"
        assert not {Step.PUSH, Step.CLOSE, Step.REMIND} & set(gone_by(plan(after), at, done))


def test_the_nearest_unit_that_says_something_is_heard() -> None:
    said = [
        Said(2, "meeting", "08:20", AT),
        Said(2, "dose", "4", AT),
        Said(29, "meeting", "08:40", AT),
        Said(7, "dose", "8", AT),
    ]
    assert holding(said, [1, 2, 29], AT) == {"meeting": Held("08:40", 29), "dose": Held("4", 2)}
    assert holding(said, [1, 2, 30], AT) == {"meeting": Held("08:20", 2), "dose": Held("4", 2)}
    assert holding([*said, Said(29, "meeting", "", AT)], [1, 2, 29], AT)["meeting"] == Held("08:20", 2)
    assert holding(said, [1], AT) == {}


def test_what_holds_from_tomorrow_does_not_hold_today_and_the_last_word_counts() -> None:
    tomorrow = AT + timedelta(days=1)
    said = [Said(1, "dose", "4", AT), Said(1, "dose", "5", tomorrow), Said(1, "dose", "6", tomorrow)]
    assert holding(said, [1], AT) == {"dose": Held("4", 1)}
    assert holding(said, [1], tomorrow) == {"dose": Held("6", 1)}
    assert holding([*said, Said(1, "dose", "7", AT)], [1], tomorrow) == {"dose": Held("7", 1)}


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        ("11-30", (11, 30), (11, 30), ""),
        ("11-30 装修", (11, 30), (11, 30), "装修"),
        ("11月30日 市里 开会", (11, 30), (11, 30), "市里 开会"),
        ("11-30 至 12-02 换系统", (11, 30), (12, 2), "换系统"),
        ("12-01至12-03", (12, 1), (12, 3), ""),
        ("今天 台风", (11, 24), (11, 24), "台风"),
        ("tomorrow flood", (11, 25), (11, 25), "flood"),
    ],
)
def test_a_closing_is_read_with_its_reason(
    text: str, first: tuple[int, int], last: tuple[int, int], reason: str
) -> None:
    assert read_closing(text, TODAY) == (date(2026, *first), date(2026, *last), reason)


@pytest.mark.parametrize("text", ["", "装修", "下周三", "13-01", "11-30装修"])
def test_days_nobody_can_read_are_asked_for_again(text: str) -> None:
    with pytest.raises(Refused, match="closing-unreadable"):
        read_closing(text, TODAY)


def test_days_gone_by_too_many_or_too_far_cannot_be_closed() -> None:
    closable(TODAY, TODAY + timedelta(days=13), TODAY)
    farthest = TODAY + timedelta(days=FARTHEST)
    closable(farthest, farthest, TODAY)
    for first, last, why in (
        (TODAY - timedelta(days=1), TODAY, "closing-past"),
        (TODAY + timedelta(days=1), TODAY, "closing-past"),
        (TODAY, TODAY + timedelta(days=14), "closing-long"),
        (TODAY + timedelta(days=FARTHEST + 1), TODAY + timedelta(days=FARTHEST + 1), "closing-far"),
    ):
        with pytest.raises(Refused) as refused:
            closable(first, last, TODAY)
        assert refused.value.why == why
