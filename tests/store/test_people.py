from datetime import date, timedelta

import pytest

from bot.store import Reader, Store, Turn, absences, awaited, closings, people, steps, units
from bot.store.dialect import MOST_NAMED
from bot.store.tables import RoleHeld
from drills.leave import Kind
from drills.people import Held, Role
from tests.store.cast import TODAY, Cast, the_cast
from tests.store.conftest import Clock


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await store.do(the_cast)


async def test_finding_people(store: Store, cast: Cast) -> None:
    def look(turn: Reader) -> None:
        found = people.by_staff_number(turn, "1001")
        assert found is not None
        assert found.id == cast.wang
        assert people.by_staff_number(turn, "9") is None
        assert people.find(turn, 999) is None
        assert set(people.many(turn, [cast.wang, cast.zhou, 999])) == {cast.wang, cast.zhou}
        assert [p.name for p in people.on_unit(turn, cast.branch)] == ["王芳", "李强", "赵敏"]
        assert people.on_unit(turn, cast.county) == []
        with pytest.raises(LookupError):
            people.get(turn, 999)

    await store.look(look)


async def test_more_people_than_a_statement_may_name(store: Store, cast: Cast) -> None:
    """Those there are come after as many as one statement names whom nobody knows."""
    strange = range(MOST_NAMED)
    ids = [*(-n - 1 for n in strange), cast.wang, cast.zhao]
    numbers = [*(f"0{n}" for n in strange), "1001"]

    def look(turn: Reader) -> None:
        assert [p.name for p in people.listed(turn, numbers, [*ids[:-2], cast.other_branch])] == ["王芳", "周外"]
        assert [p.name for p in people.by_names(turn, [*numbers, "王芳", "李强"], "/")] == ["王芳", "李强"]
        assert set(people.role_rows(turn, ids)) == {cast.zhao}

    await store.look(look)
    await store.do(people.hold, ids)


async def test_who_has_left_is_not_listed(store: Store, cast: Cast) -> None:
    def leave(turn: Turn) -> None:
        people.get(turn, cast.li).active = False

    await store.do(leave)
    assert [p.name for p in await store.look(people.on_unit, cast.branch)] == ["王芳", "赵敏"]
    assert (await store.look(people.get, cast.li)).name == "李强"


async def test_roles_reach_down_and_end(store: Store, cast: Cast, clock: Clock) -> None:
    def appoint(turn: Turn) -> None:
        for person, unit, until in ((cast.li, cast.branch, TODAY), (cast.zhou, cast.county, None)):
            turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit, until=until))

    await store.do(appoint)
    branch = await store.look(units.get, cast.branch)

    async def trainers(on: int | None = None) -> list[str]:
        return [p.name for p in await store.look(people.with_role, [Role.TRAINER], branch.path, on=on)]

    assert await trainers() == ["李强", "赵敏", "周外"]
    assert await trainers(on=cast.branch) == ["李强", "赵敏"]
    clock.move(hours=15, minutes=56)
    assert await trainers() == ["李强", "赵敏", "周外"], "23:59 in Shanghai is still the last day"
    clock.move(minutes=2)
    assert await trainers() == ["赵敏", "周外"]
    assert await store.look(people.held, cast.li) == (Held(Role.TRAINER, branch.path, TODAY),)
    above = [(p.name, u.id) for p, u in await store.look(people.holders, Role.TRAINER)]
    assert above == [("周外", cast.county), ("赵敏", cast.branch)]
    assert await store.look(people.with_role, [Role.MANAGER], branch.path) == []


async def test_leave_counts_once_granted_and_only_its_days(store: Store, cast: Cast) -> None:
    first, last = TODAY, TODAY + timedelta(2)
    asked = await store.do(absences.ask, cast.wang, first, last)
    also = await store.do(absences.ask, cast.li, first, last)
    assert [a.id for a in await store.look(absences.undecided, cast.branch)] == [asked.id, also.id]
    assert await store.look(absences.undecided, cast.other_branch) == []
    assert await store.look(absences.away, [cast.wang, cast.li], TODAY) == set()
    assert await store.do(absences.decide, asked.id or 0, cast.zhao, granted=True)
    assert await store.do(absences.decide, also.id or 0, cast.zhao, granted=False)
    assert not await store.do(absences.decide, also.id or 0, cast.zhao, granted=True)
    assert await store.look(absences.undecided, cast.branch) == []
    assert await store.look(absences.away, [cast.wang, cast.li], last) == {cast.wang}
    assert await store.look(absences.away, [cast.wang], last + timedelta(1)) == set()
    middle = await store.look(absences.days_away, cast.wang, first - timedelta(9), first + timedelta(1))
    assert middle == {first, first + timedelta(1)}
    found = await store.look(absences.find, asked.id or 0)
    assert found is not None
    assert found.granted_by == cast.zhao
    with pytest.raises(ValueError, match="before it begins"):
        await store.do(absences.ask, cast.wang, last, first)


async def test_leave_can_be_entered_and_taken_back(store: Store, cast: Cast) -> None:
    first, last = TODAY, TODAY + timedelta(2)
    shift = await store.do(absences.enter, cast.wang, first, last, Kind.SHIFT, cast.zhao)
    asked = await store.do(absences.ask, cast.wang, last, last)
    by_nobody = await store.do(absences.enter, cast.li, first, first, Kind.LEAVE, None)
    ahead = await store.look(absences.ahead, [cast.wang, cast.li], first)
    assert [a.id for a in ahead] == [shift.id, by_nobody.id, asked.id]
    assert await store.look(absences.away, [cast.wang, cast.li], first) == {cast.wang, cast.li}
    assert await store.do(absences.withdraw, shift.id or 0, cast.zhao)
    assert not await store.do(absences.withdraw, shift.id or 0, cast.zhao)
    assert await store.do(absences.withdraw, asked.id or 0, cast.wang)
    assert not await store.do(absences.decide, asked.id or 0, cast.zhao, granted=True)
    assert await store.look(absences.undecided, cast.branch) == []
    assert await store.look(absences.away, [cast.wang, cast.li], first) == {cast.li}
    assert [a.id for a in await store.look(absences.ahead, [cast.wang, cast.li], first)] == [by_nobody.id]


async def test_a_closed_day_holds_for_everything_below(store: Store, cast: Cast) -> None:
    holiday, flood = date(2026, 12, 1), date(2026, 12, 2)
    assert await store.do(closings.close, cast.county, holiday, "县里停电")
    assert await store.do(closings.close, cast.branch, flood)
    assert not await store.do(closings.close, cast.branch, flood)
    branch, other = [await store.look(units.get, one) for one in (cast.branch, cast.other_branch)]
    assert await store.look(closings.days, branch.path) == {holiday, flood}
    assert await store.look(closings.days, other.path) == {holiday}
    assert await store.look(closings.by_unit, holiday, holiday) == {cast.county: {holiday}}
    assert await store.look(closings.by_unit, holiday, flood) == {cast.county: {holiday}, cast.branch: {flood}}
    assert await store.do(closings.lift, cast.branch, flood)
    assert await store.look(closings.by_unit, flood, flood) == {}


async def test_steps_are_taken_once_and_skipped_ones_are_known(store: Store, cast: Cast) -> None:
    assert await store.do(steps.mark_done, cast.branch, TODAY, "push", skipped=True)
    assert not await store.do(steps.mark_done, cast.branch, TODAY, "push")
    assert await store.do(steps.mark_done, cast.other_branch, TODAY, "push")
    assert await store.look(steps.done, cast.branch, TODAY) == {"push"}
    assert await store.look(steps.done, cast.branch, TODAY + timedelta(1)) == frozenset()
    assert await store.look(steps.skipped, cast.branch, TODAY) == {"push"}
    assert await store.look(steps.skipped, cast.other_branch, TODAY) == frozenset()
    both = await store.look(steps.done_by_unit, [cast.branch, cast.other_branch, cast.county], TODAY)
    assert both == {cast.branch: {"push"}, cast.other_branch: {"push"}}
    every = {(cast.branch, TODAY): {"push"}, (cast.other_branch, TODAY): {"push"}}
    assert await store.look(steps.of_every_unit, TODAY - timedelta(1), TODAY) == every
    assert await store.look(steps.of_every_unit, TODAY + timedelta(1), TODAY + timedelta(2)) == {}


async def test_the_next_text_answers_what_was_asked_last(store: Store, cast: Cast) -> None:
    await store.do(awaited.expect, cast.wang, "a:1")
    await store.do(awaited.expect, cast.wang, "a:2")
    await store.do(awaited.expect, cast.li, "leave")
    assert await store.look(awaited.of, cast.wang) == "a:2"
    await store.do(awaited.clear, cast.li)
    assert await store.look(awaited.of, cast.li) is None
