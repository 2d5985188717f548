"""Events heard: each counts once, however often the platform repeats it."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.chat.incoming import Incoming
from bot.store.dialect import core, insert_or_leave
from bot.store.tables import Heard
from bot.store.turn import Reader, Turn

_heard = insert_or_leave(Heard)


def hear(turn: Turn, incoming: Incoming) -> bool:
    """Whether an event is new. If not, `outbox.repeat_of` may still have its letter."""
    row = {"channel": incoming.channel, "event": incoming.event, "at": turn.now}
    return _heard.run(turn, row).first() is not None


def knows(turn: Reader, incoming: Incoming) -> bool:
    """Whether an event has been heard."""
    query = select(Heard.id).where(Heard.channel == incoming.channel, Heard.event == incoming.event)
    return turn.session.exec(query).first() is not None


def forget(turn: Turn, before: datetime) -> int:
    """Let go of events no platform will repeat any more; returns how many."""
    return core(turn).execute(delete(Heard).where(col(Heard.at) < before)).rowcount
