"""How people are reached: their address on each channel, and the invitations that make it theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, func, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.store.dialect import core, in_parts, table_of
from bot.store.tables import Guess, Invitation, LetterRow, Link, Person, RoleHeld, Unit
from bot.store.tables.post import OPEN
from bot.store.turn import Reader, Turn
from drills.people import Held, Role

_links, _letters = table_of(Link), table_of(LetterRow)
_at = (_links.c.channel == bindparam("at_channel"), _links.c.address == bindparam("at_address"))
_block = update(_links).where(*_at, _links.c.blocked_at.is_(None))
_unblock = update(_links).where(*_at, _links.c.blocked_at.is_not(None)).values(blocked_at=None)
_whose = select(Person).join(Link, col(Link.person_id) == col(Person.id)).where(*_at, col(Person.active))
_top = aliased(Unit)
_speaks = (
    sa.select(Person, Unit, col(Link.blocked_at).is_not(None), col(RoleHeld.role), col(_top.path), col(RoleHeld.until))
    .join(Link, col(Link.person_id) == col(Person.id))
    .join(Unit, col(Unit.id) == col(Person.unit_id))
    .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id), isouter=True)
    .join(_top, col(_top.id) == col(RoleHeld.unit_id), isouter=True)
    .where(*_at, col(Person.active))
    .order_by(col(RoleHeld.id))
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The active person who speaks from an address, where they work, the roles they hold; `blocked` if we had been told
    that nobody can be reached there. One statement reads it all: it is on the way of every answer."""

    person: Person
    unit: Unit
    held: tuple[Held, ...]
    blocked: bool


def speaker(turn: Reader, channel: str, address: str) -> Speaker | None:
    """Who speaks from there."""
    rows = turn.session.execute(_speaks, {"at_channel": channel, "at_address": address}).all()
    if not rows:
        return None
    person, unit, blocked, *_ = rows[0]
    held = tuple(Held(Role(role), path, until) for *_, role, path, until in rows if role is not None)
    return Speaker(person, unit, held, blocked)


def person_at(turn: Reader, channel: str, address: str) -> Person | None:
    """The active person who speaks from an address."""
    return turn.session.exec(_whose, params={"at_channel": channel, "at_address": address}).first()


def owner_of(turn: Reader, channel: str, address: str) -> int | None:
    """The id of whoever an address belongs to, active or not."""
    return turn.session.exec(
        select(col(Link.person_id)).where(Link.channel == channel, Link.address == address)
    ).first()


def owners(turn: Reader, channel: str, addresses: Collection[str]) -> dict[str, int]:
    """The ids of those whom these addresses belong to, by address; active or not."""
    found: dict[str, int] = {}
    for some in in_parts(sorted(addresses)):
        query = select(col(Link.address), col(Link.person_id)).where(Link.channel == channel)
        found |= dict(turn.session.exec(query.where(col(Link.address).in_(some))).all())
    return found


def addresses(turn: Reader, channel: str, persons: Collection[int]) -> dict[int, str]:
    """The address of each of these people on a channel; those without one are left out."""
    found: dict[int, str] = {}
    for some in in_parts(sorted(persons)):
        query = select(col(Link.person_id), col(Link.address)).where(Link.channel == channel)
        found |= dict(turn.session.exec(query.where(col(Link.person_id).in_(some))).all())
    return found


def move(turn: Turn, channel: str, address: str, to: str) -> bool:
    """An address has another name now, for its owner and for all that is still to be said there. False where the new
    one belongs to somebody already, or the old one to nobody."""
    owner = owner_of(turn, channel, address)
    if owner is None or owner_of(turn, channel, to) is not None:
        return False
    core(turn).execute(update(_links).where(*_at).values(address=to), {"at_channel": channel, "at_address": address})
    unsaid = update(_letters).where(_letters.c.channel == channel, _letters.c.address == address)
    core(turn).execute(unsaid.where(_letters.c.state.in_(OPEN)).values(address=to))
    return True


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


def hush(turn: Turn, person_id: int) -> None:
    """What waits to be said to this person is not said."""
    waiting = update(_letters).where(_letters.c.person_id == person_id, _letters.c.state == "waiting")
    core(turn).execute(waiting.values(state="dropped", trouble="the person has left"))


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
