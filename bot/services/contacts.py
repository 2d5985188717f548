"""The staff list from WeCom's contacts: what they would change, and all of it done in one Turn, by the same rules as a
list from a file."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.chat.message import Message
from bot.services import roster
from bot.services.caller import known
from bot.services.census import chains, take
from bot.store import contacts as store
from bot.store import links, outbox, people, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader, Turn
from drills.contacts import Book, Doubt, Known, Ours, judge, place_of, settled
from drills.places import Chain
from drills.refused import Refused
from drills.roster import Entry, Line

CHANNEL = "wecom"
"""Whose addresses are userids."""
Welcome = Callable[[Turn, Person], Message]
"""The first words to somebody; whoever knows the commands has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the contacts would change. The leavers of what is `listed` are those with a link who are gone; `linked` are
    the userids by staff number that become chats of ours, `renamed` are units and their new names, `doubts` are those
    about whom nothing is done."""

    listed: roster.Plan = field(default_factory=roster.Plan)
    lines: tuple[Line, ...] = ()
    linked: Mapping[str, str] = field(default_factory=dict)
    renamed: tuple[tuple[Chain, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def would_do(self) -> bool:
        """Whether there is anything to do."""
        return self.listed.would_do or bool(self.linked or self.renamed)


def chosen(turn: Reader, department: int, unit_id: int) -> Mapping[int, int]:
    """The roots and their units: those there are, and this one if one is named (0: none). Raises Refused where there is
    none at all."""
    roots = {row.department: row.unit_id for row in store.departments(turn) if row.root}
    roots |= {department: unit_id} if department else {}
    if not roots:
        raise Refused("contacts-no-root")
    return roots


def unseen(turn: Reader, book: Book, roots: Mapping[int, int]) -> list[str]:
    """The userids of our people below the roots that the book does not hold: each is to be asked for, before somebody
    is taken for gone whom only a tag shows to our app."""
    there = [p for unit_id in roots.values() for p in people.below(turn, units.get(turn, unit_id).path)]
    spoken = links.addresses(turn, CHANNEL, [known(person.id) for person in there])
    return sorted(set(spoken.values()) - {member.userid for member in book.members})


def plan(turn: Reader, book: Book, roots: Mapping[int, int], *, careful: bool = False) -> Plan:
    """What these contacts would change. `careful`: nobody who has more to say than staff is moved. Raises Refused for a
    root that the contacts do not hold."""
    tree = chains(turn)
    places = _places(turn, book, roots, tree)
    where = {member.userid: place_of(member, places) for member in book.members}
    ours = _ours(turn, tree, book, set(where.values()))
    who = Known(ours, turn.in_force("/").positions, careful=careful)
    judged = [judge(row, each, where[each.userid], who) for row, each in enumerate(book.members, 1)]
    lines = tuple(each for each in judged if isinstance(each, Line))
    asked = roster.plan(turn, lines)
    tops = [top for unit_id in roots.values() for top in tree if tree[top].id == unit_id]
    gone = tuple(_gone(ours, book, tops))
    return Plan(
        listed=replace(asked, changes=replace(asked.changes, leavers=gone)),
        lines=lines,
        linked=_linked(lines, book, who),
        renamed=tuple(_renamed(turn, book, tree)),
        doubts=tuple(each for each in judged if isinstance(each, Doubt)),
    )


def _places(turn: Reader, book: Book, roots: Mapping[int, int], tree: Mapping[Chain, Unit]) -> dict[int, Chain]:
    by_id = {known(unit.id): chain for chain, unit in tree.items()}
    standing = {row.department: by_id[row.unit_id] for row in store.departments(turn)}
    standing |= {department: by_id[unit_id] for department, unit_id in roots.items()}
    lost = roots.keys() - {department.id for department in book.departments}
    if lost:
        raise Refused("contacts-root-gone", department=min(lost))
    return settled(book.departments, standing, roots.keys(), tree)


def _ours(turn: Reader, tree: Mapping[Chain, Unit], book: Book, places: Collection[Chain]) -> list[Ours]:
    """Our people who have to do with these members: who speaks from their userids, whose number those are, and who
    works where they stand."""
    userids = {member.userid for member in book.members} | book.missing
    speaking = people.many(turn, list(links.owners(turn, CHANNEL, userids).values()))
    numbers = [p.staff_number for p in [*speaking.values(), *people.numbered(turn, userids)]]
    bank = take(turn, tree, numbers, [known(tree[place].id) for place in places if place in tree])
    spoken = links.addresses(turn, CHANNEL, [known(person.id) for person in bank.people.values()])
    by_number = {number: spoken.get(known(person.id), "") for number, person in bank.people.items()}
    return [
        Ours(entry=entry, userid=by_number[entry.number], active=active)
        for active in (True, False)
        for entry in bank.entries(active=active)
    ]


def _gone(ours: Collection[Ours], book: Book, tops: Collection[Chain]) -> Iterator[Entry]:
    """Who has a link and is not at work here any more, of those on or below the roots."""
    for each in ours:
        below = any(each.entry.place[: len(top)] == top for top in tops)
        if each.active and below and each.userid in book.away:
            yield each.entry


def _linked(lines: Collection[Line], book: Book, who: Known) -> dict[str, str]:
    """The userids that become chats, by staff number. Nobody's chat is changed for another, nor opened again."""
    found = {}
    for line in lines:
        member = book.members[line.row - 1]
        ours = who.who(member.userid)
        if ours is None or not ours.userid:
            found[line.number] = member.userid
    return found


def _renamed(turn: Reader, book: Book, tree: Mapping[Chain, Unit]) -> Iterator[tuple[Chain, str]]:
    """Units whose department is called otherwise now. A root's name is the operator's, a name that another unit has
    beside it is left."""
    by_id = {known(unit.id): chain for chain, unit in tree.items()}
    names = {department.id: department.name for department in book.departments}
    for row in store.departments(turn):
        chain, name = by_id[row.unit_id], names.get(row.department, "")
        if name and not row.root and name != chain[-1] and (*chain[:-1], name) not in tree:
            yield chain, name


def apply(
    turn: Turn,
    book: Book,
    roots: Mapping[int, int],
    welcome: Welcome,
    *,
    leavers: bool = False,
    careful: bool = False,
) -> Plan:
    """Do what `plan` says, and remember which department is which unit. Who has a chat with us for the first time is
    welcomed. With `leavers`, who is gone is let go. Raises Refused, NotSound."""
    units.hold(turn)
    planned = plan(turn, book, roots, careful=careful)
    for department, unit_id in roots.items():
        store.choose(turn, department, unit_id)
    roster.apply(turn, planned.lines, None)
    for number, userid in planned.linked.items():
        person = people.by_staff_number(turn, number)
        if person is not None:
            _link(turn, person, userid, welcome)
    tree = chains(turn)
    _learn(turn, book, roots, tree)
    for chain, name in planned.renamed:
        tree[chain].name = name
    for entry in planned.listed.changes.leavers if leavers else ():
        person = people.by_staff_number(turn, entry.number)
        if person is not None:
            roster.let_go(turn, person, None)
    turn.session.flush()
    return planned


def _link(turn: Turn, person: Person, userid: str, welcome: Welcome) -> None:
    """A chat without an invitation. Whoever speaks with us elsewhere has been welcomed there."""
    is_new = not links.linked(turn, [known(person.id)])
    if links.attach(turn, known(person.id), CHANNEL, userid) and is_new:
        outbox.tell(turn, known(person.id), f"welcome/{person.id}/{turn.now:%Y%m%d}", welcome(turn, person))


def _learn(turn: Turn, book: Book, roots: Mapping[int, int], tree: Mapping[Chain, Unit]) -> None:
    """Departments that are units of their own; what lies below a branch is the branch."""
    places = _places(turn, book, roots, tree)
    above = {department.id: department.parent for department in book.departments}
    own = {number: chain for number, chain in places.items() if chain != places.get(above[number])}
    store.learn(turn, {number: known(tree[chain].id) for number, chain in own.items() if chain in tree})
