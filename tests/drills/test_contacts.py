"""Who of WeCom's contacts stands where with us, and about whom nothing is guessed."""

from dataclasses import replace

import pytest

from drills.contacts import Book, Department, Doubt, Known, Member, Ours, Why, judge, place_of, plain, settled
from drills.people import Post, Role
from drills.places import Asked, Chain
from drills.roster import Entry, Line

COUNTY: Chain = ("总行", "某省分行", "某市分行", "某县支行")
EAST, WEST = (*COUNTY, "城东网点"), (*COUNTY, "城西网点")
UNITS = [*(COUNTY[:end] for end in range(1, 5)), EAST, WEST]
POSITIONS = {"综合柜员": Post.TELLER, "大堂经理": Post.LOBBY}
WANG = Entry(number="1001", name="王芳", post=Post.TELLER, place=EAST, roles=frozenset({Role.STAFF}))
FANG = Member(userid="wangfang", name="王芳", departments=(2,), position="综合柜员")
NEW = Member(userid="xinyi", name="新一", departments=(2,), position=" 综合 柜员")


def department(number: int, name: str, parent: int = 1) -> Department:
    return Department(id=number, name=name, parent=parent)


def told(member: Member, place: Chain, *ours: Ours, careful: bool = False) -> Line | Doubt | None:
    return judge(7, member, place, Known(ours, POSITIONS, careful=careful))


def doubt(member: Member, place: Chain, *ours: Ours, careful: bool = False) -> Why:
    found = told(member, place, *ours, careful=careful)
    assert isinstance(found, Doubt)
    return found.why


def test_departments_are_units_by_name_below_the_root() -> None:
    found = settled(
        [department(1, "清河银行", 0), department(2, "城东网点"), department(3, "柜面", 2), department(4, "新开网点")],
        {1: COUNTY},
        {1},
        UNITS,
    )
    assert found == {1: COUNTY, 2: EAST, 3: EAST, 4: (*COUNTY, "新开网点")}, "what lies below a branch is the branch"


def test_a_unit_of_that_name_further_down_is_meant_if_it_is_the_only_one() -> None:
    departments = [department(1, "x", 0), department(2, "城东网点"), department(3, "城西网点")]
    twice = [*UNITS, ("总行", "另一省", "城西网点")]
    found = settled(departments, {1: ("总行",)}, {1}, twice)
    assert found[2] == EAST
    assert found[3] == ("总行", "城西网点"), "two of that name: neither is guessed"


def test_what_is_known_of_a_department_holds_whatever_it_is_called_now() -> None:
    departments = [department(1, "x", 0), department(2, "城东第一网点"), department(3, "y", 2)]
    assert settled(departments, {1: COUNTY, 2: EAST}, {1}, UNITS) == {1: COUNTY, 2: EAST, 3: EAST}


def test_outside_the_roots_and_in_a_circle_there_is_nothing() -> None:
    departments = [department(1, "x", 0), department(2, "y", 3), department(3, "z", 2), department(5, "w", 0)]
    assert settled(departments, {1: COUNTY}, {1}, UNITS) == {1: COUNTY}
    assert settled([department(1, "x", 2), department(2, "y", 1)], {1: EAST}, {1}, UNITS) == {1: EAST, 2: EAST}


def test_a_root_may_lie_below_another() -> None:
    departments = [department(1, "x", 0), department(2, "甲"), department(3, "乙", 2)]
    assert settled(departments, {1: COUNTY, 2: EAST}, {1, 2}, UNITS) == {1: COUNTY, 2: EAST, 3: EAST}


def test_the_main_department_comes_first_and_another_stands_in() -> None:
    assert place_of(replace(FANG, departments=(3, 2)), {2: EAST, 3: WEST}) == WEST
    assert place_of(replace(FANG, departments=(9, 2)), {2: EAST}) == EAST
    assert place_of(FANG, {}) == ()


def test_a_newcomers_post_is_what_their_position_means() -> None:
    line = told(NEW, EAST)
    assert line == Line(row=7, number="xinyi", name="新一", post=Post.TELLER, roles=None, unit=Asked(EAST, told=True))
    assert plain("综合　柜员") == "综合柜员"


@pytest.mark.parametrize("position", ["", "客户经理", "柜员A"])
def test_a_position_that_means_no_post_is_not_guessed(position: str) -> None:
    assert doubt(replace(NEW, position=position), EAST) == Why.NO_POST


def test_who_is_known_keeps_post_and_roles_and_may_have_another_name_and_place() -> None:
    ours = Ours(entry=WANG, userid="wangfang")
    line = told(replace(FANG, name="王方", position="大堂经理"), WEST, ours)
    assert isinstance(line, Line)
    assert (line.number, line.name, line.post, line.roles, line.unit.tail) == ("1001", "王方", Post.TELLER, None, WEST)


def test_a_staff_number_is_a_person_only_with_the_same_name() -> None:
    by_number = replace(FANG, userid="1001")
    assert isinstance(told(by_number, EAST, Ours(entry=WANG)), Line)
    assert doubt(replace(by_number, name="李强"), EAST, Ours(entry=WANG)) == Why.OTHER_NAME
    assert doubt(by_number, EAST, Ours(entry=WANG, userid="another")) == Why.OTHER_CHAT
    assert isinstance(told(replace(FANG, userid="a1"), EAST, Ours(entry=replace(WANG, number="A1"))), Line)


def test_a_namesake_without_a_chat_may_be_the_same_person() -> None:
    found = told(FANG, EAST, Ours(entry=WANG))
    assert isinstance(found, Doubt)
    assert (found.why, found.number) == (Why.SAME_NAME, "1001")
    assert isinstance(told(FANG, WEST, Ours(entry=WANG)), Line), "elsewhere it is another"
    assert isinstance(told(FANG, EAST, Ours(entry=WANG, userid="another")), Line), "they have a chat of their own"


def test_who_had_left_comes_back_as_new() -> None:
    left = Ours(entry=WANG, active=False)
    back = told(replace(FANG, userid="1001", position="大堂经理"), EAST, left)
    assert isinstance(back, Line)
    assert (back.number, back.post) == ("1001", Post.LOBBY)
    kept = told(replace(FANG, userid="1001", position=""), EAST, left)
    assert isinstance(kept, Line)
    assert kept.post == Post.TELLER
    nothing = Ours(entry=replace(WANG, post="", roles=frozenset()), active=False)
    assert doubt(replace(FANG, userid="1001", position=""), EAST, nothing) == Why.NO_POST


def test_who_stands_outside_is_only_told_of_if_ours() -> None:
    assert told(NEW, ()) is None
    assert told(replace(FANG, userid="1001"), (), Ours(entry=WANG, active=False)) is None
    assert doubt(FANG, (), Ours(entry=WANG, userid="wangfang")) == Why.NO_PLACE


def test_who_is_not_at_work_is_no_line() -> None:
    away = replace(FANG, here=False)
    assert told(away, EAST, Ours(entry=WANG, userid="wangfang")) is None
    assert Book(departments=(), members=(away, NEW), missing=frozenset({"x"})).away == {"wangfang", "x"}


def test_who_has_a_post_stands_on_a_branch() -> None:
    assert doubt(NEW, COUNTY) == Why.NOT_BRANCH
    trainer = Ours(entry=replace(WANG, post="", roles=frozenset({Role.TRAINER})), userid="wangfang")
    assert isinstance(told(FANG, COUNTY, trainer), Line)


def test_who_has_neither_post_nor_role_is_left_to_the_list() -> None:
    assert told(FANG, WEST, Ours(entry=replace(WANG, post="", roles=frozenset()), userid="wangfang")) is None


def test_who_leads_is_not_moved_without_a_person() -> None:
    trainer = Ours(entry=replace(WANG, roles=frozenset({Role.STAFF, Role.TRAINER})), userid="wangfang")
    assert doubt(FANG, WEST, trainer, careful=True) == Why.LEADS
    assert isinstance(told(FANG, WEST, trainer), Line)
    assert isinstance(told(FANG, EAST, trainer, careful=True), Line)
    assert isinstance(told(FANG, WEST, Ours(entry=WANG, userid="wangfang"), careful=True), Line)


@pytest.mark.parametrize("member", [replace(NEW, name="新" * 61), replace(NEW, userid="x" * 41), replace(NEW, name="")])
def test_what_can_not_be_kept_is_told(member: Member) -> None:
    assert doubt(member, EAST) == Why.LONG
    assert doubt(NEW, (*COUNTY, "新" * 61)) == Why.LONG
