"""Which processes are alive. A heartbeat is real time, whatever the trade's clock says."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.store.dialect import core, insert_or_update
from bot.store.tables import Process
from bot.store.turn import Reader, Turn

STALE = timedelta(seconds=30)
"""A process that has not beaten for so long is dead: beat every few seconds."""
_FORGOTTEN = timedelta(days=1)
_beat = insert_or_update(Process, ["id"], ["beat_at"])


def beat(turn: Turn) -> None:
    """This process is alive."""
    _beat.run(turn, {"id": turn.process, "beat_at": turn.wall})
    core(turn).execute(delete(Process).where(col(Process.beat_at) < turn.wall - _FORGOTTEN))


def leave(turn: Turn) -> None:
    """This process ends in good order: what it still holds may be taken over at once."""
    core(turn).execute(delete(Process).where(col(Process.id) == turn.process))


def living(turn: Reader, stale: timedelta = STALE) -> frozenset[str]:
    """The processes heard from lately, this one among them: it is running this."""
    query = select(col(Process.id)).where(col(Process.beat_at) > turn.wall - stale)
    return frozenset(turn.session.exec(query)) | {turn.process}
