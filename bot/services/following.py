"""WeCom's contacts have changed, and we follow: who left goes at once; what else has changed is read later, outside any
Turn, and then done as the list would do it. What a person has to decide, a person is told."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.chat.channel import SendError
from bot.chat.incoming import Changed, Incoming
from bot.chat.message import Message
from bot.chat.words import Words
from bot.services import contacts, roster
from bot.services.caller import known
from bot.services.census import chains
from bot.services.duty import deciders
from bot.store import contacts as store
from bot.store import inbox, links, outbox, people, units
from bot.store.outbox import Claimed
from bot.store.store import Store
from bot.store.tables import Person, Unit
from bot.store.turn import Look, Reader, Turn
from bot.views import contacts as views
from drills.contacts import Book, Department, Member
from drills.people import Role
from drills.places import Chain
from drills.refused import Refused

log = logging.getLogger(__name__)
AT_ONCE = 100
"""So many members are read before what they change is done."""
LATER = timedelta(minutes=5)
"""When it is tried again to read contacts that could not be read."""
AGAIN, LONGEST = timedelta(days=1), timedelta(days=14)
"""Who is in doubt is looked at again so often, so long: meanwhile somebody may have settled it."""


class Contacts(Protocol):
    """WeCom's contacts, as far as our app may read them. Raises SendError."""

    async def departments(self) -> tuple[Department, ...]:
        """Every department in sight."""

    async def member(self, userid: str) -> Member | None:
        """One member; None for nobody, and for who is out of sight."""


def hear(turn: Turn, incoming: Incoming, changed: Changed) -> list[Claimed]:
    """One event, one Turn; a repeated one changes nothing. Nobody gets an answer."""
    if not inbox.hear(turn, incoming):
        return []
    if changed.gone:
        _left(turn, incoming.channel, changed.who)
    else:
        if changed.to:
            store.done(turn, {changed.who: turn.now})  # nobody is called so any more
            links.move(turn, incoming.channel, changed.who, changed.to)
        store.mark(turn, changed.to or changed.who)
    return []


def _left(turn: Turn, channel: str, userid: str) -> None:
    """Whoever speaks from there has left: from this Turn on they see and are sent nothing."""
    store.done(turn, {userid: turn.now})
    person = people.find(turn, links.owner_of(turn, channel, userid) or 0)
    if person is None or not person.active:
        return
    roster.let_go(turn, person, None)
    _tell_leaders(turn, person, "left")


async def sweep(store_: Store, book: Contacts, welcome: contacts.Welcome) -> int:
    """Read what is to be read, and do it; how many entries that were. What can't be read or done waits a little."""
    due = await store_.look(_due)
    if not due:
        return 0
    try:
        await store_.do(follow, await _read(book, due), due, welcome)
    except SendError as error:
        log.warning("WeCom's contacts can't be read (%s). Trying again in %s.", error.reason, LATER)
    except (Refused, roster.NotSound) as error:
        log.warning("WeCom's contacts can't be followed (%s). Trying again in %s.", error, LATER)
    except Exception:  # a mistake of ours: WeCom shall not be asked for all of it again every few seconds
        await store_.do(store.postpone, list(due), LATER)
        raise
    else:
        return len(due)
    await store_.do(store.postpone, list(due), LATER)
    return 0


def _due(turn: Look) -> dict[str, datetime]:
    return {row.userid: row.at for row in store.due(turn, AT_ONCE)}


async def _read(book: Contacts, userids: Iterable[str]) -> Book:
    departments = await book.departments()
    found = {userid: await book.member(userid) for userid in userids if userid}
    missing = frozenset(userid for userid, member in found.items() if member is None)
    return Book(departments=departments, members=tuple(filter(None, found.values())), missing=missing)


def follow(turn: Turn, book: Book, due: Mapping[str, datetime], welcome: contacts.Welcome) -> None:
    """Do what these contacts would change, and tell who has to know. Nobody is let go here, and who has more to say
    than staff is not moved: an admin is told, once. Of whom something was told while the book was read, it is too old:
    who has left meanwhile would come back by it. Where no root was chosen there is nothing to follow. Raises Refused
    and NotSound."""
    units.hold(turn)  # before anybody is looked at: another process may be at the same entries
    due = store.still(turn, due)
    fresh = tuple(member for member in book.members if member.userid in due)
    book = replace(book, members=fresh, missing=book.missing & due.keys())
    if not any(row.root for row in store.departments(turn)):
        store.done(turn, due)
        return
    before = {p.staff_number: p.unit_id for p in _concerned(turn, book)}
    planned = contacts.apply(turn, book, contacts.chosen(turn, 0, 0), welcome, careful=True)
    changes = planned.listed.changes
    for entry in (*changes.joiners, *changes.returners):
        _tell_leaders(turn, _person(turn, entry.number), "come")
    for move in changes.movers:
        if "place" in move.differs:
            person = _person(turn, move.after.number)
            _tell_leaders(turn, person, "away", units.get(turn, before[person.staff_number]))
            _tell_leaders(turn, person, "come")
    for entry in changes.leavers:
        _tell_admins(turn, entry.place, f"gone/{entry.number}", partial(views.gone, entry=entry))
    for doubt in planned.doubts:
        occasion = f"{doubt.why}/{doubt.member.userid[:40]}/{due.get(doubt.member.userid, turn.now):%Y%m%d}"
        _tell_admins(turn, doubt.place, occasion, partial(views.doubtful, doubt=doubt))
    doubtful = {doubt.member.userid for doubt in planned.doubts}
    store.done(turn, {userid: at for userid, at in due.items() if userid not in doubtful})
    store.again(turn, {userid: at for userid, at in due.items() if userid in doubtful}, AGAIN, LONGEST)


def _concerned(turn: Reader, book: Book) -> list[Person]:
    userids = [member.userid for member in book.members]
    return list(people.many(turn, list(links.owners(turn, contacts.CHANNEL, userids).values())).values()) + (
        people.numbered(turn, userids)
    )


def _person(turn: Reader, number: str) -> Person:
    person = people.by_staff_number(turn, number)
    if person is None:
        raise LookupError("somebody who was there a moment ago")
    return person


def _tell_leaders(turn: Turn, person: Person, what: views.News, unit: Unit | None = None) -> None:
    """Whoever leads a branch (the person's own) hears of a change in it."""
    at = unit or units.get(turn, person.unit_id)
    for leader in deciders(turn, at, known(person.id)):
        message = views.news(turn.words[leader.language], what, person.name, at.name, person.post)
        once = f"contacts/{what}/{person.id}/{turn.now:%Y%m%d%H%M%S}/{leader.id}"
        outbox.tell(turn, known(leader.id), once, message)


def _tell_admins(turn: Turn, place: Chain, occasion: str, say: Callable[[Words], Message]) -> None:
    """The nearest admins above a place hear of what they have to settle, once."""
    tree = chains(turn)
    for end in range(len(place), -1, -1):
        unit = tree.get(place[:end]) if end else units.get(turn, known(min(u.id or 0 for u in tree.values())))
        admins = people.with_role(turn, [Role.ADMIN], unit.path, on=known(unit.id)) if unit else []
        for admin in admins:
            outbox.tell(turn, known(admin.id), f"contacts/{occasion}/{admin.id}", say(turn.words[admin.language]))
        if admins:
            return
