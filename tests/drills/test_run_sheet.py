"""A branch's run sheet: which stages, in what order, how long; and how it is written down."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.refused import Refused
from drills.run_sheet import (
    LONGEST,
    LONGEST_STAGE,
    ORDER,
    USUAL,
    Sheet,
    Stage,
    held,
    lasting,
    minutes_of,
    placed,
    read_begun,
    read_sheet,
    sheet,
    sound,
    timetable,
    total,
    write_sheet,
)

SHEETS = st.builds(
    sheet, st.lists(st.integers(0, 5), min_size=7, max_size=7).filter(any).map(tuple), st.permutations(ORDER)
)


def names(every: Sheet) -> list[str]:
    return [str(stage) for stage, _ in held(every)]


def test_the_usual_meeting_takes_a_quarter_of_an_hour() -> None:
    assert total(sheet(USUAL)) == 15
    assert sound(USUAL)


@pytest.mark.parametrize(
    "minutes", [(), (1,) * 6, (0,) * 7, (-1, 2, 2, 4, 4, 1, 1), (LONGEST_STAGE + 1, *USUAL[1:]), (6,) * 7]
)
def test_what_is_no_run_sheet_is_told(minutes: tuple[int, ...]) -> None:
    assert not sound(minutes)


def test_an_order_names_each_stage_once() -> None:
    assert sound(USUAL, ORDER[::-1])
    assert not sound(USUAL, ORDER[1:])
    assert not sound(USUAL, (ORDER[0], *ORDER[:-1]))


def test_a_stage_is_left_out_and_brought_back_where_it_was() -> None:
    usual = sheet(USUAL)
    without = lasting(usual, Stage.LOOK, 0)
    assert names(without) == ["roll", "review", "question", "scene", "rule", "slogan"]
    assert lasting(without, Stage.LOOK, 2) == usual


def test_more_than_a_stage_or_a_meeting_may_take_is_refused_and_so_is_none_at_all() -> None:
    usual, only = sheet(USUAL), sheet((1, 0, 0, 0, 0, 0, 0))
    full = lasting(lasting(usual, Stage.SCENE, 15), Stage.QUESTION, 15)
    for every, stage, minutes, why in (
        (usual, Stage.ROLL, LONGEST_STAGE + 1, "stage-long"),
        (full, Stage.ROLL, 5, "sheet-long"),
        (only, Stage.ROLL, 0, "sheet-empty"),
    ):
        with pytest.raises(Refused) as refused:
            lasting(every, stage, minutes)
        assert refused.value.why == why
    assert total(lasting(full, Stage.ROLL, 4)) == LONGEST


def test_a_stage_moves_past_its_neighbour_over_what_is_left_out() -> None:
    every = lasting(sheet(USUAL), Stage.QUESTION, 0)
    assert names(placed(every, Stage.REVIEW, 3)) == ["roll", "look", "scene", "review", "rule", "slogan"]
    assert names(placed(every, Stage.SLOGAN, 0))[0] == "slogan"
    assert names(placed(every, Stage.ROLL, 99))[-1] == "roll"


@given(SHEETS, st.sampled_from(ORDER), st.integers(0, 6))
def test_moving_changes_the_order_and_nothing_else(every: Sheet, stage: Stage, place: int) -> None:
    moved = placed(every, stage, place)
    assert sorted(moved) == sorted(every)
    others = [s for s in names(every) if s != stage]
    assert [s for s in names(moved) if s != stage] == others
    if dict(every)[stage]:
        assert names(moved).index(stage) == min(place, len(others))


@given(SHEETS)
def test_what_is_written_is_read_again_and_fits_its_column(every: Sheet) -> None:
    kept = write_sheet(every)
    assert read_sheet(kept) == every
    assert read_begun([list(one) for one in every]) == every
    assert sheet(minutes_of(every), [stage for stage, _ in every]) == every


def test_the_longest_sheet_fits_forty_letters() -> None:
    assert len(write_sheet((stage, LONGEST_STAGE) for stage in ORDER)) <= 40


@pytest.mark.parametrize("text", ["roll1 question6", "roll1, question 6", "ro1-qu6", "roll 1/question 6"])
def test_it_is_read_as_people_write_it(text: str) -> None:
    found = read_sheet(text)
    assert found is not None
    assert held(found) == ((Stage.ROLL, 1), (Stage.QUESTION, 6))


@pytest.mark.parametrize("text", ["", "roll", "roll1 roll2", "song3", "roll16", "roll0", "roll1 and more", "1-2-2"])
def test_what_is_no_run_sheet_is_not_read(text: str) -> None:
    assert read_sheet(text) is None


def test_each_stage_begins_when_those_before_it_are_over() -> None:
    told = timetable(lasting(sheet(USUAL), Stage.LOOK, 0), time(23, 58))
    assert [(f"{at:%H:%M}", stage) for at, stage, _ in told][:3] == [
        ("23:58", Stage.ROLL),
        ("23:59", Stage.REVIEW),
        ("00:01", Stage.QUESTION),
    ]


def test_a_meeting_of_the_first_weeks_kept_only_minutes() -> None:
    assert read_begun(list(USUAL)) == sheet(USUAL)
