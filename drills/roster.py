"""The staff list against the people there are: who joins, who moves, who is not in it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from drills.people import Role
from drills.places import Asked, Chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list as it was read, with its row in the file. `roles` is None where nothing is said of them."""

    row: int
    number: str
    name: str
    post: str
    roles: frozenset[Role] | None
    unit: Asked

    def to_json(self) -> dict[str, Any]:
        """The line as JSON values."""
        roles = None if self.roles is None else sorted(self.roles)
        unit = {"tail": list(self.unit.tail), "told": self.unit.told}
        return {
            "row": self.row,
            "number": self.number,
            "name": self.name,
            "post": self.post,
            "roles": roles,
            "unit": unit,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The line that `to_json` wrote."""
        roles, unit = data["roles"], data["unit"]
        return cls(
            row=data["row"],
            number=data["number"],
            name=data["name"],
            post=data["post"],
            roles=None if roles is None else frozenset(map(Role, roles)),
            unit=Asked(tuple(unit["tail"]), told=unit["told"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person as a staff list knows them. The roles are those held for good on the person's own unit."""

    number: str
    name: str
    post: str
    place: Chain
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who is there before and after, and not the same."""

    before: Entry
    after: Entry

    @property
    def differs(self) -> tuple[str, ...]:
        """The names of what differs."""
        names = (field.name for field in fields(Entry))
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a list would change. `leavers` are the people of the units it names whom it does not name."""

    joiners: tuple[Entry, ...] = ()
    returners: tuple[Entry, ...] = ()
    movers: tuple[Move, ...] = ()
    leavers: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """How far somebody's list reaches: these units and all below them. Who sent it has this staff number, and does not
    end their own rights by it."""

    tops: tuple[Chain, ...]
    number: str

    def reaches(self, place: Chain) -> bool:
        """Whether a unit, there or to be made, is on or below one of theirs."""
        return any(place[: len(top)] == top for top in self.tops)

    def knows(self, place: Chain) -> bool:
        """Whether they may learn of a unit by their list: their own, and those above them."""
        return self.reaches(place) or any(top[: len(place)] == place for top in self.tops)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the bank lies outside."""
        return any(len(top) == 1 for top in self.tops)


def roles_meant(line: Line, before: frozenset[Role]) -> frozenset[Role]:
    """The roles of a line. A list that does not speak of roles leaves those somebody has, and who has a post is staff;
    nobody's role is empty unless it is not known what they do."""
    if line.roles is not None:
        return line.roles
    others = before - {Role.STAFF}
    return others | {Role.STAFF} if line.post else others


def compare(read: Iterable[Entry], now: Iterable[Entry], gone: Collection[str] = ()) -> Changes:
    """The list read against the people now. `gone` are the numbers of people who once left."""
    listed = {entry.number: entry for entry in read}
    here = {entry.number: entry for entry in now}
    new = [entry for number, entry in listed.items() if number not in here]
    both = [Move(here[number], entry) for number, entry in listed.items() if number in here]
    places = {entry.place for entry in listed.values()}
    return Changes(
        joiners=tuple(entry for entry in new if entry.number not in gone),
        returners=tuple(entry for entry in new if entry.number in gone),
        movers=tuple(move for move in both if move.differs),
        leavers=tuple(e for number, e in here.items() if number not in listed and e.place in places),
        unchanged=tuple(move.after for move in both if not move.differs),
    )
