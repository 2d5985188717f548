"""The groups of branches: which one is whose, whether we can write there, and under which address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, update
from sqlmodel import col, select

from bot.chat.message import Message
from bot.store import dialect
from bot.store.dialect import core, table_of
from bot.store.following import LIFETIME
from bot.store.tables import GroupChat, LetterRow, Unit
from bot.store.tables.post import OPEN
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below

_groups = table_of(GroupChat)
_letters = table_of(LetterRow)
_of_unit = col(GroupChat.unit_id) == bindparam("unit")
_hold_of_unit = dialect.holding(_groups.c.id, _of_unit)
_open_of_unit = (
    select(GroupChat)
    .where(_of_unit, col(GroupChat.gone_at).is_(None))
    .order_by(col(GroupChat.channel))
    .execution_options(populate_existing=True)
)


def at(turn: Reader, channel: str, address: str) -> GroupChat | None:
    """The group with this address, if it is some unit's."""
    query = select(GroupChat).where(GroupChat.channel == channel, GroupChat.address == address)
    return turn.session.exec(query.execution_options(populate_existing=True)).first()


def of_unit(turn: Reader, unit_id: int, channel: str) -> GroupChat | None:
    """A unit's group on a channel, whether we can write there or not."""
    query = select(GroupChat).where(GroupChat.unit_id == unit_id, GroupChat.channel == channel)
    return turn.session.exec(query.execution_options(populate_existing=True)).first()


def below(turn: Reader, path: str, most: int) -> list[tuple[str, GroupChat]]:
    """The groups of the branches on or below a path, each with its branch's name; not more than so many."""
    query = select(Unit.name, GroupChat).join(Unit, col(Unit.id) == col(GroupChat.unit_id)).where(on_or_below(path))
    found = turn.session.exec(query.order_by(col(Unit.path), col(GroupChat.channel)).limit(most))
    return [(name, group) for name, group in found]


def hold(turn: Turn, unit_id: int) -> Sequence[GroupChat]:
    """The groups of a unit in which we can write. Nobody else's Turn tells them anything until this one ends."""
    dialect.hold(turn, _hold_of_unit, {"unit": unit_id})
    return turn.session.exec(_open_of_unit, params={"unit": unit_id}).all()


def link(turn: Turn, group: GroupChat) -> bool:
    """Keep a unit's group. False if the unit has one on that channel, or the group is a unit's already."""
    return turn.insert_once(group)


def unlink(turn: Turn, group: GroupChat) -> None:
    """The group is nobody's any more; what still waits to be said there is not said."""
    waiting = update(_letters).where(_letters.c.person_id.is_(None), _letters.c.state == "waiting")
    here = waiting.where(_letters.c.channel == group.channel, _letters.c.address == group.address)
    core(turn).execute(here.values(state="dropped", trouble="the group was unlinked"))
    core(turn).execute(delete(_groups).where(_groups.c.id == group.id))
    turn.session.expunge(group)


def lose(turn: Turn, channel: str, address: str) -> GroupChat | None:
    """We can't write there any more. The group, if that is news; None if it was known, or nobody's group."""
    open_one = update(_groups).where(_at(channel, address), _groups.c.gone_at.is_(None))
    if not core(turn).execute(open_one.values(gone_at=turn.now)).rowcount:
        return None
    return at(turn, channel, address)


def regain(turn: Turn, channel: str, address: str) -> GroupChat | None:
    """We can write there again. The group, if it is some unit's."""
    core(turn).execute(update(_groups).where(_at(channel, address)).values(gone_at=None))
    return at(turn, channel, address)


def move(turn: Turn, channel: str, address: str, to: str) -> None:
    """A group goes on under another address, and so does everything that is still to be said there."""
    if address == to:
        return
    if at(turn, channel, to) is None:
        core(turn).execute(update(_groups).where(_at(channel, address)).values(address=to, gone_at=None))
    unsaid = update(_letters).where(_letters.c.channel == channel, _letters.c.address == address)
    core(turn).execute(unsaid.where(_letters.c.state.in_(OPEN)).values(address=to))


def tell_group(
    turn: Turn, group: GroupChat, once: str, message: Message, *, urgency: int = 5, expires_at: datetime | None = None
) -> bool:
    """Promise a message to a group, once for an occasion. False if it was promised, or nobody hears us there."""
    if group.gone_at is not None:
        return False
    letter = LetterRow(
        once=f"{once}/{group.channel}",
        channel=group.channel,
        address=group.address,
        body=message.to_json(),
        urgency=urgency,
        due_at=turn.now,
        created_at=turn.now,
        expires_at=expires_at or turn.now + LIFETIME,
    )
    return turn.insert_once(letter)


def _at(channel: str, address: str) -> ColumnElement[bool]:
    return and_(_groups.c.channel == channel, _groups.c.address == address)
