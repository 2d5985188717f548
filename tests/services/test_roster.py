"""The staff list from a file, on both databases: people come, move and go, and what they did stays."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.rehearsal.channel import NAME
from bot.services import joining, roster
from bot.services.caller import known
from bot.store import answers, cases, dialect, links, people, units
from bot.store.tables import RoleHeld
from bot.store.turn import Reader, Turn
from drills.people import Post, Role
from drills.places import Asked
from drills.roster import Entry, Line
from tests.stories.bank import MONDAY, Bank
from tests.stories.facts import states

COUNTY = ("总行", "某省分行", "某市分行", "某县支行")


def lines(entries: Iterable[Entry], **changed: dict[str, object]) -> list[Line]:
    """The list as it would be exported, with what is changed by name; changed to nothing, the line is left out."""
    found = []
    for row, e in enumerate(entries, 2):
        values: dict[str, object] = {"number": e.number, "name": e.name, "post": e.post, "roles": e.roles}
        values["unit"] = Asked(e.place, told=True)
        if changed.get(e.name, values):
            found.append(Line(row=row, **(values | changed.get(e.name, {}))))  # type: ignore[arg-type]  # as Entry has them
    return found


def new(name: str, number: str, unit: Asked, post: str = Post.TELLER, role: Role = Role.STAFF) -> Line:
    return Line(row=99, number=number, name=name, post=post, roles=frozenset({role}), unit=unit)


def roles(turn: Reader, person: int) -> set[tuple[str, str]]:
    return {(held.role, held.path) for held in people.held(turn, person)}


def path(turn: Reader, unit: int) -> str:
    return units.get(turn, unit).path


def deputise(turn: Turn, person: int, unit: int) -> None:
    turn.session.add(RoleHeld(person_id=person, role=Role.TRAINER, unit_id=unit, until=MONDAY))


async def test_the_list_as_it_stands_changes_nothing(branch: Bank) -> None:
    listed = await branch.look(roster.listing)
    assert len(listed) == len(branch.town.people)
    plan = await branch.do(roster.apply, lines(listed), None, leavers=True)
    assert plan.changes.unchanged == tuple(listed)
    assert plan.units == ()
    assert await branch.look(roster.listing) == listed


async def test_who_joins_is_let_in_and_drilled_the_same_morning(branch: Bank) -> None:
    made = Asked((*COUNTY, "新开网点"), told=True)
    plan = await branch.do(roster.apply, [new("新一", "N1", made), new("新二", "N2", Asked(("城东网点",)))], None)
    assert [e.name for e in plan.changes.joiners] == ["新一", "新二"]
    assert plan.units == ((*COUNTY, "新开网点"),)
    person = await branch.look(people.by_staff_number, "N2")
    assert person is not None
    assert person.id is not None
    branch.town.people["新二"] = person.id
    await branch.do(links.attach, person.id, NAME, str(person.id))
    await branch.at("08:03")
    assert branch.新二.sees("早上好")
    assert len(await branch.look(units.branches, "/")) == 1 + len(branch.town.plan.branches)


async def test_a_plan_changes_nothing(branch: Bank) -> None:
    before = await branch.look(roster.listing)
    plan = await branch.look(roster.plan, [new("新一", "N1", Asked((*COUNTY, "新开网点"), told=True))])
    assert plan.changes.joiners
    assert await branch.look(roster.listing) == before


async def test_who_moves_takes_roles_along_and_leaves_the_answers(day: Bank) -> None:
    wang, east, other = day.王芳.id, day.unit("城东网点"), next(b for b in day.town.plan.branches if b != "城东网点")
    await day.answer_all("王芳")
    await day.do(deputise, wang, east)
    listed = await day.look(roster.listing)
    there = {"unit": Asked((other,)), "post": Post.LOBBY, "name": "王方"}
    plan = await day.do(roster.apply, lines(listed, 王芳=there), None)
    [move] = plan.changes.movers
    assert move.differs == ("name", "post", "place")
    assert await day.look(roles, wang) == {(Role.STAFF, await day.look(path, day.unit(other)))}
    given = await day.look(answers.of_person, wang)
    assert given
    assert {(await day.look(people.get, wang)).unit_id} == {day.unit(other)}
    assert (await day.do(roster.apply, lines(await day.look(roster.listing)), None)).changes.movers == ()


async def test_roles_change_and_a_deputy_becomes_one_for_good(branch: Bank) -> None:
    wang, east = branch.王芳.id, branch.unit("城东网点")
    await branch.do(deputise, wang, east)
    listed = await branch.look(roster.listing)
    assert not (await branch.look(roster.plan, lines(listed))).changes.movers, "a deputy's role is not the list's"
    await branch.do(roster.apply, lines(listed, 王芳={"roles": frozenset({Role.STAFF, Role.TRAINER})}), None)
    assert [held.until for held in await branch.look(people.held, wang)] == [None, None]
    await branch.do(roster.apply, lines(listed, 王芳={"roles": frozenset({Role.MANAGER}), "post": ""}), None)
    assert {role for role, _ in await branch.look(roles, wang)} == {Role.MANAGER}


async def test_who_is_not_listed_stays_until_it_is_said_that_they_left(proposed: Bank) -> None:
    wang = proposed.王芳.id
    await proposed.do(joining.invite, wang, "A-LONG-CODE")
    without = lines(await proposed.look(roster.listing), 王芳={})
    plan = await proposed.do(roster.apply, without, None)
    assert [e.name for e in plan.changes.leavers] == ["王芳"]
    assert (await proposed.look(people.get, wang)).active

    await proposed.do(roster.apply, without, proposed.赵敏.id, leavers=True)
    assert not (await proposed.look(people.get, wang)).active
    assert await proposed.look(roles, wang) == set()
    assert await proposed.look(links.reachable, [wang]) == frozenset()
    assert await proposed.look(links.invitation, joining.code_hash("A-LONG-CODE")) is None
    assert {state for state, _ in await proposed.look(states, wang)} == {"excused"}
    [case] = await proposed.look(cases.of_person, wang)
    last = (await proposed.look(cases.steps, known(case.id)))[-1]
    assert (last.note, last.by_id) == (roster.LEFT, proposed.赵敏.id)
    await proposed.at("17:40")
    assert not proposed.赵敏.sees("王芳")


async def test_who_comes_back_is_the_same_person(proposed: Bank) -> None:
    wang = proposed.王芳.id
    listed = await proposed.look(roster.listing)
    await proposed.do(roster.apply, lines(listed, 王芳={}), None, leavers=True)
    plan = await proposed.do(roster.apply, lines(listed), None)
    assert [e.name for e in plan.changes.returners] == ["王芳"]
    back = await proposed.look(people.get, wang)
    assert (back.active, back.joined_on) == (True, proposed.today)
    assert await proposed.look(roster.listing) == listed
    assert await proposed.look(links.reachable, [wang]) == frozenset(), "a new invitation is needed"


async def test_all_or_nothing(branch: Bank) -> None:
    before = await branch.look(roster.listing)
    bad = [
        new("新一", "N1", Asked(("城东网点",))),
        new("新二", "N2", Asked(("没有的网点",))),
        new("新三", "N3", Asked(("某县支行",))),
    ]
    with pytest.raises(roster.NotSound) as refused:
        await branch.do(roster.apply, bad, None)
    assert [(p.code, p.row) for p in refused.value.problems] == [("unit-unknown", 99), ("not-branch", 99)]
    assert all(all(p.tell(language)) for p in refused.value.problems for language in ("zh", "en"))
    assert await branch.look(roster.listing) == before


async def test_a_list_without_roles_leaves_those_people_have(branch: Bank) -> None:
    listed = await branch.look(roster.listing)
    silent = [replace(line, roles=None) for line in lines(listed, 王芳={"post": Post.LOBBY})]
    plan = await branch.look(roster.plan, silent)
    assert [move.differs for move in plan.changes.movers] == [("post",)]
    unknown = replace(new("新一", "N1", Asked(("城东网点",)), post=""), roles=None)
    [problem] = (await branch.look(roster.plan, [unknown])).problems
    assert "".join(problem.tell("zh")).startswith("第 99 行「岗位」是空的。要是 柜员")


async def test_more_people_than_a_statement_may_name(branch: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a statement names few; how many it really may, tests/store/test_people.py tries."""
    monkeypatch.setattr(dialect, "MOST_NAMED", 20)
    many = [new(f"员工{n}", f"N{n}", Asked(("城东网点",))) for n in range(2 * 20 + 5)]
    assert len((await branch.do(roster.apply, many, None)).changes.joiners) == len(many)
    assert len((await branch.look(roster.plan, many)).changes.unchanged) == len(many)


async def test_a_passed_case_of_who_left_waits_for_nothing(proposed: Bank) -> None:
    wang = proposed.王芳.id
    await proposed.赵敏.taps("全部确认")
    await proposed.at("17:40")
    await proposed.王芳.taps("开始 5 题")
    await proposed.王芳.answers()
    assert [state for state, _ in await proposed.look(states, wang)] == ["passed"]
    await proposed.do(roster.apply, lines(await proposed.look(roster.listing), 王芳={}), None, leavers=True)
    assert [state for state, _ in await proposed.look(states, wang)] == ["excused"]
