"""Where the recordings of a branch's evenings are; the newest word on a part holds."""

from datetime import date

from sqlmodel import col, select

from bot.store.tables import Recording
from bot.store.turn import Reader, Turn

CAMERAS = 8


def add(turn: Turn, recording: Recording) -> None:
    """Write one."""
    turn.session.add(recording)
    turn.session.flush()


def of_evening(turn: Reader, unit_id: int, evening: date) -> dict[str, Recording]:
    """What is known of an evening, by part."""
    query = select(Recording).where(Recording.unit_id == unit_id, Recording.evening == evening)
    return {row.part: row for row in turn.session.exec(query.order_by(col(Recording.id)))}


def find(turn: Reader, recording_id: int) -> Recording | None:
    """One by its id."""
    return turn.session.get(Recording, recording_id)


def cameras(turn: Reader, unit_id: int) -> list[Recording]:
    """The cameras a branch has named, each by its newest recording, the one used last first."""
    query = select(Recording).where(Recording.unit_id == unit_id).order_by(col(Recording.id).desc()).limit(50)
    newest: dict[str, Recording] = {}
    for row in turn.session.exec(query):
        newest.setdefault(row.camera, row)
    return list(newest.values())[:CAMERAS]
