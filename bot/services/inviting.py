"""Invitations for everybody on a unit at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.services import joining
from bot.services.caller import known, local
from bot.store import links, people, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader, Turn
from bot.views.invitations import Slip
from drills.places import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """The invitations of a unit, and how many people were left out because a chat of theirs is linked."""

    unit: str
    slips: Sequence[Slip]
    joined: int


def unit_called(turn: Reader, said: str) -> int | list[str]:
    """The id of the unit a person means by its name, or by names from above with / between; else the names of those
    it may be (none: nothing is called so)."""
    chains: dict[tuple[str, ...], int] = {}
    by_path: dict[str, tuple[str, ...]] = {"/": ()}
    for unit in sorted(units.below(turn, "/"), key=lambda each: each.level):
        above = unit.path.removesuffix(f"{unit.id}/")
        by_path[unit.path] = chain = (*by_path[above], unit.name)
        chains[chain] = known(unit.id)
    tail = tuple(part for part in (part.strip() for part in said.split("/")) if part)
    found = Tree(chains).find(tail) if tail else None
    if isinstance(found, tuple):
        return chains[found]
    return ["/".join(chain) for chain in chains if tail and chain[-len(tail) :] == tail]


def invite_all(turn: Turn, unit_id: int, draw: Callable[[], str], *, again: bool = False) -> Slips:
    """Write an invitation for everybody who works on the unit or below it and has no chat linked yet (with `again`,
    for everybody). Whatever they held before ends here. `draw` gives a new code each time."""
    top = units.get(turn, unit_id)
    there = people.below(turn, top.path)
    linked = links.linked(turn, [known(person.id) for person in there])
    wanted = [person for person in there if again or person.id not in linked]
    where = {unit.id: unit for unit in units.below(turn, top.path)}
    slips = [_slip(turn, person, where[person.unit_id], draw()) for person in wanted]
    return Slips(unit=top.name, slips=slips, joined=len(there) - len(wanted))


def invite_one(turn: Turn, number: str, code: str) -> Slip | None:
    """Write an invitation for the person with this staff number; None where nobody active has it."""
    person = people.by_staff_number(turn, number)
    if person is None or not person.active:
        return None
    return _slip(turn, person, units.get(turn, person.unit_id), code)


def _slip(turn: Turn, person: Person, unit: Unit, code: str) -> Slip:
    until = joining.invite(turn, known(person.id), code)
    return Slip(
        name=person.name,
        number=person.staff_number,
        unit=unit.name,
        language=person.language,
        code=code,
        until=until.astimezone(local(turn, unit).tzinfo),
    )
