"""Ranking: exact rates, ties share a place, too few answers have none; and the streak that neither leave nor a day or
two a month breaks."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class By(StrEnum):
    """Who is compared on a board; a button carries the letter. A team is the people of one post within a branch."""

    PERSON = "p"
    TEAM = "t"
    BRANCH = "b"
    UNIT = "u"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Right answers out of the questions asked, both whole numbers, of a person or a branch (`key` is its id)."""

    key: int
    right: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A score with its place, 1 being the best; None while too little was asked to rank it."""

    key: int
    place: int | None
    right: int
    asked: int


def rank(scores: Sequence[Score], minimum: int, prior: int = 0) -> tuple[Place, ...]:
    """Places by exact rate, best first; equal rates share a place and the next is skipped: 1, 1, 3. Scores with fewer
    than `minimum` questions come last without a place (nobody is ranked on nothing, whatever the minimum).

    `prior` answers at everybody's common rate are added to each score, so that a branch of three is neither first nor
    last by luck alone (shrinkage to the mean; 0 leaves the plain rate). Of equals, who was asked more stands first."""
    enough = max(minimum, 1)
    asked = sum(s.asked for s in scores)
    mean = Fraction(sum(s.right for s in scores), asked) if asked else Fraction(0)

    def rate(score: Score) -> Fraction:
        return (score.right + mean * prior) / (score.asked + prior)

    ranked = sorted((s for s in scores if s.asked >= enough), key=lambda s: (-rate(s), -s.asked, s.key))
    places: list[Place] = []
    for i, score in enumerate(ranked):
        tied = places and rate(ranked[i - 1]) == rate(score)
        place = places[-1].place if tied else i + 1
        places.append(Place(key=score.key, place=place, right=score.right, asked=score.asked))
    rest = sorted((s for s in scores if s.asked < enough), key=lambda s: s.key)
    return (*places, *(Place(key=s.key, place=None, right=s.right, asked=s.asked) for s in rest))


def praised(ranking: Sequence[Place], most: int) -> tuple[Place, ...]:
    """Who is named on a board: the first `most` places, ties included, but nobody without a right answer, and not those
    in the last place unless all share the first: praise has names."""
    last = max((p.place for p in ranking if p.place is not None), default=0)
    named = ((p, p.place) for p in ranking if p.place is not None and p.right)
    return tuple(p for p, place in named if place <= most and (place == 1 or place < last))


@dataclass(frozen=True, slots=True)
class Streak:
    """Working days in a row with a counted answer, and the days missed on the way that a month lets one miss."""

    days: int
    frozen: frozenset[date]


def streak(
    answered: Collection[date],
    working_days: Sequence[date],
    leave: Collection[date],
    still_open: date | None = None,
    freezes: int = 0,
) -> Streak:
    """Count back from the newest of `working_days` (newest first), at most as many as are given. A day of leave neither
    adds nor breaks (DESIGN §8.7), nor does the day that is `still_open`: by default the newest, as while its people may
    still answer; on a free day give that day, or a missed Friday would look open. Of each calendar month the first
    `freezes` days that were missed do not break it either; `frozen` are those among the days given."""
    if still_open is None:
        still_open = working_days[0] if working_days else None
    missed = [day for day in working_days if day not in answered and day not in leave and day != still_open]
    frozen = _frozen(missed, freezes)
    count = 0
    for day in working_days:
        if day in answered:
            count += 1
        elif day in missed and day not in frozen:
            break
    return Streak(count, frozen)


def _frozen(missed: Sequence[date], freezes: int) -> frozenset[date]:
    """The first so many of each month, whatever came after: what was once told to stand must not fall later."""
    found: set[date] = set()
    used: Counter[tuple[int, int]] = Counter()
    for day in sorted(missed):
        month = (day.year, day.month)
        if used[month] < freezes:
            used[month] += 1
            found.add(day)
    return frozenset(found)
