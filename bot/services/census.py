"""Who there is when a staff list comes: the units by their names, and the people the list has to do with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.services.caller import known
from bot.store import people, units
from bot.store.tables import Person, RoleHeld, Unit
from bot.store.turn import Reader
from drills.people import Role
from drills.places import Chain
from drills.roster import Entry, Scope


@dataclass(frozen=True, slots=True)
class Census:
    """The units by their chains, and those people now who have to do with a list."""

    units: Mapping[Chain, Unit]
    people: Mapping[str, Person]
    roles: Mapping[int, list[RoleHeld]]

    def entries(self, *, active: bool) -> list[Entry]:
        """The people who are here, or those who have left, as a staff list knows them."""
        chains = self._chains()
        return [
            Entry(
                number=p.staff_number,
                name=p.name,
                post=p.post,
                place=chains[p.unit_id],
                roles=frozenset(Role(r.role) for r in self.held(p.staff_number) if _for_good(r, p.unit_id)),
            )
            for p in self.people.values()
            if p.active is active
        ]

    def held(self, number: str) -> Sequence[RoleHeld]:
        """Every role of somebody, wherever it is held."""
        return self.roles.get(known(self.people[number].id), ())

    def within(self, scope: Scope) -> "Census":
        """The same without the people of elsewhere, of whom nothing may be told."""
        chains = self._chains()
        near = {number: p for number, p in self.people.items() if scope.reaches(chains[p.unit_id])}
        return replace(self, people=near)

    def is_bound_elsewhere(self, number: str, scope: Scope) -> bool:
        """Whether somebody holds a role outside."""
        chains = self._chains()
        return not all(scope.reaches(chains[role.unit_id]) for role in self.held(number))

    def _chains(self) -> dict[int | None, Chain]:
        return {unit.id: chain for chain, unit in self.units.items()}


def _for_good(role: RoleHeld, unit_id: int) -> bool:
    return role.unit_id == unit_id and role.until is None


def take(turn: Reader, chains: Mapping[Chain, Unit], numbers: Collection[str], on: Collection[int]) -> Census:
    """Those who have one of these staff numbers or work on one of these units."""
    found = people.listed(turn, numbers, on)
    return Census(chains, {p.staff_number: p for p in found}, people.role_rows(turn, [known(p.id) for p in found]))


def chains(turn: Reader) -> dict[Chain, Unit]:
    """Every unit by its names from the head office down."""
    by_path: dict[str, Chain] = {"/": ()}
    found: dict[Chain, Unit] = {}
    for unit in sorted(units.below(turn, "/"), key=lambda unit: unit.level):
        above = unit.path.removesuffix(f"{unit.id}/")
        by_path[unit.path] = chain = (*by_path[above], unit.name)
        found[chain] = unit
    return found
