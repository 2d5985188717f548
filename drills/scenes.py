"""A scene: a situation that two act and a third marks by what was shown. Which one is acted, how it is marked, and what
follows from a failed one. Knows no person by name, no clock, no dice of its own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from drills.people import Post
from drills.policy import Policy
from drills.questions import Source

FULL = 10
"""What the points of one scene add up to (domain facts §10.2: ten points a scene)."""


class Occasion(StrEnum):
    """Why a scene is acted."""

    MEETING = "meeting"  # one a day, in the morning meeting
    EVENING = "evening"  # tonight, for a case
    FREE = "free"  # practice of two colleagues; nothing follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line of the rubric: what an observer can see or hear, and what it is worth; `required` may not be missing."""

    text: str
    worth: int
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A situation to act. `setting` is read by whoever is drilled; the customer's `lines` and hidden `need` by whoever
    plays the customer; the `rubric` and what is `forbidden` by whoever marks. `model` are sentences that would have
    done. `checkpoints` are what it drills, the first above all."""

    code: str
    title: str
    posts: frozenset[Post]
    checkpoints: tuple[str, ...]
    setting: str
    lines: tuple[str, ...]
    need: str
    rubric: tuple[Point, ...]
    forbidden: tuple[str, ...]
    model: tuple[str, ...]
    source: Source
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule behind the scene is in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How a scene went: its points of FULL, whether that is enough, the lines of the rubric that were not shown, and
    what was done that may not be (both by their place, in order)."""

    points: int
    passed: bool
    missing: tuple[int, ...]
    broken: tuple[int, ...]

    @property
    def forbidden(self) -> bool:
        """Whether something was done that may not be."""
        return bool(self.broken)


def verdict(scene: Scene, seen: Collection[int], broken: Collection[int], policy: Policy) -> Marked:
    """Mark a scene by what an observer saw. Passed: `policy.scene_pass` points, everything required among them, and
    nothing forbidden; with that there are no points at all. A place the scene does not have counts for nothing."""
    missing = tuple(i for i in range(len(scene.rubric)) if i not in seen)
    wrongs = tuple(i for i in range(len(scene.forbidden)) if i in broken)
    points = 0 if wrongs else sum(p.worth for i, p in enumerate(scene.rubric) if i in seen)
    complete = not any(scene.rubric[i].required for i in missing)
    passed = not wrongs and complete and points >= policy.scene_pass
    return Marked(points=points, passed=passed, missing=missing, broken=wrongs)


def playable(scenes: Iterable[Scene], post: Post, day: date, checkpoint: str = "") -> tuple[Scene, ...]:
    """The scenes somebody of a post may be drilled by on a day (on one checkpoint), in the order of their codes."""
    found = (s for s in scenes if post in s.posts and s.holds_on(day))
    return tuple(sorted((s for s in found if not checkpoint or checkpoint in s.checkpoints), key=lambda s: s.code))


def choose_scene(
    scenes: Iterable[Scene],
    post: Post,
    day: date,
    *,
    weak: Sequence[str] = (),
    played: Mapping[str, date] | None = None,
    rng: Random,
) -> Scene | None:
    """The scene for somebody of a post: of those not acted longest ago, one on the weakest checkpoint (`weak`, the
    weakest first); among equals the dice decide. `played` has the last day of each scene that was acted. None where
    there is none for the post."""
    last = played or {}
    rank = {checkpoint: place for place, checkpoint in reversed(list(enumerate(weak)))}
    found = playable(scenes, post, day)
    if not found:
        return None

    def order(scene: Scene) -> tuple[int, int]:
        weakest = min((rank.get(c, len(weak)) for c in scene.checkpoints), default=len(weak))
        return weakest, last.get(scene.code, date.min).toordinal()

    fresh = [s for s in found if s.code not in last] or list(found)
    best = min(order(s) for s in fresh)
    return rng.choice([s for s in fresh if order(s) == best])


def evening_scene(
    scenes: Iterable[Scene], post: Post, day: date, checkpoint: str, played: Mapping[str, date], rng: Random
) -> Scene | None:
    """The scene of an evening about a checkpoint: one that drills it, not acted lately or longest ago. None where the
    content has none for the post: then the questions are the evening."""
    fit = playable(scenes, post, day, checkpoint)
    return choose_scene(fit, post, day, played=played, rng=rng)


def needs_case(marked: Marked, occasion: Occasion, *, failed_before: bool) -> bool:
    """Whether a failed scene is a cause to stay: something forbidden was done, or the same checkpoint failed before
    within `repeat_days`. A first failure is acted again, as a first miss of a critical item is answered again; practice
    keeps nobody, and an evening has its case already."""
    if marked.passed or occasion is not Occasion.MEETING:
        return False
    return marked.forbidden or failed_before
