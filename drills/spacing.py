"""When a question comes back: on the day after a miss; after right answers on n days in a row, n-th step later.

Plain steps on purpose: equal and expanding gaps do equally well (Latimier et al. 2021, g = 0.034, not significant),
and a person can be told why. A day with a miss is a missed day, even if a retry was right minutes later: successive
relearning counts one recall a day, and repeating what was just read is none (Vaughn et al. 2016)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from drills.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One answer of the past, on a day of the branch. `first`: a first attempt that counts. The others (practice,
    retry, evening) teach too and move the spacing, but their miss forces nothing on the next morning."""

    question: str
    checkpoint: str
    day: date
    right: bool
    first: bool = True


def due_on(answers: Sequence[Past], policy: Policy) -> date | None:
    """The day from which one question is due again, given its answers oldest first: the day after a miss, and after the
    n-th right day in a row `policy.spacing[n - 1]` days later. None: never asked, or at rest after the last step.

    A day with a miss is a missed day: a right answer minutes after one has read the key says nothing about tomorrow."""
    if not answers:
        return None
    missed = {answer.day for answer in answers if not answer.right}
    last = answers[-1].day
    if last in missed:
        return last + timedelta(days=1)
    since = max(missed, default=date.min)
    right_days = len({answer.day for answer in answers if answer.day > since})
    if right_days > len(policy.spacing):
        return None
    return last + timedelta(days=policy.spacing[right_days - 1])
