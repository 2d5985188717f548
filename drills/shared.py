"""What a meeting is about, and its shared question: chosen for the whole branch at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random

from drills.people import Post
from drills.questions import Bank, One, Question, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How a branch has answered a checkpoint lately."""

    checkpoint: str
    right: int
    asked: int


def weakest(rates: Sequence[Rate]) -> tuple[str, ...]:
    """The checkpoints with a miss, the weakest first; of equals, what was asked more often."""
    missed = [r for r in rates if r.right < r.asked]
    ranked = sorted(missed, key=lambda r: (Fraction(r.right, r.asked), -r.asked, r.checkpoint))
    return tuple(r.checkpoint for r in ranked)


def choose_focus(bank: Bank, weak: Sequence[str], lately: Collection[str], day: date) -> str:
    """The checkpoint of the day: the weakest that no meeting has had lately, else the next in turn, one a day. Empty
    where the bank has none."""
    known = [code for code in weak if code in bank.checkpoints]
    for code in known:
        if code not in lately:
            return code
    every = sorted(bank.checkpoints)
    return every[day.toordinal() % len(every)] if every else ""


def choose_shared(
    bank: Bank, posts: Collection[Post], wanted: Sequence[str], avoid: Collection[str], day: date, rng: Random
) -> Question | None:
    """One question that everybody answers by one tap: of the first of the `wanted` checkpoints that has one, else any.
    It is meant for the posts of those present, of most of them where none is for all; never one of `avoid`, which
    somebody has before them today. None where nothing is left."""
    every = [q for _, q in sorted(bank.questions.items()) if isinstance(q, One | Truth)]
    fit = [q for q in every if q.holds_on(day) and q.code not in avoid and q.posts & set(posts)]
    place = {code: n for n, code in enumerate(wanted)}
    shuffled = rng.sample(fit, len(fit))
    return min(
        shuffled,
        key=lambda q: (-len(q.posts & set(posts)), place.get(q.checkpoint, len(place))),
        default=None,
    )
