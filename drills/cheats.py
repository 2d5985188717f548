"""What somebody gains who knows nothing and answers by a trick. Exact expectations: where a trick cannot decide, it
throws fair dice. A bank in which a trick pays teaches the trick."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from drills.questions import One

LIMIT = Fraction(5, 100)
"""A trick may be right this much oftener than chance over the whole single-choice bank (issue 3, Content)."""

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Cheat(StrEnum):
    """The three tricks."""

    LONGEST = "longest"
    MIDDLE = "middle"
    SHARED = "shared"


def options(question: One) -> tuple[str, ...]:
    """All options, the right one first."""
    return (question.right, *(w.text for w in question.wrong))


def _top(scores: Sequence[int]) -> Fraction:
    """The chance that the first is picked when one of the highest is picked."""
    best = max(scores)
    return Fraction(1, scores.count(best)) if scores[0] == best else Fraction(0)


def _longest(question: One) -> Fraction:
    return _top([len(o) for o in options(question)])


def _number(text: str) -> Fraction | None:
    """The one number an option holds; None when it holds none or several."""
    found = _NUMBER.findall(text)
    return Fraction(found[0].replace(",", "")) if len(found) == 1 else None


def _middle(question: One) -> Fraction:
    """Takes the median of the numbers; of an even count, either of the two in the middle."""
    numbers = [n for n in map(_number, options(question)) if n is not None]
    count = len(question.wrong) + 1
    if len(numbers) < count:
        return Fraction(1, count)
    ranked = sorted(numbers)
    middle = (ranked[(count - 1) // 2], ranked[count // 2])
    return sum((Fraction(1, 2 * ranked.count(m)) for m in middle if m == numbers[0]), Fraction(0))


def _pairs(text: str) -> Counter[str]:
    letters = [c for c in text if c.isalnum()]
    return Counter(a + b for a, b in itertools.pairwise(letters))


def _shared(question: One) -> Fraction:
    """Takes the option with the most pairs of neighbouring characters that the stem has too."""
    stem = _pairs(question.stem)
    return _top([(_pairs(o) & stem).total() for o in options(question)])


_TRICKS: Mapping[Cheat, Callable[[One], Fraction]] = {
    Cheat.LONGEST: _longest,
    Cheat.MIDDLE: _middle,
    Cheat.SHARED: _shared,
}


def gain(cheat: Cheat, question: One) -> Fraction:
    """How much oftener than chance the trick is right on this question."""
    return _TRICKS[cheat](question) - Fraction(1, len(question.wrong) + 1)


def gains(bank: Iterable[One]) -> dict[Cheat, Fraction]:
    """The mean gain of each trick over the single-choice bank; nothing to gain where nothing is asked."""
    asked = tuple(bank)
    return {c: sum((gain(c, q) for q in asked), Fraction(0)) / max(len(asked), 1) for c in Cheat}
