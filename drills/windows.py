"""The stretches of days a board looks at: today, the week, the month, the stage of the year; and what each asks for."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from drills.policy import Policy

MONTHS, STAGE_MONTHS = 12, 4
"""SP-07 to SP-09: January to April, May to August, September to December."""


class Span(StrEnum):
    """How long a board looks back; a button carries the letter."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"
    STAGE = "s"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from one to another, inclusive; the last may lie ahead."""

    span: Span
    first: date
    last: date


def window(span: Span, day: date) -> Window:
    """The window of this span that a day lies in. A week runs from Monday to Sunday, as people speak of it, so that a
    working Saturday (调休) belongs to the week before it."""
    match span:
        case Span.DAY:
            return Window(span, day, day)
        case Span.WEEK:
            monday = day - timedelta(day.weekday())
            return Window(span, monday, monday + timedelta(6))
        case Span.MONTH:
            return Window(span, day.replace(day=1), _month_end(day.year, day.month))
        case _:
            begins = stage(day) * STAGE_MONTHS + 1
            return Window(span, date(day.year, begins, 1), _month_end(day.year, begins + STAGE_MONTHS - 1))


def stage(day: date) -> int:
    """The stage of the year a day lies in, counted from 0."""
    return (day.month - 1) // STAGE_MONTHS


def target(policy: Policy, day: date) -> int:
    """The inspection score, out of 100, a branch is to reach in the stage a day lies in."""
    return policy.stage_targets[stage(day)]


def minimum(policy: Policy, span: Span) -> int:
    """First attempts before anybody is ranked: the longer the window, the more of them, so that a newcomer's five
    right answers are no first place of the month."""
    return {
        Span.DAY: policy.board_min,
        Span.WEEK: policy.board_min_week,
        Span.MONTH: policy.board_min_month,
        Span.STAGE: policy.board_min_stage,
    }[span]


def opens_week(day: date, before: date) -> bool:
    """Whether a working day is the first of its week, by the working day before it."""
    return before < window(Span.WEEK, day).first


def week_before(day: date) -> Window:
    """The week before the one a day lies in."""
    return window(Span.WEEK, day - timedelta(7))


def month_of(text: str) -> date:
    """The first day of a month written as 2026-11. Raises ValueError for anything else."""
    year, mark, month = text.partition("-")
    shape = (len(year), len(month)) == (4, 2) and mark and (year + month).isascii() and (year + month).isdecimal()
    if not shape or not 1 <= int(month) <= MONTHS or int(year) < 1:
        raise ValueError(f"no month: {text!r}")
    return date(int(year), int(month), 1)


def month_before(day: date) -> date:
    """The first day of the month before the one a day lies in."""
    return (day.replace(day=1) - timedelta(1)).replace(day=1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
