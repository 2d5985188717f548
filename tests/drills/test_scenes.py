"""Marking a scene and choosing one: laws that hold for every scene."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.people import Post
from drills.policy import Policy
from drills.questions import Source
from drills.scenes import (
    FULL,
    Marked,
    Occasion,
    Point,
    Scene,
    choose_scene,
    evening_scene,
    needs_case,
    playable,
    verdict,
)

DAY = date(2026, 11, 23)


def scene(
    code: str = "s",
    *,
    worth: tuple[int, ...] = (2, 3, 2, 2, 1),
    required: int = 1,
    posts: frozenset[Post] = frozenset({Post.TELLER}),
    checkpoints: tuple[str, ...] = ("cash.count",),
    valid_to: date | None = None,
) -> Scene:
    return Scene(
        code=code,
        title=code,
        posts=posts,
        checkpoints=checkpoints,
        setting="来取钱。",
        lines=("取钱。",),
        need="怕少。",
        rubric=tuple(Point(text=f"要点{n}", worth=w, required=n == required) for n, w in enumerate(worth)),
        forbidden=("推给机器", "骂人"),
        model=("您好。",),
        source=Source(document="某规范"),
        valid_from=date(2020, 1, 1),
        valid_to=valid_to,
    )


SEEN = st.frozensets(st.integers(-2, 8))
SCENES = st.builds(
    lambda worth, required: scene(worth=tuple(worth), required=required % len(worth)),
    st.lists(st.integers(1, 4), min_size=5, max_size=8),
    st.integers(0, 7),
)


@given(SCENES, SEEN, SEEN)
def test_more_points_seen_never_lower_the_mark(one: Scene, seen: frozenset[int], more: frozenset[int]) -> None:
    before, after = (verdict(one, each, (), Policy()) for each in (seen, seen | more))
    assert after.points >= before.points
    assert after.passed or not before.passed
    assert set(after.missing) <= set(before.missing)


@given(SCENES, SEEN, st.sampled_from([{0}, {1}, {0, 1}]))
def test_anything_forbidden_makes_it_nothing(one: Scene, seen: frozenset[int], broken: set[int]) -> None:
    marked = verdict(one, seen, broken, Policy())
    assert (marked.points, marked.passed, marked.broken) == (0, False, tuple(sorted(broken)))


@given(SCENES, SEEN, st.integers(1, FULL))
def test_passed_is_enough_points_and_everything_required(one: Scene, seen: frozenset[int], mark: int) -> None:
    marked = verdict(one, seen, (), Policy(scene_pass=mark))
    points = sum(p.worth for i, p in enumerate(one.rubric) if i in seen)
    needed = all(i in seen for i, p in enumerate(one.rubric) if p.required)
    assert marked == Marked(
        points=points,
        passed=points >= mark and needed,
        missing=tuple(i for i in range(len(one.rubric)) if i not in seen),
        broken=(),
    )


@pytest.mark.parametrize(
    ("seen", "points", "passed"),
    [({0, 1, 2}, 7, True), ({0, 1, 4}, 6, False), ({0, 2, 3, 4}, 7, False), (set(), 0, False)],
)
def test_seven_of_ten_with_what_is_required(seen: set[int], points: int, passed: bool) -> None:
    marked = verdict(scene(), seen, (), Policy())
    assert (marked.points, marked.passed) == (points, passed)


def test_a_scene_is_played_by_its_posts_while_it_holds() -> None:
    old = scene("b", valid_to=date(2026, 11, 22))
    lobby = scene("a", posts=frozenset({Post.LOBBY}))
    assert playable([scene("c"), old, lobby, scene("d", checkpoints=("fees.quote",))], Post.TELLER, DAY) == (
        scene("c"),
        scene("d", checkpoints=("fees.quote",)),
    )
    assert playable([scene("c")], Post.TELLER, DAY, "fees.quote") == ()


def chosen(scenes: list[Scene], *, weak: tuple[str, ...] = (), played: dict[str, date] | None = None, seed: int) -> str:
    found = choose_scene(scenes, Post.TELLER, DAY, weak=weak, played=played, rng=Random(seed))
    assert found
    return found.code


def test_the_weakest_checkpoint_goes_first_and_then_the_dice() -> None:
    scenes = [scene("a"), scene("b", checkpoints=("fees.quote", "fees.free")), scene("c")]
    assert {chosen(scenes, weak=("fees.free", "cash.count"), seed=n) for n in range(9)} == {"b"}
    assert {chosen(scenes, weak=("cash.count",), seed=n) for n in range(19)} == {"a", "c"}
    assert {chosen(scenes, seed=n) for n in range(19)} == {"a", "b", "c"}


def test_what_was_acted_comes_again_only_when_all_were_and_the_oldest_first() -> None:
    scenes = [scene("a"), scene("b"), scene("c")]
    monday, tuesday = date(2026, 11, 16), date(2026, 11, 17)
    assert {chosen(scenes, played={"a": monday, "b": tuesday}, seed=n) for n in range(9)} == {"c"}
    assert {chosen(scenes, played={"a": tuesday, "b": monday, "c": tuesday}, seed=n) for n in range(9)} == {"b"}
    assert {chosen(scenes, weak=("cash.count",), played={"c": monday}, seed=n) for n in range(19)} == {"a", "b"}


def test_a_post_without_scenes_acts_none() -> None:
    assert choose_scene([scene()], Post.GUARD, DAY, rng=Random(1)) is None


def marked(*, passed: bool = False, broken: tuple[int, ...] = ()) -> Marked:
    return Marked(points=0, passed=passed, missing=(), broken=broken)


@pytest.mark.parametrize(
    ("one", "occasion", "before", "kept"),
    [
        (marked(), Occasion.MEETING, False, False),
        (marked(), Occasion.MEETING, True, True),
        (marked(broken=(0,)), Occasion.MEETING, False, True),
        (marked(broken=(0,)), Occasion.EVENING, True, False),
        (marked(broken=(0,)), Occasion.FREE, True, False),
        (marked(passed=True), Occasion.MEETING, True, False),
    ],
)
def test_who_fails_twice_or_does_what_is_forbidden_may_be_kept(
    one: Marked, occasion: Occasion, before: bool, kept: bool
) -> None:
    assert needs_case(one, occasion, failed_before=before) is kept


def test_an_evening_acts_a_scene_of_its_checkpoint_and_not_the_one_of_lately() -> None:
    about, other = scene("a", checkpoints=("x.1", "x.2")), scene("b", checkpoints=("y",))
    also = scene("c", checkpoints=("x.2",))
    every, post = [about, other, also], Post.TELLER
    found = {evening_scene(every, post, DAY, "x.2", {}, Random(n)) for n in range(20)}
    assert found == {about, also}
    assert evening_scene(every, post, DAY, "x.2", {"a": date(2026, 11, 22)}, Random(1)) is also
    assert evening_scene(every, post, DAY, "x.1", {"a": date(2026, 11, 22)}, Random(1)) is about, "the only one"
    assert evening_scene(every, post, DAY, "z", {}, Random(1)) is None
