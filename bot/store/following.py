"""One message that is told again and again: the first letter brings it, each that follows changes it in place.

They go out in their order, and never in a rush: platforms count changes in a group as messages."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import aliased

from bot.chat.message import Message
from bot.store.dialect import core, table_of
from bot.store.tables import GroupChat, LetterRow
from bot.store.tables.post import OPEN
from bot.store.turn import Turn

GAP = timedelta(seconds=3)
"""Between two changes of one message: twenty a minute is what Telegram lets a group have."""
LIFETIME = timedelta(hours=24)
"""A letter nobody gave an hour is tried for so long; after it, it is news of yesterday."""

_table = table_of(LetterRow)
_letter = _table.c
_earlier = aliased(_table)


def ready(now: datetime) -> ColumnElement[bool]:
    """That a letter follows nothing, or that every letter before it has gone its way, the last one a while ago."""
    before = or_(_earlier.c.id == _letter.follows, _earlier.c.follows == _letter.follows)
    on_its_way = or_(_earlier.c.state.in_(OPEN), _earlier.c.sent_at > now - GAP)
    in_the_way = select(_earlier.c.id).where(before, _earlier.c.id < _letter.id, on_its_way)
    return or_(_letter.follows.is_(None), ~in_the_way.exists())


def resolve(turn: Turn, letter: LetterRow) -> None:
    """Find the message a letter changes: what was last seen of it in that chat. Without one the letter brings it anew
    (the first never went out, or the chat goes on under another address, where nothing can be changed)."""
    chain = or_(_letter.id == letter.follows, _letter.follows == letter.follows)
    last = (
        select(_letter.receipt, _letter.address)
        .where(chain, _letter.id < letter.id, _letter.state == "sent")
        .order_by(_letter.id.desc())
        .limit(1)
    )
    seen = core(turn).execute(last).first()
    letter.handle = dict(seen.receipt) if seen is not None and seen.address == letter.address else {}
    letter.replaces = bool(letter.handle)


def keep_told(
    turn: Turn, group: GroupChat, occasion: str, message: Message, *, urgency: int, expires_at: datetime | None = None
) -> bool:
    """Say how something stands now, in one message of a group, whose row this Turn holds (`groups.hold`). A letter that
    still waits says it in place of what it would have said; False if that has been said already."""
    body = message.to_json()
    until = expires_at or turn.now + LIFETIME
    letter = {"body": body, "urgency": urgency, "expires_at": until, "address": group.address}
    first, last = _chain(turn, f"{occasion}/{group.channel}")
    if last is None:
        return _promise(turn, group, f"{occasion}/{group.channel}", letter)
    said = last.state in (*OPEN, "sent") and last.address == group.address
    if said and Message.from_json(last.body) == message:
        return False
    waiting = update(_table).where(_letter.id == last.id, _letter.state == "waiting").values(letter)
    if core(turn).execute(waiting).rowcount:
        return True
    return _promise(turn, group, f"{occasion}/{group.channel}/{last.id}", letter | {"follows": first})


def _chain(turn: Turn, once: str) -> tuple[int, Any]:
    """The id of the first letter, and the newest one; (0, None) before there is any."""
    known = select(_letter.id, _letter.body, _letter.address, _letter.state)
    first = core(turn).execute(known.where(_letter.once == once)).first()
    if first is None:
        return 0, None
    newest = known.where(_letter.follows == first.id).order_by(_letter.id.desc()).limit(1)
    return first.id, core(turn).execute(newest).first() or first


def _promise(turn: Turn, group: GroupChat, once: str, values: dict[str, Any]) -> bool:
    return turn.insert_once(LetterRow(once=once, channel=group.channel, due_at=turn.now, created_at=turn.now, **values))
