"""Lists that somebody sent as a file, kept until they say what is to be done with them, for a day at most."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from bot.store.dialect import core
from bot.store.tables import Upload
from bot.store.turn import Turn

FRESH = timedelta(hours=24)
"""A list so old says what was right yesterday, and holds people's names for nothing."""


def keep(turn: Turn, person_id: int, kind: str, name: str, lines: Sequence[Any]) -> Upload:
    """Keep what was read."""
    row = Upload(person_id=person_id, kind=kind, name=name[:200], lines=list(lines), at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    return row


def hold(turn: Turn, upload_id: int, person_id: int) -> Upload | None:
    """A list that this very person sent and that is still fresh; the Turn that asks holds it."""
    query = select(Upload).where(Upload.id == upload_id, Upload.person_id == person_id)
    query = query.where(col(Upload.at) > turn.now - FRESH)
    return turn.session.exec(query.with_for_update(key_share=True)).first()


def done(turn: Turn, upload: Upload) -> None:
    """It has been done; only that it has is kept, not what it listed."""
    upload.done_at, upload.lines = turn.now, []
    turn.session.add(upload)
    turn.session.flush()


def forget(turn: Turn) -> int:
    """Let go of lists that nobody can have done any more; how many there were."""
    return core(turn).execute(delete(Upload).where(col(Upload.at) <= turn.now - FRESH)).rowcount


def drop(turn: Turn, upload: Upload) -> None:
    """It is not wanted."""
    turn.session.delete(upload)
    turn.session.flush()
