"""A staff list that an admin of one county sends: nobody of elsewhere is read or changed, and no right of their own."""

from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest
from sqlmodel import select

from bot.rehearsal.channel import NAME
from bot.services import bounds, roster
from bot.services.caller import caller, known
from bot.services.founding import LEADS
from bot.sheets.problems import Problem
from bot.store import links, people, units
from bot.store.tables import Person, RoleHeld
from bot.store.turn import Reader, Turn
from drills.people import Act, Post, Role
from drills.places import Asked, Chain
from drills.roster import Scope
from tests.services.test_roster import COUNTY, lines, new, path, roles
from tests.stories.bank import MONDAY, Bank

EAST, WEST = Asked(("城东网点",)), Asked(("城西网点",))
ELSEWHERE = ("总行", "某省分行", "某市分行", "邻县支行")


def settle_in(turn: Turn, number: str, name: str, chain: Chain, role: Role = Role.ADMIN, post: str = "") -> int:
    """Somebody who works and has a role on the unit with this chain, which is made where it is lacking."""
    unit = None
    for name_ in chain:
        known_units = {u.name: u for u in units.below(turn, "/") if u.parent_id == (unit.id if unit else None)}
        unit = known_units.get(name_) or units.add(turn, name_, unit)
    assert unit
    person = Person(unit_id=known(unit.id), staff_number=number, name=name, post=post, joined_on=MONDAY)
    turn.session.add(person)
    turn.session.flush()
    person_id = known(person.id)
    turn.session.add(RoleHeld(person_id=person_id, role=role, unit_id=known(unit.id)))
    links.attach(turn, person_id, NAME, str(person_id))
    return person_id


def scope(turn: Reader, person: int) -> Scope:
    return bounds.scope_of(turn, caller(turn, people.get(turn, person)))


def told(problems: tuple[Problem, ...]) -> list[str]:
    return ["".join(problem.tell("zh")) for problem in problems]


@pytest.fixture
async def bank(branch: Bank) -> Bank:
    """A neighbouring county with people of its own beside ours, an admin in each."""
    await branch.do(settle_in, "A1", "县管", COUNTY)
    await branch.do(settle_in, "A2", "邻管", ELSEWHERE)
    await branch.do(settle_in, "7001", "秘密", (*ELSEWHERE, "邻县一所"), Role.STAFF, Post.TELLER)
    return branch


async def of(bank: Bank, number: str) -> Scope:
    person = await bank.look(people.by_staff_number, number)
    assert person
    return await bank.look(scope, known(person.id))


async def test_an_admin_reaches_their_county_and_what_is_to_be_made_there(bank: Bank) -> None:
    ours = await of(bank, "A1")
    assert ours == Scope((COUNTY,), "A1")
    made = Asked((*COUNTY, "新开网点"), told=True)
    plan = await bank.do(roster.apply, [new("新一", "N1", made), new("新二", "N2", EAST)], None, scope=ours)
    assert ([e.name for e in plan.changes.joiners], plan.units) == (["新一", "新二"], ((*COUNTY, "新开网点"),))


@pytest.mark.parametrize(
    "unit",
    [
        Asked(("邻县一所",)),
        Asked(("没有的网点",)),
        Asked(("邻县支行", "邻县一所")),
        Asked((*ELSEWHERE, "邻县一所"), told=True),
        Asked((*ELSEWHERE, "要新建的"), told=True),
        Asked((*COUNTY[:3], "没有的县", "要新建的"), told=True),
        Asked(("邻县支行", "要新建的"), told=True),
    ],
)
async def test_a_unit_elsewhere_is_refused_in_the_same_words_whether_it_is_there_or_not(
    bank: Bank, unit: Asked
) -> None:
    before = await bank.look(roster.listing)
    plan = await bank.look(roster.plan, [new("新一", "N1", unit)], await of(bank, "A1"))
    named = "/".join(unit.tail)
    assert told(plan.problems) == [
        (
            f"第 99 行「网点」写的是「{named}」，不在您管的单位里（某县支行）。"
            "请只写您管的单位；要新建网点，请在「上级单位」从总行写起。"
        )
    ]
    with pytest.raises(roster.NotSound):
        await bank.do(roster.apply, [new("新一", "N1", unit)], None, scope=await of(bank, "A1"))
    assert await bank.look(roster.listing) == before


async def test_nobody_sits_on_a_unit_above_ones_own(bank: Bank) -> None:
    above = replace(new("新一", "N1", Asked(("某市分行",)), post="", role=Role.MANAGER))
    [problem] = (await bank.look(roster.plan, [above], await of(bank, "A1"))).problems
    assert problem.code == "unit-outside"


async def test_a_number_of_elsewhere_is_nobodys_name(bank: Bank) -> None:
    before = await bank.look(roster.listing)
    for number in ("7001", "1009", "1010"):
        silent = replace(new("我猜", number, EAST, post=""), roles=None)
        for line in (new("我猜", number, EAST), silent):
            plan = await bank.look(roster.plan, [line], await of(bank, "A1"))
            [sentence] = told(plan.problems)
            assert sentence.startswith(f"第 99 行「工号」写的是「{number}」，这个工号不在您管的单位里。")
            assert not plan.changes.movers
            with pytest.raises(roster.NotSound):
                await bank.do(roster.apply, [line], None, scope=await of(bank, "A1"))
    assert await bank.look(roster.listing) == before


async def test_who_left_elsewhere_is_not_taken_either(bank: Bank) -> None:
    theirs = lines(await bank.look(roster.listing))
    without = [line for line in theirs if line.number != "7001"]
    somebody = new("新一", "N1", Asked((*ELSEWHERE, "邻县一所"), told=True))
    await bank.do(roster.apply, [*without, somebody], None, leavers=True)
    [problem] = (await bank.look(roster.plan, [new("秘密", "7001", EAST)], await of(bank, "A1"))).problems
    assert problem.code == "number-outside"


async def test_the_command_line_and_the_head_office_move_whom_they_like(bank: Bank) -> None:
    moved = [new("秘密", "7001", EAST)]
    assert len((await bank.look(roster.plan, moved)).changes.movers) == 1
    head = await of(bank, "1010")
    assert head.is_whole
    assert len((await bank.look(roster.plan, moved, head)).changes.movers) == 1
    [problem] = (await bank.look(roster.plan, [new("新一", "N1", Asked(("没有的",)))], head)).problems
    assert problem.code == "unit-unknown", "who sees everything is told what is wrong"


async def test_missing_people_are_only_those_of_the_named_units(bank: Bank) -> None:
    plan = await bank.look(roster.plan, [new("新一", "N1", EAST)], await of(bank, "A1"))
    assert {e.name for e in plan.changes.leavers} == {"王芳", "李强", "孙丽", "赵敏", "陈主任"}


async def test_who_has_a_role_outside_is_not_let_go_by_those_inside(bank: Bank) -> None:
    wang, city = bank.王芳.id, bank.unit("某市分行")

    def promote(turn: Turn) -> None:
        turn.session.add(RoleHeld(person_id=wang, role=Role.INSPECTOR, unit_id=city))

    await bank.do(promote)
    plan = await bank.do(roster.apply, [new("新一", "N1", EAST)], None, leavers=True, scope=await of(bank, "A1"))
    assert [e.name for e in plan.kept] == ["王芳"]
    assert (await bank.look(people.get, wang)).active
    assert (Role.INSPECTOR, await bank.look(path, city)) in await bank.look(roles, wang)
    assert not (await bank.look(people.get, bank.李强.id)).active


async def test_nobody_ends_their_own_rights(bank: Bank) -> None:
    ours = await of(bank, "A1")
    there = Asked(COUNTY, told=True)
    demoted = new("县管", "A1", there, post="", role=Role.MANAGER)
    moved = new("县管", "A1", EAST, post="", role=Role.ADMIN)
    for line, code in ((demoted, "own-role"), (moved, "own-place")):
        [problem] = (await bank.look(roster.plan, [line], ours)).problems
        assert problem.code == code
        assert all(all(problem.tell(language)) for language in ("zh", "en"))
        with pytest.raises(roster.NotSound):
            await bank.do(roster.apply, [line], None, scope=ours)
    both = replace(demoted, roles=frozenset({Role.MANAGER, Role.ADMIN}))
    assert len((await bank.do(roster.apply, [both], None, scope=ours)).changes.movers) == 1


async def test_who_forgets_themselves_stays(bank: Bank) -> None:
    colleague = new("新一", "N1", Asked(COUNTY, told=True), post="", role=Role.INSPECTOR)
    plan = await bank.do(roster.apply, [colleague], None, leavers=True, scope=await of(bank, "A1"))
    assert [e.name for e in plan.kept] == ["县管"]
    assert [e.name for e in plan.changes.leavers] == ["吴查"]
    assert await of(bank, "A1") == Scope((COUNTY,), "A1")


async def test_an_admin_who_works_elsewhere_may_be_listed_like_anybody(bank: Bank) -> None:
    """The first admin has that role on the head office and works on a branch: the list says nothing of it."""
    head = bank.unit("总行")

    def begin(turn: Turn) -> None:
        turn.session.add(RoleHeld(person_id=bank.陈主任.id, role=Role.ADMIN, unit_id=head))

    await bank.do(begin)
    listed = [line for line in lines(await bank.look(roster.listing)) if line.unit.tail[-1] == "城东网点"]
    changed = [replace(x, roles=frozenset(LEADS)) if x.name == "陈主任" else x for x in listed]
    await bank.do(roster.apply, changed, None, scope=await of(bank, "1005"))
    assert {role for role, _ in await bank.look(roles, bank.陈主任.id)} == {*LEADS, Role.ADMIN}


OUTSIDE = ("总行", "某省分行", "某市分行"), ELSEWHERE
UNITS = (
    EAST,
    WEST,
    *(Asked(chain, told=told) for chain in (COUNTY, *OUTSIDE, (*COUNTY, "新开")) for told in (True, False)),
    Asked((*ELSEWHERE, "邻县一所"), told=True),
    Asked(("邻县一所",)),
    Asked(("某县支行", "新开二"), told=True),
)
NUMBERS = ("A1", "A2", "7001", "1001", "1002", "1004", "1006", "1008", "1009", "1010", "N1", "N2")


def everything(turn: Reader) -> dict[str, tuple[object, ...]]:
    """Everybody of elsewhere with all they hold, and every unit of elsewhere."""
    ours = next(u.path for u in units.below(turn, "/") if u.name == "某县支行")
    far = [p for p in turn.session.exec(select(Person)) if not path(turn, p.unit_id).startswith(ours)]
    found: dict[str, tuple[object, ...]] = {
        p.staff_number: (p.name, p.post, p.active, p.unit_id, *sorted(roles(turn, known(p.id)))) for p in far
    }
    return found | {u.path: (u.name, u.level) for u in units.below(turn, "/") if not u.path.startswith(ours)}


async def test_whatever_an_admin_sends_nothing_elsewhere_changes_and_they_stay_admin(bank: Bank) -> None:
    dice, done = Random(7), 0
    before, ours = await bank.look(everything), await of(bank, "A1")
    for _ in range(150):
        listed = [
            replace(
                new(f"甲{n}", number, dice.choice(UNITS), post=dice.choice(["", *Post])),
                roles=dice.choice([None, *(frozenset({role}) for role in Role), frozenset(Role)]),
            )
            for n, number in enumerate(dice.sample(NUMBERS, dice.randint(1, 3)))
        ]
        with suppress(roster.NotSound):
            await bank.do(roster.apply, listed, None, leavers=dice.random() < 0.5, scope=ours)
            done += 1
        assert await bank.look(everything) == before, listed
        assert await of(bank, "A1") == ours, listed
    assert done > 10


def whose(turn: Reader, person: int) -> list[str]:
    return bounds.tops(caller(turn, people.get(turn, person)), Act.EDIT_ROSTER)


async def test_only_admins_reach_anything(bank: Bank) -> None:
    for name in ("王芳", "赵敏", "陈主任", "郑总", "吴查"):
        assert await bank.look(whose, bank.person(name).id) == []
