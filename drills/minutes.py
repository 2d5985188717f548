"""Evening minutes are working time (domain LG-03 to LG-05): how many somebody has in a day, a week and a month, and
what may still be added: warn, then ask, then refuse."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from drills.policy import Policy


class Span(StrEnum):
    """What minutes are added up over: a day, a week from its Monday, a calendar month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Leave(IntEnum):
    """Whether more minutes may be asked of somebody; the strictest of the spans holds."""

    FREE = 0
    WARN = 1  # may be, and whoever decides is told how much it comes to
    ASK = 2  # only when whoever decides says so a second time
    REFUSE = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Whole minutes of one evening, begun ones counted whole."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Room:
    """What a further evening would come to: the strictest span, its minutes with that evening, and where it is
    refused."""

    leave: Leave
    span: Span
    minutes: int
    most: int


OF: Mapping[Span, Callable[[date], tuple[int, ...]]] = {
    Span.DAY: lambda day: (day.toordinal(),),
    Span.WEEK: lambda day: day.isocalendar()[:2],
    Span.MONTH: lambda day: (day.year, day.month),
}
"""Which day, week or month a date belongs to."""


def caps(policy: Policy) -> Mapping[Span, tuple[int, int, int]]:
    """From how many minutes on somebody is warned, asked, refused."""
    return {Span.DAY: policy.minutes_day, Span.WEEK: policy.minutes_week, Span.MONTH: policy.minutes_month}


def total(spent: Iterable[Spent], span: Span, day: date) -> int:
    """The minutes in the span that a day lies in."""
    return sum(s.minutes for s in spent if OF[span](s.day) == OF[span](day))


def room(spent: Iterable[Spent], day: date, planned: int, policy: Policy) -> Room:
    """Whether `planned` more minutes may be asked for on a day. What would reach above the last cap is refused; what
    only comes to one of the others is warned of or asked."""
    known, found = tuple(spent), []
    for span, (warn, ask, most) in caps(policy).items():
        minutes = total(known, span, day) + planned
        leave = Leave.REFUSE if minutes > most else Leave(sum(minutes >= line for line in (warn, ask)))
        found.append(Room(leave, span, minutes, most))
    return max(found, key=lambda r: r.leave)


def allowance(spent: Iterable[Spent], day: date, policy: Policy) -> int:
    """The minutes somebody may still spend on that evening, never below nothing: an evening that has begun is over
    after so many, so that no cap can be passed."""
    known = tuple(spent)
    return max(0, min(most - total(known, span, day) for span, (_, _, most) in caps(policy).items()))


def before_scene(left: int, scene: int) -> int:
    """Of the minutes left, those for the questions where a scene of so many may follow them: nothing of the scene is
    taken from what the caps leave. Without room for both, the questions have all of it."""
    return left - scene if left > scene else left
