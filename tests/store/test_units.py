import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Reader, Store, Turn, people, units
from bot.store.tables import Unit
from drills.people import below
from tests.store.cast import Cast, the_cast


def paths(turn: Reader, top: str) -> list[str]:
    return [unit.path for unit in units.below(turn, top)]


async def test_everything_below_a_path_is_one_range_and_no_neighbour_slips_in(store: Store) -> None:
    """The range and drills.people.below are the same set, for paths chosen to confuse text order."""
    known = [
        "/1/",
        "/1/2/",
        "/1/2/9/",
        "/1/29/",
        "/1/29/5/",
        "/1/290/",
        "/1/29/50/",
        "/1/3/",
        "/10/",
        "/1/2/10/",
        "/19/",
    ]

    def plant(turn: Turn) -> None:
        for path in known:
            turn.session.add(Unit(path=path, name=path, level=path.count("/") - 1))

    await store.do(plant)
    for top in known:
        assert await store.look(paths, top) == sorted(path for path in known if below(path, top))


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=6), st.lists(st.integers(1, 10**7), min_size=1, max_size=6))
def test_a_range_of_paths_is_what_starts_with_the_path(one: list[int], two: list[int]) -> None:
    path, top = (f"/{'/'.join(map(str, ids))}/" for ids in (one, two))
    in_range = top <= path < f"{top[:-1]}0"
    assert in_range == path.startswith(top) == below(path, top)
    assert units.ids(path) == one


def test_a_path_without_its_last_slash_would_catch_neighbours() -> None:
    with pytest.raises(ValueError, match="ends with a slash"):
        units.on_or_below("/1/29")


async def test_the_tree(store: Store) -> None:
    cast = await store.do(the_cast)

    def look(turn: Reader) -> None:
        branch = units.get(turn, cast.branch)
        assert branch.level == units.BRANCH
        assert [u.id for u in units.children(turn, cast.county)] == [cast.branch, cast.other_branch]
        assert [u.id for u in units.branches(turn, "/1/")] == [cast.branch, cast.other_branch]
        assert [u.id for u in units.branches(turn, branch.path)] == [cast.branch]
        assert units.find(turn, 999) is None

    await store.look(look)


async def test_a_new_unit_takes_the_time_zone_from_above(store: Store) -> None:
    def grow(turn: Turn) -> str:
        west = units.add(turn, "乌鲁木齐", units.add(turn, "总行"), timezone="Asia/Urumqi")
        return units.add(turn, "网点", west).timezone

    assert await store.do(grow) == "Asia/Urumqi"


async def test_people_below_a_unit_and_nobody_else(store: Store) -> None:
    cast = await store.do(the_cast)

    def names(turn: Reader, of: Cast) -> tuple[list[str], list[str]]:
        county, branch = units.get(turn, of.county), units.get(turn, of.branch)
        return [p.name for p in people.below(turn, county.path)], [p.name for p in people.below(turn, branch.path)]

    county, branch = await store.look(names, cast)
    assert county == ["王芳", "李强", "赵敏", "周外"]
    assert branch == ["王芳", "李强", "赵敏"]
