import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.people import Post, Role
from drills.places import Asked
from drills.roster import Changes, Entry, Line, Move, Scope, compare, roles_meant

EAST, SOUTH = ("总行", "城东网点"), ("总行", "城南网点")
WANG = Entry(number="1001", name="王芳", post=Post.TELLER, place=EAST, roles=frozenset({Role.STAFF}))
LI = replace(WANG, number="1002", name="李强")
ZHOU = replace(WANG, number="1003", name="周外", place=SOUTH)

ENTRY = st.builds(
    Entry,
    number=st.sampled_from(["1", "2", "3", "4", "5"]),
    name=st.sampled_from(["甲", "乙"]),
    post=st.sampled_from(["", *Post]),
    place=st.sampled_from([EAST, SOUTH]),
    roles=st.frozensets(st.sampled_from(list(Role))),
)
PEOPLE = st.lists(ENTRY, unique_by=lambda entry: entry.number)


def test_the_same_list_changes_nothing() -> None:
    assert compare([WANG, LI], [LI, WANG]) == Changes(unchanged=(WANG, LI))


def test_who_is_new_joins_and_who_had_left_comes_back() -> None:
    assert compare([WANG, LI], [], gone={"1002"}) == Changes(joiners=(WANG,), returners=(LI,))


def test_what_differs_is_named() -> None:
    moved = replace(WANG, place=SOUTH, post=Post.LOBBY, name="王方", roles=frozenset({Role.TRAINER}))
    changes = compare([moved], [WANG])
    assert changes == Changes(movers=(Move(WANG, moved),))
    assert changes.movers[0].differs == ("name", "post", "place", "roles")


def test_only_people_of_the_branches_in_the_list_can_be_missing_from_it() -> None:
    assert compare([WANG], [WANG, LI, ZHOU]).leavers == (LI,)


def test_who_moves_away_leaves_nobody_behind() -> None:
    """王芳 goes south: nothing is said of the east, but 周外 of the south is missing."""
    assert compare([replace(WANG, place=SOUTH)], [WANG, LI, ZHOU]).leavers == (ZHOU,)


@given(PEOPLE, PEOPLE)
def test_everybody_is_in_exactly_one_part_and_doing_it_leaves_nothing_to_do(
    read: list[Entry], now: list[Entry]
) -> None:
    changes = compare(read, now)
    told = [e.number for part in (changes.joiners, changes.leavers, changes.unchanged) for e in part]
    told += [move.after.number for move in changes.movers]
    assert len(told) == len(set(told))
    assert {e.number for e in read} <= set(told)
    gone = {e.number for e in changes.leavers}
    listed = {e.number: e for e in read}
    after = [listed.get(e.number, e) for e in now if e.number not in gone] + list(changes.joiners)
    again = compare(read, after)
    assert (again.joiners, again.movers, again.leavers) == ((), (), ())
    assert len(again.unchanged) == len(read)


@pytest.mark.parametrize(
    ("post", "said", "before", "meant"),
    [
        ("teller", None, set(), {Role.STAFF}),
        ("teller", None, {Role.TRAINER}, {Role.STAFF, Role.TRAINER}),
        ("", None, {Role.TRAINER}, {Role.TRAINER}),
        ("", None, {Role.STAFF}, set()),
        ("teller", {Role.STAFF}, {Role.TRAINER}, {Role.STAFF}),
    ],
)
def test_a_list_that_does_not_speak_of_roles_takes_none_away(
    post: str, said: set[Role] | None, before: set[Role], meant: set[Role]
) -> None:
    roles = None if said is None else frozenset(said)
    line = Line(row=2, number="1", name="王芳", post=post, roles=roles, unit=Asked(("城东",)))
    assert roles_meant(line, frozenset(before)) == meant


def test_a_scope_reaches_down_and_knows_what_stands_above() -> None:
    scope = Scope((("总行", "某县"), ("总行", "某市", "城东网点")), "1001")
    assert scope.reaches(("总行", "某县"))
    assert scope.reaches(("总行", "某县", "要新建的"))
    assert not scope.reaches(("总行", "某县城", "要新建的"))
    assert not scope.reaches(("总行",))
    assert [scope.knows(chain) for chain in ((), ("总行",), ("总行", "某市"), ("总行", "邻市"))] == [
        True,
        True,
        True,
        False,
    ]
    assert not scope.is_whole
    assert Scope((("总行",),), "1").is_whole
    assert not Scope((), "1").reaches(("总行",))


@given(ENTRY, st.booleans(), st.booleans())
def test_a_line_is_kept_as_it_was_read(entry: Entry, silent: bool, told: bool) -> None:
    line = Line(
        row=7,
        number=entry.number,
        name=entry.name,
        post=entry.post,
        roles=None if silent else entry.roles,
        unit=Asked(entry.place, told=told),
    )
    assert Line.from_json(json.loads(json.dumps(line.to_json()))) == line
