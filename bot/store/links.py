"""How people are reached: their address on each channel, and the invitations that make it theirs."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, update
from sqlmodel import col, select

from bot.store.dialect import core, table_of
from bot.store.tables import Guess, Invitation, Link, Person, Unit
from bot.store.turn import Reader, Turn

_links = table_of(Link)
_at = (_links.c.channel == bindparam("at_channel"), _links.c.address == bindparam("at_address"))
_block = update(_links).where(*_at, _links.c.blocked_at.is_(None))
_unblock = update(_links).where(*_at, _links.c.blocked_at.is_not(None)).values(blocked_at=None)
_whose = (
    select(Person, Unit)
    .join(Link, col(Link.person_id) == col(Person.id))
    .join(Unit, col(Unit.id) == col(Person.unit_id))
    .where(*_at, col(Person.active))
)


def person_at(turn: Reader, channel: str, address: str) -> Person | None:
    """The active person who speaks from an address. Their unit is read with them: it is what is asked for next."""
    found = turn.session.exec(_whose, params={"at_channel": channel, "at_address": address}).first()
    if found is None:
        return None
    person, unit = found
    turn.session.info["unit of who speaks"] = unit  # a session forgets what nobody holds
    return person


def owner_of(turn: Reader, channel: str, address: str) -> int | None:
    """The id of whoever an address belongs to, active or not."""
    return turn.session.exec(
        select(col(Link.person_id)).where(Link.channel == channel, Link.address == address)
    ).first()


def attach(turn: Turn, person_id: int, channel: str, address: str) -> bool:
    """Make an address somebody's; their older one on that channel ends. False if it belongs to somebody else."""
    owner = owner_of(turn, channel, address)
    if owner is not None and owner != person_id:
        return False
    core(turn).execute(delete(_links).where(_links.c.person_id == person_id, _links.c.channel == channel))
    return turn.insert_once(Link(person_id=person_id, channel=channel, address=address, linked_at=turn.now))


def detach(turn: Turn, person_id: int) -> None:
    """Nobody speaks for this person any more, until a new invitation is used."""
    core(turn).execute(delete(_links).where(_links.c.person_id == person_id))


def block(turn: Turn, channel: str, address: str) -> None:
    """The platform says nobody can be reached there."""
    core(turn).execute(_block.values(blocked_at=turn.now), {"at_channel": channel, "at_address": address})


def unblock(turn: Turn, channel: str, address: str) -> None:
    """Somebody wrote from there: they can be reached again."""
    core(turn).execute(_unblock, {"at_channel": channel, "at_address": address})


def reachable(turn: Reader, persons: Collection[int]) -> frozenset[int]:
    """Which of these people can be written to on some channel."""
    query = select(col(Link.person_id)).where(col(Link.person_id).in_(persons), col(Link.blocked_at).is_(None))
    return frozenset(turn.session.exec(query))


def linked(turn: Reader, persons: Collection[int]) -> frozenset[int]:
    """Which of these people have joined: some chat is theirs, blocked or not."""
    return frozenset(turn.session.exec(select(col(Link.person_id)).where(col(Link.person_id).in_(persons))))


def invite(turn: Turn, person_id: int, code_hash: str, invited_by: int | None, expires_at: datetime) -> Invitation:
    """Keep an invitation; older ones of the same person that were not used end here."""
    withdraw(turn, person_id)
    row = Invitation(person_id=person_id, code_hash=code_hash, invited_by=invited_by, expires_at=expires_at)
    turn.session.add(row)
    turn.session.flush()
    return row


def withdraw(turn: Turn, person_id: int) -> None:
    """The invitations of a person that were not used end here."""
    older = delete(Invitation).where(col(Invitation.person_id) == person_id, col(Invitation.used_at).is_(None))
    core(turn).execute(older)


def invitation(turn: Reader, code_hash: str) -> Invitation | None:
    """The invitation with this code, used or expired or not; the Turn that asks holds it."""
    query = select(Invitation).where(Invitation.code_hash == code_hash)
    return turn.session.exec(query.with_for_update(key_share=True) if isinstance(turn, Turn) else query).first()


def use(turn: Turn, invitation_id: int) -> bool:
    """Use an invitation up. False if somebody was quicker or it has expired."""
    open_one = update(table_of(Invitation)).where(
        col(Invitation.id) == invitation_id, col(Invitation.used_at).is_(None), col(Invitation.expires_at) > turn.now
    )
    return core(turn).execute(open_one.values(used_at=turn.now)).rowcount == 1


def guessed(turn: Turn, channel: str, address: str) -> None:
    """Somebody sent a code that is none."""
    turn.session.add(Guess(channel=channel, address=address, at=turn.now))


def guesses(turn: Reader, since: datetime, channel: str = "", address: str = "") -> int:
    """Wrong codes since an instant: from one address, or (without one) altogether."""
    query = select(func.count()).select_from(Guess).where(col(Guess.at) >= since)
    if address:
        query = query.where(Guess.channel == channel, Guess.address == address)
    return turn.session.exec(query).one()
