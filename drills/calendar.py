"""Working days: Monday to Friday, corrected by a year's holidays and make-up working days (调休)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Year:
    """One year as the State Council's notice names it: days off, weekends among them or not, and the Saturdays and
    Sundays on which everybody works in exchange (调休). A day belongs to the year of its own date, whichever notice
    names it."""

    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years we know. In an unknown one Monday to Friday work; whoever asks `knows` must say so aloud."""

    years: Mapping[int, Year]

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are known."""
        return year in self.years

    def is_working(self, day: date, closed: Collection[date] = frozenset()) -> bool:
        """Whether a branch works on a day. Its own closing days, `closed`, come before everything, a day off before a
        make-up day, and both before the weekday."""
        if day in closed:
            return False
        year = self.years.get(day.year)
        if year and day in year.off:
            return False
        return day.weekday() <= _FRIDAY or bool(year and day in year.work)

    def next_working(self, day: date, closed: Collection[date] = frozenset()) -> date:
        """The first working day strictly after this one."""
        return self._walk(day, _ONE_DAY, closed)

    def previous_working(self, day: date, closed: Collection[date] = frozenset()) -> date:
        """The last working day strictly before this one."""
        return self._walk(day, -_ONE_DAY, closed)

    def working_between(self, first: date, last: date, closed: Collection[date] = frozenset()) -> tuple[date, ...]:
        """The working days from one day to another, both included, oldest first; none if `last` lies before `first`."""
        days = (first + timedelta(n) for n in range((last - first).days + 1))
        return tuple(d for d in days if self.is_working(d, closed))

    def _walk(self, day: date, step: timedelta, closed: Collection[date]) -> date:
        day += step
        while not self.is_working(day, closed):
            day += step
        return day
