"""Leave: asked for, granted or refused; it counts from the day it was granted for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from bot.store.dialect import core, table_of
from bot.store.tables import Absence, Person
from bot.store.turn import Reader, Turn

_counts = (col(Absence.granted_by).is_not(None), col(Absence.refused).is_(False))


def away(turn: Reader, persons: Collection[int], day: date) -> set[int]:
    """Which of these people are on granted leave on a day."""
    return set(days_away_by_person(turn, persons, day, day))


def days_away(turn: Reader, person_id: int, first: date, last: date) -> set[date]:
    """The days between two, inclusive, on which somebody is on granted leave."""
    return days_away_by_person(turn, [person_id], first, last).get(person_id, set())


def days_away_by_person(turn: Reader, persons: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """The same for several people; those who are never away are left out."""
    query = select(col(Absence.person_id), col(Absence.first_day), col(Absence.last_day)).where(
        col(Absence.person_id).in_(persons), col(Absence.first_day) <= last, col(Absence.last_day) >= first, *_counts
    )
    found: dict[int, set[date]] = defaultdict(set)
    for person, begins, ends in turn.session.exec(query):
        from_, to = max(begins, first), min(ends, last)
        found[person] |= {from_ + timedelta(n) for n in range((to - from_).days + 1)}
    return dict(found)


def ask(turn: Turn, person_id: int, first: date, last: date) -> Absence:
    """Ask for leave; it counts for nothing until it is granted."""
    if last < first:
        raise ValueError("leave ends before it begins")
    row = Absence(person_id=person_id, first_day=first, last_day=last, asked_at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    return row


def find(turn: Reader, absence_id: int) -> Absence | None:
    """A request for leave, decided or not."""
    return turn.session.get(Absence, absence_id)


def undecided(turn: Reader, unit_id: int) -> Sequence[Absence]:
    """Requests of a unit's people that wait for somebody to decide."""
    query = select(Absence).join(Person, col(Person.id) == col(Absence.person_id))
    query = query.where(Person.unit_id == unit_id, col(Absence.decided_at).is_(None))
    return turn.session.exec(query.order_by(col(Absence.id))).all()


def decide(turn: Turn, absence_id: int, by: int, *, granted: bool) -> bool:
    """Grant or refuse leave. False if it was decided before."""
    waiting = update(table_of(Absence)).where(col(Absence.id) == absence_id, col(Absence.decided_at).is_(None))
    decided = waiting.values(decided_at=turn.now, refused=not granted, granted_by=by)
    return core(turn).execute(decided).rowcount == 1
