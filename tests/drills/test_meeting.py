"""A meeting as it stands after any notes, and who is drawn with whom."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drills.meeting import (
    FORGOTTEN,
    NEXT,
    Event,
    Mark,
    Note,
    State,
    cast,
    fold,
    lasted,
    left,
    pairs,
    present,
    spent,
    write_ids,
)
from drills.run_sheet import ORDER, Stage, sheet
from drills.run_sheet import USUAL as MINUTES

USUAL = sheet(MINUTES)
AT = datetime(2026, 11, 23, 0, 15, tzinfo=UTC)
HOST, HEAD, WANG, LI, SUN = 1, 2, 11, 12, 13
PEOPLE = st.sets(st.integers(1, 500), max_size=30)


def note(kind: Note, value: str = "", *, after: int = 0, by: int | None = HOST, about: int | None = None) -> Event:
    return Event(note=kind, at=AT + timedelta(minutes=after), by=by, about=about, value=value)


def enter(stage: Stage, after: int = 0, by: int = HOST) -> Event:
    return note(Note.ENTER, stage, after=after, by=by)


def test_before_it_begins_it_stands_at_the_first_stage_and_does_not_run() -> None:
    state = fold(USUAL, [])
    assert (state.stage, state.running, left(state, AT)) == (Stage.ROLL, False, timedelta())


def test_a_stage_without_minutes_is_passed_over() -> None:
    state = fold(sheet((1, 0, 0, 4, 0, 1, 0)), [enter(Stage.QUESTION)])
    assert state.stages == (Stage.ROLL, Stage.QUESTION, Stage.RULE)
    assert (state.before(), state.following()) == (Stage.ROLL, Stage.RULE)
    assert fold(state.sheet, [enter(Stage.ROLL)]).before() is None
    assert fold(state.sheet, [enter(Stage.RULE)]).following() is None


def test_late_takes_part_and_whom_the_roll_has_away_does_not() -> None:
    marks = [
        note(Note.MARK, mark, about=who) for who, mark in ((WANG, Mark.LATE), (LI, Mark.LEAVE), (SUN, Mark.ABSENT))
    ]
    state = fold(USUAL, [enter(Stage.ROLL), *marks])
    assert present(state, [WANG, LI, SUN, 14]) == (WANG, 14), "who was not called may be here all the same"


def test_four_more_taps_lead_back_to_here() -> None:
    mark = NEXT[None]
    seen = [mark := NEXT[mark] for _ in range(4)]
    assert NEXT[None] is Mark.HERE
    assert seen == [Mark.LATE, Mark.LEAVE, Mark.ABSENT, Mark.HERE]


def test_everything_noted_is_there_for_whoever_goes_on() -> None:
    state = fold(
        USUAL,
        [
            enter(Stage.ROLL),
            note(Note.PAIRS, "11,12;13,14,15"),
            note(Note.REVIEWED, "2"),
            enter(Stage.QUESTION, 6, by=HEAD),
            note(Note.ASK, "count-1", by=HEAD),
            note(Note.REVEAL, by=HEAD),
            note(Note.CAST, write_ids([WANG, LI, SUN]), by=None),
        ],
    )
    assert (state.leaders, state.running, state.stage) == ((HOST, HEAD), True, Stage.QUESTION)
    assert (state.pairs, state.reviewed) == (((11, 12), (13, 14, 15)), 2)
    assert (state.asked, state.revealed, state.cast) == ("count-1", True, (WANG, LI, SUN))


def test_a_stage_runs_over_and_coming_back_adds_to_its_time() -> None:
    events = [enter(Stage.ROLL), enter(Stage.LOOK, 2), enter(Stage.ROLL, 5), enter(Stage.LOOK, 6)]
    state = fold(USUAL, events)
    assert left(state, AT + timedelta(minutes=7)) == timedelta(minutes=1)
    assert left(state, AT + timedelta(minutes=10)) == timedelta(minutes=-2)
    ended = fold(USUAL, [*events, note(Note.END, FORGOTTEN, after=10, by=None)])
    assert spent(ended) == {Stage.ROLL: timedelta(minutes=3), Stage.LOOK: timedelta(minutes=7)}
    assert spent(state)[Stage.LOOK] == timedelta(minutes=3), "what still runs has no end yet"
    assert (ended.forgotten, ended.running, left(ended, AT)) == (True, False, timedelta())


def test_a_stage_lasts_from_its_first_minute_to_when_it_was_last_left() -> None:
    events = [enter(Stage.ROLL), enter(Stage.REVIEW, 2), enter(Stage.ROLL, 5), enter(Stage.REVIEW, 6)]
    running = fold(USUAL, events)
    assert lasted(running, Stage.REVIEW) is None, "it still runs"
    assert lasted(running, Stage.SCENE) is None, "nobody came to it"
    ended = fold(USUAL, [*events, note(Note.END, after=9)])
    assert lasted(ended, Stage.REVIEW) == (AT + timedelta(minutes=2), AT + timedelta(minutes=9))
    assert lasted(ended, Stage.ROLL) == (AT, AT + timedelta(minutes=6))


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(ORDER).map(enter),
        st.tuples(st.sampled_from(Mark), st.integers(1, 9)).map(lambda m: note(Note.MARK, m[0], about=m[1])),
        st.just(note(Note.MARK, Mark.HERE)),
        st.just(note(Note.REVEAL)),
        st.just(note(Note.END)),
    ),
    max_size=12,
)


@given(EVENTS, EVENTS)
def test_a_replay_is_the_same_and_nothing_changes_after_the_end(events: list[Event], more: list[Event]) -> None:
    state: State = fold(USUAL, events)
    assert fold(USUAL, list(events)) == state
    if state.ended_at is not None:
        assert fold(USUAL, [*events, *more]) == state


@given(PEOPLE, st.integers())
def test_everybody_is_in_one_pair_and_three_are_together_only_once(people: set[int], seed: int) -> None:
    groups = pairs(people, Random(seed))
    drawn = [person for group in groups for person in group]
    assert sorted(drawn) == (sorted(people) if len(people) > 1 else [])
    assert [len(g) for g in groups].count(3) == (len(people) % 2 if len(people) > 1 else 0)
    assert all(len(g) in {2, 3} for g in groups)
    assert groups == pairs(people, Random(seed))


@given(PEOPLE, st.integers())
def test_a_scene_takes_three_different_people_where_there_are_three(people: set[int], seed: int) -> None:
    drawn = cast(people, Random(seed))
    assert len(set(drawn)) == len(drawn) == min(len(people), 3)
    assert set(drawn) <= people
    assert drawn == cast(people, Random(seed))
