import asyncio
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.store import Reader, Store, Turn, answers, cases, sittings, units
from bot.store.answers import Total
from bot.store.tables import Answer, CaseStep, TrainingCase
from drills.cases import State
from tests.store.cast import TODAY, Cast, a_sitting, answer_next, the_cast
from tests.store.conftest import MORNING, Clock

YESTERDAY = TODAY - timedelta(1)


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await store.do(the_cast)


async def sit(store: Store, cast: Cast, *marks: bool, **about: Any) -> int:  # noqa: ANN401 -- whatever a_sitting takes
    """A sitting with as many answers, right or wrong, as there are marks."""
    sitting = await store.do(a_sitting, cast, **about)
    assert sitting is not None
    for right in marks:
        assert await store.do(answer_next, sitting, right=right)
    return sitting


async def test_a_sitting_is_made_once_and_keeps_its_order(store: Store, cast: Cast) -> None:
    sitting = await sit(store, cast)
    assert await store.do(a_sitting, cast, questions=("q9",)) is None
    assert [s.question for s in await store.look(sittings.slots, sitting)] == ["q1", "q2"]
    assert [s.seed for s in await store.look(sittings.slots, sitting)] == [2**40, 2**40 + 1]
    assert await store.do(a_sitting, cast, part="again") is not None
    assert await store.do(a_sitting, cast, kind="makeup") is not None


async def test_a_sitting_knows_what_comes_next(store: Store, cast: Cast) -> None:
    sitting = await sit(store, cast, True)

    def look(turn: Reader) -> None:
        played = sittings.load(turn, sitting)
        assert played is not None
        slot = played.next_slot()
        assert slot is played.slots[1]
        assert slot is not None
        assert slot.question == "q2"
        assert list(played.slots_by_id) == [s.id for s in played.slots]
        same = sittings.by_slot(turn, slot.id or 0)
        assert same is not None
        assert same.sitting.id == sitting
        assert len(same.answers) == 1
        assert sittings.load(turn, 999) is sittings.by_slot(turn, 999) is None

    await store.look(look)
    await store.do(look)
    await store.do(answer_next, sitting)
    assert not await store.do(answer_next, sitting)
    done = await store.look(sittings.load, sitting)
    assert done is not None
    assert done.next_slot() is None


async def test_the_start_button_counts_the_first_time(store: Store, cast: Cast, clock: Clock) -> None:
    sitting = await sit(store, cast)

    def start(turn: Turn) -> object:
        played = sittings.load(turn, sitting)
        assert played is not None
        sittings.start(turn, played.sitting)
        return played.sitting.started_at

    assert await store.do(start) == MORNING
    clock.move(minutes=1)
    assert await store.do(start) == MORNING


async def test_sittings_of_a_person_a_branch_and_their_progress(store: Store, cast: Cast) -> None:
    mine = await sit(store, cast, True)
    late = await sit(store, cast, kind="makeup")
    theirs = await sit(store, cast, True, False, person_id=cast.li)
    await sit(store, cast, person_id=cast.zhou, unit_id=cast.other_branch)
    await sit(store, cast, day=YESTERDAY)

    async def of(*about: Any, unit: bool = False) -> list[int | None]:  # noqa: ANN401 -- either query's
        query = sittings.of_unit if unit else sittings.of_day
        return [p.sitting.id for p in await store.look(query, *about)]

    assert await of(cast.wang, TODAY) == [mine, late]
    assert await of(cast.wang, TODAY, "makeup") == [late]
    assert await of(cast.branch, TODAY, unit=True) == [mine, late, theirs]
    assert await of(cast.branch, TODAY, "morning", unit=True) == [mine, theirs]
    assert await of(cast.li, YESTERDAY) == []
    progress = await store.look(sittings.progress, cast.branch, TODAY, "morning")
    assert progress == {cast.wang: (mine, 2, 1), cast.li: (theirs, 2, 2)}
    asked = await store.look(sittings.days_asked, [cast.wang, cast.li], YESTERDAY, TODAY)
    assert asked == {cast.wang: {YESTERDAY, TODAY}, cast.li: {TODAY}}


async def test_two_last_answers_do_not_miss_each_other(store: Store, other: Store, cast: Cast) -> None:
    """A sitting is held by the Turn that loads it, so one of the two sees that it was the last."""
    sitting = await sit(store, cast)

    def take(turn: Turn) -> bool:
        assert answer_next(turn, sitting)
        played = sittings.load(turn, sitting)
        assert played is not None
        return played.next_slot() is None

    assert sorted(await asyncio.gather(store.do(take), other.do(take))) == [False, True]


async def test_a_doubt_is_said_once(store: Store, cast: Cast) -> None:
    sitting = await sit(store, cast)
    slot = (await store.look(sittings.slots, sitting))[0].id or 0
    assert await store.do(sittings.doubt, slot, cast.wang)
    assert not await store.do(sittings.doubt, slot, cast.wang)


async def test_a_persons_answers_oldest_first(store: Store, cast: Cast) -> None:
    await sit(store, cast, False, True)
    await sit(store, cast, False, day=YESTERDAY, kind="evening")
    await sit(store, cast, True, person_id=cast.li)
    given = await store.look(answers.of_person, cast.wang)
    assert [(g.day, g.question, g.right, g.kind) for g in given] == [
        (YESTERDAY, "q1", False, "evening"),
        (TODAY, "q1", False, "morning"),
        (TODAY, "q2", True, "morning"),
    ]
    assert len(await store.look(answers.of_person, cast.wang, TODAY)) == 2
    wrong = await store.look(answers.wrong_of_person, cast.wang, YESTERDAY)
    assert [(a.day, slot.shown["stem"]) for a, slot in wrong] == [(YESTERDAY, "q1"), (TODAY, "q1")]
    evidence = [given[1].id, given[0].id]
    shown = await store.look(answers.with_slots, evidence)
    assert [(a.id, slot.question) for a, slot in shown] == [(given[0].id, "q1"), (given[1].id, "q1")]


async def test_what_counts(store: Store, cast: Cast) -> None:
    """Mornings and make-ups that were in time count; evenings, retries and practice do not."""
    await sit(store, cast, True, False)
    late = await sit(store, cast, person_id=cast.li)
    await store.do(answer_next, late, counted=False)
    await sit(store, cast, True, person_id=cast.li, kind="makeup", day=YESTERDAY)
    await sit(store, cast, True, kind="evening", day=YESTERDAY)
    both = [cast.wang, cast.li]
    counted = await store.look(answers.counted_by_person, both, YESTERDAY, TODAY)
    assert {person: [g.right for g in given] for person, given in counted.items()} == {
        cast.wang: [True, False],
        cast.li: [True],
    }
    assert await store.look(answers.people_answered, cast.branch, TODAY) == {cast.wang}
    assert await store.look(answers.scores, cast.branch, TODAY, "morning") == [(cast.wang, 1, 2)]
    days = await store.look(answers.days_answered_by_person, both, YESTERDAY)
    assert days == {cast.wang: {TODAY}, cast.li: {YESTERDAY}}
    assert await store.look(answers.days_answered, cast.li, TODAY) == set()


async def test_sums_over_checkpoints(store: Store, cast: Cast) -> None:
    await sit(store, cast, True, False)
    await sit(store, cast, True, True, person_id=cast.li)
    await sit(store, cast, False, person_id=cast.zhou, unit_id=cast.other_branch)
    branch = (await store.look(units.get, cast.branch)).path
    assert await store.look(answers.by_checkpoint, branch, YESTERDAY, TODAY) == [
        Total(key="c.q1", right=2, asked=2, people=2),
        Total(key="c.q2", right=1, asked=2, people=2),
    ]


async def test_making_good_for_a_missed_checkpoint(store: Store, cast: Cast) -> None:
    await sit(store, cast, False, kind="retry", part="1", questions=("q1",))
    assert not await store.look(answers.retried_right, cast.wang, "c.q1", TODAY)
    await sit(store, cast, True, kind="retry", part="2", questions=("q1",))
    assert await store.look(answers.retried_right, cast.wang, "c.q1", TODAY)
    assert not await store.look(answers.retried_right, cast.wang, "c.q1", YESTERDAY)
    assert not await store.look(answers.retried_right, cast.li, "c.q1", TODAY)


def a_case(cast: Cast, checkpoint: str = "c.q1", *, day: date = TODAY, **about: Any) -> TrainingCase:  # noqa: ANN401 -- any column
    facts: dict[str, Any] = {"person_id": cast.wang, "unit_id": cast.branch, "evening": day, "state": State.PROPOSED}
    facts |= {"evidence": [], "figures": {"right": 1}}
    return TrainingCase(day=day, checkpoint=checkpoint, rule="rolling", **(facts | about))


async def test_a_case_is_proposed_once_and_moves_by_steps(store: Store, cast: Cast) -> None:
    assert await store.do(cases.propose, a_case(cast))
    assert not await store.do(cases.propose, a_case(cast))

    def confirm(turn: Turn) -> int:
        case = cases.of_unit(turn, cast.branch, [State.PROPOSED], day=TODAY)[0]
        case.state = State.CONFIRMED
        step = CaseStep(case_id=case.id or 0, event="confirm", state=case.state, by_id=cast.zhao, at=turn.now)
        cases.append(turn, step)
        assert cases.of_unit(turn, cast.branch, [State.PROPOSED]) == []
        return case.id or 0

    number = await store.do(confirm)
    case = await store.look(cases.find, number)
    assert case is not None
    assert (case.state, case.figures) == (State.CONFIRMED, {"right": 1})
    assert [s.by_id for s in await store.look(cases.steps, number)] == [cast.zhao]
    assert await store.look(cases.find, 999) is None


async def test_two_trainers_confirm_at_once_and_one_of_them_does_it(store: Store, other: Store, cast: Cast) -> None:
    for n in range(20):
        await store.do(cases.propose, a_case(cast, f"c{n}"))

    def confirm_all(turn: Turn) -> int:
        waiting = cases.of_unit(turn, cast.branch, [State.PROPOSED], day=TODAY)
        for case in waiting:
            case.state = State.CONFIRMED
        return len(waiting)

    assert sorted(await asyncio.gather(store.do(confirm_all), other.do(confirm_all))) == [0, 20]


async def test_finding_cases(store: Store, cast: Cast) -> None:
    tomorrow = TODAY + timedelta(1)
    await store.do(cases.propose, a_case(cast, "old", day=YESTERDAY, evening=TODAY, state=State.AGAIN))
    await store.do(cases.propose, a_case(cast, "new", state=State.EXCUSED))
    await store.do(cases.propose, a_case(cast, "moved", evening=tomorrow, state=State.CONFIRMED))
    await store.do(cases.propose, a_case(cast, "else", person_id=cast.zhou, unit_id=cast.other_branch))

    async def found(query: Callable[..., Sequence[TrainingCase]], *about: object, **more: object) -> list[str]:
        return [case.checkpoint for case in await store.look(query, *about, **more)]

    assert await found(cases.for_evening, cast.branch, TODAY) == ["old", "new"]
    assert await found(cases.of_unit, cast.branch, evening=tomorrow) == ["moved"]
    assert await found(cases.of_unit, cast.branch, [State.CONFIRMED, State.EXCUSED], day=TODAY) == ["new", "moved"]
    assert await found(cases.of_person, cast.wang) == ["old", "new", "moved"]
    assert await found(cases.of_person, cast.wang, [State.AGAIN]) == ["old"]
    assert await found(cases.of_person, cast.wang, since=TODAY) == ["new", "moved"]
    assert await found(cases.of_unit, cast.branch, evening_by=TODAY) == ["old", "new"]
    await store.do(cases.propose, a_case(cast, "done", person_id=cast.li, state=State.PASSED))
    everybody = [cast.wang, cast.li, cast.zhou]
    assert await store.look(cases.passed_since, everybody, TODAY) == {cast.li}
    assert await store.look(cases.passed_since, everybody, tomorrow) == set()
    opened = await store.look(cases.open_checkpoints, [cast.wang, cast.zhou])
    assert opened == {cast.wang: {"old", "moved"}, cast.zhou: {"else"}}


async def test_questions_already_used_for_a_case(store: Store, cast: Cast) -> None:
    await sit(store, cast, False, questions=("q1",))
    evidence = await store.look(lambda turn: [a for a in turn.session.exec(select(col(Answer.id))) if a])
    case = a_case(cast, evidence=evidence)
    await store.do(cases.propose, case)
    await sit(store, cast, kind="evening", case_id=1, questions=("q7", "q8"))
    assert await store.look(cases.questions_used, 1) == {"q1", "q7", "q8"}
    assert await store.look(cases.questions_used, 999) == frozenset()
