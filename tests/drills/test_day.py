from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.day import BRANCH_STEPS, Slot, Step, due, gone_by
from drills.policy import Policy, plan

DAY = plan(Policy())
WINDOW = {slot.step: slot for slot in DAY}
MOMENTS = st.times()


def earlier(moment: time) -> time:
    """The last microsecond before."""
    return (datetime.combine(date(2026, 11, 23), moment) - timedelta(microseconds=1)).time()


def test_the_plan_names_every_step_once() -> None:
    assert sorted(slot.step for slot in DAY) == sorted(Step)


def test_the_summary_belongs_to_managers_and_the_hand_over_to_inspectors() -> None:
    assert set(Step) - BRANCH_STEPS == {Step.SUMMARY, Step.HANDOVER}


@pytest.mark.parametrize(
    ("step", "start", "until"),
    [
        (Step.SUMMARY, "07:40", "12:00"),
        (Step.DIGEST, "07:40", "12:00"),
        (Step.PUSH, "08:03", "08:40"),
        (Step.REVIEW, "08:15", "09:30"),
        (Step.REMIND, "08:33", "08:45"),
        (Step.CLOSE, "08:45", "23:59:59"),
        (Step.PROPOSE, "09:00", "23:59:59"),
        (Step.NO_DRILL, "09:05", "12:00"),
        (Step.HANDOVER, "10:03", "18:00"),
        (Step.SETTLE, "11:30", "23:59:59"),
        (Step.CALL, "17:40", "20:30"),
        (Step.EVENING_CLOSE, "21:00", "23:59:59"),
    ],
)
def test_a_step_is_due_from_its_start_until_before_its_end(step: Step, start: str, until: str) -> None:
    first, end = time.fromisoformat(start), time.fromisoformat(until)
    assert WINDOW[step] == Slot(step, first, end)
    assert step in due(DAY, first, ())
    assert step in due(DAY, earlier(end), ())
    assert step not in due(DAY, end, ())
    assert step not in due(DAY, earlier(first), ())


def test_a_restart_at_half_past_eight_still_pushes() -> None:
    assert due(DAY, time(8, 31), {Step.SUMMARY, Step.DIGEST}) == [Step.PUSH, Step.REVIEW]


def test_whoever_wakes_five_minutes_before_the_close_pushes_no_more() -> None:
    assert Step.PUSH in due(DAY, time(8, 39, 59), ())
    assert Step.PUSH not in due(DAY, time(8, 40), ())
    assert Step.PUSH in gone_by(DAY, time(8, 40), ())


def test_a_program_that_slept_all_day_catches_up_in_the_order_of_the_day() -> None:
    steps = [Step.CLOSE, Step.PROPOSE, Step.SETTLE, Step.CALL]
    missed = [Step.SUMMARY, Step.DIGEST, Step.PUSH, Step.REVIEW, Step.REMIND, Step.NO_DRILL, Step.HANDOVER]
    assert due(DAY, time(18, 0), ()) == due(DAY[::-1], time(18, 0), ()) == steps
    assert gone_by(DAY, time(18, 0), ()) == missed


def test_steps_that_begin_together_keep_the_order_of_the_plan() -> None:
    both = (Slot(Step.CLOSE, time(9), time(10)), Slot(Step.PROPOSE, time(9), time(10)))
    assert due(both, time(9), ()) == [Step.CLOSE, Step.PROPOSE]


def test_a_close_moved_by_a_unit_moves_the_last_push_and_reminder() -> None:
    moved = {s.step: s for s in plan(Policy(push=time(7, 50), remind=time(7, 55), close=time(8, 2)))}
    assert moved[Step.PUSH].until == time(7, 57)
    assert moved[Step.REMIND].until == time(8, 2)


def test_a_step_moved_past_its_usual_window_keeps_one_of_its_own() -> None:
    late = {s.step: s for s in plan(Policy(review=time(9, 45), no_drill=time(23, 30)))}
    assert late[Step.REVIEW].until == time(10, 45)
    assert late[Step.NO_DRILL].until == time(23, 59, 59)


def test_a_morning_of_six_minutes_still_has_a_moment_to_push() -> None:
    short = {s.step: s for s in plan(Policy(push=time(8, 39), close=time(8, 45)))}
    assert short[Step.PUSH].until == time(8, 42)


@given(MOMENTS)
def test_a_step_is_due_or_gone_or_still_to_come(now: time) -> None:
    now_due, gone = due(DAY, now, ()), gone_by(DAY, now, ())
    to_come = [s.step for s in DAY if now < s.start]
    assert sorted([*now_due, *gone, *to_come]) == sorted(Step)


@given(st.lists(MOMENTS, max_size=30), st.sampled_from([DAY, DAY[::-1]]))
def test_whatever_the_clock_does_a_step_is_taken_once_and_in_its_window(
    ticks: list[time], day: tuple[Slot, ...]
) -> None:
    done: list[Step] = []
    for now in ticks:  # in any order: clocks jump back, processes wake late
        for step in due(day, now, done):
            assert WINDOW[step].start <= now < WINDOW[step].until
            done.append(step)
    assert len(done) == len(set(done))


@given(st.sets(st.sampled_from(sorted(Step))), MOMENTS)
def test_what_is_done_is_neither_due_nor_gone(done: set[Step], now: time) -> None:
    assert not done & {*due(DAY, now, done), *gone_by(DAY, now, done)}


@given(MOMENTS, MOMENTS, MOMENTS, MOMENTS)
def test_no_window_of_any_policy_ends_before_it_begins(a: time, b: time, c: time, d: time) -> None:
    push, close, evening, until = sorted(t.replace(second=0, microsecond=0) for t in (a, b, c, d))
    policy = replace(Policy(), push=push, remind=close, close=close, evening=evening, evening_until=until)
    assert all(slot.start <= slot.until for slot in plan(policy))
