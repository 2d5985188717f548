"""Leave, and shifts that have somebody off: asked for, granted or refused, taken back."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from bot.store.dialect import core, table_of
from bot.store.tables import Absence, Person, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below
from drills.leave import Kind

_undecided = (col(Absence.decided_at).is_(None), col(Absence.withdrawn_at).is_(None))
_counts = (
    col(Absence.decided_at).is_not(None),
    col(Absence.refused).is_(False),
    col(Absence.withdrawn_at).is_(None),
)


def away(turn: Reader, persons: Collection[int], day: date) -> set[int]:
    """Which of these people are on granted leave on a day."""
    return set(days_away_by_person(turn, persons, day, day))


def days_away(turn: Reader, person_id: int, first: date, last: date) -> set[date]:
    """The days between two, inclusive, on which somebody is on granted leave."""
    return days_away_by_person(turn, [person_id], first, last).get(person_id, set())


def days_away_by_person(turn: Reader, persons: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """The same for several people; those who are never away are left out."""
    return _days(turn, _between(first, last).where(col(Absence.person_id).in_(persons)), first, last)


def days_away_below(turn: Reader, path: str, first: date, last: date) -> dict[int, set[date]]:
    """The same for everybody who works on a unit or below it: for sums over many people."""
    below = _between(first, last).join(Person, col(Person.id) == col(Absence.person_id))
    return _days(turn, below.join(Unit, col(Unit.id) == col(Person.unit_id)).where(on_or_below(path)), first, last)


def _between(first: date, last: date) -> Select[int, date, date]:
    query = select(col(Absence.person_id), col(Absence.first_day), col(Absence.last_day))
    return query.where(col(Absence.first_day) <= last, col(Absence.last_day) >= first, *_counts)


def _days(turn: Reader, query: Select[int, date, date], first: date, last: date) -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    for person, begins, ends in turn.session.exec(query):
        from_, to = max(begins, first), min(ends, last)
        found[person] |= {from_ + timedelta(n) for n in range((to - from_).days + 1)}
    return dict(found)


def ask(turn: Turn, person_id: int, first: date, last: date, kind: Kind = Kind.LEAVE) -> Absence:
    """Ask for leave; it counts for nothing until it is granted."""
    return _add(turn, Absence(person_id=person_id, first_day=first, last_day=last, kind=kind, asked_at=turn.now))


def standing(turn: Reader, person_id: int, first: date, last: date) -> Absence | None:
    """What already has somebody off on all of these days, or waits to be decided for them."""
    return next((a for a in ahead(turn, [person_id], last) if a.first_day <= first), None)


def enter(turn: Turn, person_id: int, first: date, last: date, kind: Kind, by: int | None) -> Absence:
    """Leave or a shift that nobody has to ask for: a trainer says so, or (by nobody) the command line."""
    row = Absence(person_id=person_id, first_day=first, last_day=last, kind=kind, asked_at=turn.now)
    row.decided_at, row.granted_by = turn.now, by
    return _add(turn, row)


def _add(turn: Turn, row: Absence) -> Absence:
    if row.last_day < row.first_day:
        raise ValueError("leave ends before it begins")
    turn.session.add(row)
    turn.session.flush()
    return row


def find(turn: Reader, absence_id: int) -> Absence | None:
    """A request for leave, decided or not."""
    return turn.session.get(Absence, absence_id)


def undecided(turn: Reader, unit_id: int) -> Sequence[Absence]:
    """Requests of a unit's people that wait for somebody to decide."""
    query = select(Absence).join(Person, col(Person.id) == col(Absence.person_id))
    query = query.where(Person.unit_id == unit_id, *_undecided)
    return turn.session.exec(query.order_by(col(Absence.id))).all()


def ahead(turn: Reader, persons: Collection[int], day: date) -> Sequence[Absence]:
    """What counts for these people, or waits to be decided, on a day and later; the earliest first."""
    query = select(Absence).where(
        col(Absence.person_id).in_(persons),
        col(Absence.last_day) >= day,
        col(Absence.refused).is_(False),
        col(Absence.withdrawn_at).is_(None),
    )
    return turn.session.exec(query.order_by(col(Absence.first_day), col(Absence.id))).all()


def withdraw(turn: Turn, absence_id: int, by: int | None) -> bool:
    """Take leave back, granted or asked for; from now on it counts for nothing. False if it did not stand any more."""
    standing = update(table_of(Absence)).where(
        col(Absence.id) == absence_id, col(Absence.refused).is_(False), col(Absence.withdrawn_at).is_(None)
    )
    return core(turn).execute(standing.values(withdrawn_at=turn.now, withdrawn_by=by)).rowcount == 1


def decide(turn: Turn, absence_id: int, by: int, *, granted: bool) -> bool:
    """Grant or refuse leave. False if it was decided or taken back before."""
    waiting = update(table_of(Absence)).where(col(Absence.id) == absence_id, *_undecided)
    decided = waiting.values(decided_at=turn.now, refused=not granted, granted_by=by)
    return core(turn).execute(decided).rowcount == 1
