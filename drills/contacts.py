"""WeCom's contacts against our units and people: who stands where, and what can't be known. Roles are ours."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from drills.people import Post, Role
from drills.places import LEVELS, Asked, Chain
from drills.roster import Entry, Line

LONGEST_ID, LONGEST_NAME = 40, 60
"""So many characters have a staff number, and the name of a person or a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department as the contacts have it; nothing is above the topmost."""

    id: int
    name: str
    parent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as the contacts have them: the userid in small letters, their main department first. `here` is false of
    who was disabled, or has left."""

    userid: str
    name: str
    departments: tuple[int, ...]
    position: str = ""
    here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The contacts as far as they were read. `missing` are userids that were asked for and are nobody's we may see."""

    departments: tuple[Department, ...]
    members: tuple[Member, ...]
    missing: frozenset[str] = frozenset()

    @property
    def away(self) -> frozenset[str]:
        """Who is asked for and not at work here any more."""
        return self.missing | {member.userid for member in self.members if not member.here}


class Why(StrEnum):
    """Why nothing is done about a member."""

    NO_POST = "no_post"  # nobody knows what they are drilled for
    NO_PLACE = "no_place"  # one of ours, who now stands outside the units
    NOT_BRANCH = "not_branch"  # somebody with a post, on a unit that is no branch
    SAME_NAME = "same_name"  # perhaps somebody whom we know by another number
    OTHER_NAME = "other_name"  # their userid is the staff number of somebody else
    OTHER_CHAT = "other_chat"  # the person with that number speaks from another userid
    LEADS = "leads"  # has more to say than staff, and would take it along
    LONG = "long"  # a name or userid that we can't keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A member about whom nothing is done, and why. `number` is the staff number of who is meant, if that is known."""

    member: Member
    why: Why
    place: Chain = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Somebody on our staff list; `userid` is the one they speak from, if any."""

    entry: Entry
    userid: str = ""
    active: bool = True


class Known:
    """What we know: our people who have to do with these members, the posts that positions mean. `careful`: who has
    more to say than staff is not moved."""

    def __init__(self, people: Iterable[Ours], positions: Mapping[str, Post], *, careful: bool = False) -> None:
        self.careful = careful
        self._positions = positions
        self._speaking: dict[str, Ours] = {}
        self._numbered: dict[str, Ours] = {}
        self._silent: dict[tuple[str, Chain], str] = {}
        for ours in people:
            self._numbered[ours.entry.number.lower()] = ours
            if ours.userid:
                self._speaking[ours.userid] = ours
            else:
                self._silent.setdefault((ours.entry.name, ours.entry.place), ours.entry.number)

    def who(self, userid: str) -> Ours | None:
        """Who speaks from a userid; else the one whose staff number it is."""
        return self._speaking.get(userid) or self._numbered.get(userid)

    def namesake(self, name: str, place: Chain) -> str:
        """The number of somebody of this name in this place who speaks from nowhere yet; "" if there is nobody."""
        return self._silent.get((name, place), "")

    def post(self, position: str) -> str:
        """The post a position means; "" for none of ours."""
        return self._positions.get(plain(position), "")


def plain(position: str) -> str:
    """A position as it is compared: narrow, lower, without blanks."""
    return "".join(normalize("NFKC", position).casefold().split())


def settled(
    departments: Iterable[Department], standing: Mapping[int, Chain], roots: Collection[int], units: Iterable[Chain]
) -> dict[int, Chain]:
    """The unit of each department on or below the roots, whether it is there or would have to be made. What is known of
    a department (`standing`) holds whatever it is called now. Others go by name: the unit of that name below the one
    above; else the only one of that name below the root; else a new one. Everything below a branch is that branch."""
    below: dict[int, list[Department]] = {}
    for each in sorted(departments, key=lambda one: one.id):
        below.setdefault(each.parent, []).append(each)
    known, found = list(units), {root: standing[root] for root in roots}
    waiting = [(root, standing[root]) for root in sorted(roots)]
    there = set(known)
    for above, top in waiting:
        for each in below.get(above, ()):
            if each.id not in found:
                found[each.id] = standing.get(each.id) or _by_name(each.name, found[above], top, known, there)
                waiting.append((each.id, top))
    return found


def _by_name(name: str, above: Chain, top: Chain, units: list[Chain], there: Collection[Chain]) -> Chain:
    if len(above) >= LEVELS:
        return above
    below = (*above, name)
    if below in there:
        return below
    same = [chain for chain in units if chain[-1] == name and chain[: len(top)] == top]
    return same[0] if len(same) == 1 else below


def place_of(member: Member, places: Mapping[int, Chain]) -> Chain:
    """Where a member stands: by the main department, else by the first that is a unit; nowhere where none is."""
    return next((places[each] for each in member.departments if each in places), ())


def judge(row: int, member: Member, place: Chain, known: Known) -> Line | Doubt | None:
    """The member as a line of a staff list, or why there is none; None where there is nothing to say: of who is not at
    work, has no chat with us and stands outside, or is ours and has neither post nor role. A post is only asked of who
    is new: whoever is here keeps theirs."""
    ours = known.who(member.userid)
    speaks = ours is not None and ours.userid == member.userid
    if not member.here or not (place or speaks):
        return None
    if ours is None:
        return _newcomer(row, member, place, known)
    entry, number = ours.entry, ours.entry.number
    post = entry.post if ours.active else known.post(member.position) or entry.post
    why = _another(member, ours) or _unmoved(place, ours, known) or _unfit(member, number, place, post)
    if why is None and not post:
        if not ours.active:
            why = Why.NO_POST
        elif not entry.roles:
            return None
    if why is not None:
        return Doubt(member=member, why=why, place=place, number=number)
    return _line(row, number, member.name, post, place)


def _newcomer(row: int, member: Member, place: Chain, known: Known) -> Line | Doubt:
    post, namesake = known.post(member.position), known.namesake(member.name, place)
    why = Why.SAME_NAME if namesake else _unfit(member, member.userid, place, post) or (None if post else Why.NO_POST)
    if why is not None:
        return Doubt(member=member, why=why, place=place, number=namesake)
    return _line(row, member.userid, member.name, post, place)


def _line(row: int, number: str, name: str, post: str, place: Chain) -> Line:
    return Line(row=row, number=number, name=name, post=post, roles=None, unit=Asked(place, told=True))


def _another(member: Member, ours: Ours) -> Why | None:
    """A number is no proof by itself: the name has to be the same, and nobody's chat changes hands."""
    if ours.userid == member.userid:
        return None
    if ours.userid:
        return Why.OTHER_CHAT
    return Why.OTHER_NAME if ours.entry.name != member.name else None


def _unmoved(place: Chain, ours: Ours, known: Known) -> Why | None:
    if not place:
        return Why.NO_PLACE
    leads = ours.active and ours.entry.roles - {Role.STAFF}
    return Why.LEADS if known.careful and leads and place != ours.entry.place else None


def _unfit(member: Member, number: str, place: Chain, post: str) -> Why | None:
    longest = max(map(len, (member.name, *place)))
    if len(number) > LONGEST_ID or longest > LONGEST_NAME or not member.name:
        return Why.LONG
    return Why.NOT_BRANCH if post and len(place) != LEVELS else None
