"""The shape of a working day as data, and what is due in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Step(StrEnum):
    """One thing the program does in a day, once (DESIGN §1)."""

    SUMMARY = "summary"  # managers hear about the working day before
    DIGEST = "digest"  # managers and trainers hear about the week before, on its successor's first working day
    PUSH = "push"  # everybody on duty gets their questions
    REVIEW = "review"  # the host gets last night's cases
    REMIND = "remind"  # once more to those who have not finished
    CLOSE = "close"  # marks and places
    PROPOSE = "propose"  # the trainer is shown who should stay
    NO_DRILL = "no-drill"  # managers hear of branches that held none
    HANDOVER = "handover"  # the county's department gets last evening's recordings
    SETTLE = "settle"  # what nobody confirmed is decided by the policy
    CALL = "call"  # the evening's card
    EVENING_CLOSE = "evening-close"  # who did not finish comes again


BRANCH_STEPS = frozenset(Step) - {Step.SUMMARY, Step.HANDOVER}
"""The steps of a branch's day; the summary belongs to the units that managers hold, the digest to both, the hand-over
to inspectors'."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A step and its window: from `start` on, and no longer at `until`, both in the branch's own time zone."""

    step: Step
    start: time
    until: time


def due(plan: Iterable[Slot], now: time, done: Collection[str]) -> list[Step]:
    """The steps to take now, in the order of the day; `done` are those taken or skipped today. A program that wakes
    late takes several at once, and one whose window is over never: a push at noon would only annoy."""
    return [s.step for s in _in_order(plan) if s.start <= now < s.until and s.step not in done]


def gone_by(plan: Iterable[Slot], now: time, done: Collection[str]) -> list[Step]:
    """The steps whose window passed without being taken, in the order of the day: somebody may have to hear of it."""
    return [s.step for s in _in_order(plan) if s.until <= now and s.step not in done]


def _in_order(plan: Iterable[Slot]) -> list[Slot]:
    return sorted(plan, key=lambda slot: slot.start)
