"""The month-end sheet: people, branches, checkpoints, and how each figure is counted."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.chat.words import Words
from bot.services import attendance, caseflow
from bot.services.attendance import Expected
from bot.services.caller import known, local
from bot.services.duty import closed_days
from bot.services.spending import evening_minutes
from bot.sheets.writing import Page, write_book
from bot.store import absences, answers, cases, marks, units
from bot.store.marks import Mark
from bot.store.tables import Unit
from bot.store.turn import Reader
from bot.views import exports as views
from drills.boards import streak
from drills.cases import State
from drills.windows import Span, window

BACK = timedelta(days=365)
"""So far back a streak is counted."""
EMPTY = Mark(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Month:
    """What the pages are made of: a unit, the days, everybody expected on them, and what its branches are called."""

    unit: Unit
    first: date
    last: date
    everybody: Sequence[Expected]
    names: Mapping[int, str]


def write(turn: Reader, path: Path, unit: Unit, first: date, words: Words) -> None:
    """Write the sheet of the month that begins on this day, up to today. Raises Unreadable, and then leaves no file."""
    last = min(window(Span.MONTH, first).last, local(turn, unit).date())
    names = {known(b.id): b.name for b in units.branches(turn, unit.path)}
    month = Month(unit, first, last, attendance.expected(turn, unit, first, last), names)
    pages = [
        Page(words("export.people"), views.people(words), _people(turn, month, words)),
        Page(words("export.branches"), views.branches(words), _branches(turn, month)),
        Page(words("export.points"), views.points(words), _points(turn, month)),
        Page(words("export.notes"), views.notes_head(words), views.notes(words)),
    ]
    write_book(path, pages)


def _people(turn: Reader, month: Month, words: Words) -> Iterator[list[str | int]]:
    found = {m.key: m for m in marks.by_person_below(turn, month.unit.path, month.first, month.last)}
    minutes: dict[int, list[int]] = defaultdict(list)
    for (whose, _), n in evening_minutes(turn, month.unit.path, month.first, month.last).items():
        minutes[whose].append(n)
    stand = Counter(cases.states_below(turn, month.unit.path, month.first, month.last))
    streaks = _streaks(turn, month)
    for one in month.everybody:
        person, key = one.person, known(one.person.id)
        mark, evenings = found.get(key, EMPTY), minutes.get(key, [])
        who = [person.staff_number, person.name, month.names.get(person.unit_id, ""), words(f"post.{person.post}")]
        figures = [len(one.days), min(mark.days, len(one.days)), mark.right, mark.asked, streaks.get(key, 0)]
        yield [*who, *figures, len(evenings), sum(evenings), *(stand[key, state] for state in State)]


def _branches(turn: Reader, month: Month) -> Iterator[list[str | int]]:
    found = {m.key: m for m in marks.by_branch(turn, month.unit.path, month.first, month.last)}
    on_duty = attendance.by_branch(month.everybody)
    for branch, name in month.names.items():
        mark, days = found.get(branch, EMPTY), on_duty.get(branch, 0)
        yield [name, days, min(mark.days, days), mark.right, mark.asked]


def _points(turn: Reader, month: Month) -> Iterator[list[str | int]]:
    rules = turn.in_force(month.unit.path)
    for total in answers.by_checkpoint(turn, month.unit.path, month.first, month.last):
        code = str(total.key)
        yield [code, caseflow.checkpoint_name(rules, code), total.right, total.asked, total.people]


def _streaks(turn: Reader, month: Month) -> dict[int, int]:
    """Everybody's streak as it stood on the last day, by the rule that /me goes by."""
    since, freezes = month.last - BACK, turn.in_force(month.unit.path).policy.streak_freezes
    working = turn.in_force(month.unit.path).calendar.working_between(since, month.last)
    answered = answers.days_answered_below(turn, month.unit.path, since, month.last)
    away = absences.days_away_below(turn, month.unit.path, since, month.last)
    closed: dict[int, frozenset[date]] = {}
    found = {}
    for one in month.everybody:
        key, branch = known(one.person.id), one.person.unit_id
        if branch not in closed:
            closed[branch] = closed_days(turn, units.get(turn, branch))
        days = answered.get(key, set())
        began = [d for d in working if d not in closed[branch] and d >= min(days, default=month.last)]
        found[key] = streak(days, began[::-1], away.get(key, set()), local(turn, month.unit).date(), freezes).days
    return found
