"""Where a unit somebody wrote down stands in the tree: found, to be made, or not to be understood."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Chain = tuple[str, ...]
"""A unit's names, from the head office down to its own."""
LEVELS = 5
"""From the head office to a branch."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit as a list names it: its own name last, before it whatever is said of the units above. `told`: the list
    says where it stands, so that it may be made."""

    tail: Chain
    told: bool = False


class Lost(StrEnum):
    """Why a unit cannot be placed."""

    UNKNOWN = "unit-unknown"  # no such name, and nothing said of where it would stand
    AMBIGUOUS = "unit-ambiguous"  # several have that name
    NO_TOP = "unit-no-top"  # what is said does not begin anywhere in the tree
    DEEP = "unit-deep"  # below a branch


class Tree:
    """The units there are and, as a list is read, those it makes."""

    def __init__(self, known: Iterable[Chain]) -> None:
        self._all: set[Chain] = set()
        self._by_name: defaultdict[str, list[Chain]] = defaultdict(list)
        for chain in known:
            self._add(chain)

    def _add(self, chain: Chain) -> None:
        for end in range(1, len(chain) + 1):
            if chain[:end] not in self._all:
                self._all.add(chain[:end])
                self._by_name[chain[end - 1]].append(chain[:end])

    def find(self, tail: Chain) -> Chain | Lost:
        """The one unit whose chain ends so; a whole chain is meant as it stands."""
        found = [chain for chain in self._by_name.get(tail[-1], ()) if chain[-len(tail) :] == tail]
        if len(found) == 1:
            return found[0]
        return Lost.AMBIGUOUS if found else Lost.UNKNOWN

    def place(self, tail: Chain) -> Chain | Lost:
        """The unit; made, with those above it, if it is not there yet."""
        if tail in self._all:
            return tail
        found = self.find(tail)
        if found is Lost.UNKNOWN:
            found = self._beginning(tail)
        if isinstance(found, tuple):
            if len(found) > LEVELS:
                return Lost.DEEP
            self._add(found)
        return found

    def _beginning(self, tail: Chain) -> Chain | Lost:
        if not self._all or tail[:1] in self._all:
            return tail
        above = self.find(tail[:-1]) if tail[1:] else Lost.UNKNOWN
        if isinstance(above, tuple):
            return (*above, tail[-1])
        return Lost.NO_TOP if above is Lost.UNKNOWN else above


def settle(asked: Sequence[Asked], known: Iterable[Chain]) -> list[Chain | Lost]:
    """Where each unit stands, in the order asked. One that says where it stands tells it for those that do not."""
    tree = Tree(known)
    placed = {each: tree.place(each.tail) for each in asked if each.told}
    return [placed[each] if each.told else tree.find(each.tail) for each in asked]


def made(settled: Iterable[Chain | Lost], known: Iterable[Chain]) -> list[Chain]:
    """The units to be made for these, those above first."""
    there = set(known)
    wanted = {chain[:end] for chain in settled if isinstance(chain, tuple) for end in range(1, len(chain) + 1)}
    return sorted(wanted - there, key=lambda chain: (len(chain), chain))
