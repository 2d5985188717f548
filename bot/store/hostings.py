"""Who leads a branch's meeting on a day: appended, the newest of a day holds."""

from datetime import date

from sqlmodel import col, select

from bot.store.tables import Hosting
from bot.store.turn import Reader, Turn


def of_day(turn: Reader, unit_id: int, day: date) -> Hosting | None:
    """Who was named last for a day."""
    query = select(Hosting).where(Hosting.unit_id == unit_id, Hosting.day == day)
    return turn.session.exec(query.order_by(col(Hosting.id).desc()).limit(1)).first()


def name(turn: Turn, unit_id: int, day: date, person_id: int, by: int | None) -> Hosting:
    """From now on this person leads the meeting of that day."""
    row = Hosting(unit_id=unit_id, day=day, person_id=person_id, by_id=by, at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    return row
