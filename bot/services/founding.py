"""A bank begun from nothing: the units down to the first branch, and the first admin. Done again, nothing is lost."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.services.caller import known, local
from bot.services.inviting import invite_one
from bot.store import people, units
from bot.store.tables import Person, RoleHeld, Unit
from bot.store.turn import Reader, Turn
from bot.views.invitations import Slip
from drills.people import Role
from drills.places import LEVELS, Chain

LEADS = frozenset({Role.MANAGER, Role.TRAINER})
"""What the first admin may also be on the branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is to be: every unit from the head office to the branch, and the first admin."""

    chain: Chain
    name: str
    number: str
    leads: Collection[Role] = ()
    timezone: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """What there is: the names from the head office to the only branch (only the head office's, where there is not
    just one), and the first admin, whose name is empty where there is none."""

    chain: Chain
    branches: int
    timezone: str
    name: str = ""
    number: str = ""
    leads: frozenset[Role] = frozenset()


def founded(turn: Reader) -> Founded | None:
    """The bank there is; None for an empty database."""
    there = units.below(turn, "/")
    if not there:
        return None
    head, branches = there[0], units.branches(turn, "/")
    chain = units.chain(turn, branches[0]) if len(branches) == 1 else (head.name,)
    admin = next(iter(people.with_role(turn, [Role.ADMIN], head.path, on=known(head.id))), None)
    begun = Founded(chain=chain, branches=len(branches), timezone=head.timezone)
    if admin is None:
        return begun
    held = {Role(row.role) for row in people.role_rows(turn, [known(admin.id)]).get(known(admin.id), [])}
    return Founded(
        chain=chain,
        branches=len(branches),
        timezone=head.timezone,
        name=admin.name,
        number=admin.staff_number,
        leads=frozenset(held & LEADS),
    )


def found(turn: Turn, wanted: Founding, code: str) -> Slip:
    """Make what is not there yet, rename what is called otherwise now, and invite the admin. What others have added
    stays."""
    units.hold(turn)
    head, place = _ground(turn, wanted)
    if head.timezone != wanted.timezone:
        for unit in [each for each in units.below(turn, "/") if each.timezone == head.timezone]:
            unit.timezone = wanted.timezone
    person = _admin(turn, wanted, place)
    held = {(row.role, row.unit_id) for row in people.role_rows(turn, [known(person.id)]).get(known(person.id), [])}
    roles = [(Role.ADMIN, head), *((role, place) for role in sorted(wanted.leads))]
    for role, unit in roles:
        if (role, unit.id) not in held:
            turn.session.add(RoleHeld(person_id=known(person.id), role=role, unit_id=known(unit.id)))
    turn.session.flush()
    slip = invite_one(turn, wanted.number, code)
    if slip is None:
        raise LookupError(wanted.number)
    return slip


def _ground(turn: Turn, wanted: Founding) -> tuple[Unit, Unit]:
    """The head office, and the unit the admin leads or, leading none, works on."""
    there = units.below(turn, "/")
    if not there:
        above: Unit | None = None
        made: list[Unit] = []
        for name in wanted.chain:
            above = units.add(turn, name, above, timezone="" if above else wanted.timezone)
            made.append(above)
        return made[0], made[-1] if wanted.leads else made[0]
    head, branches = there[0], units.branches(turn, "/")
    head.name = wanted.chain[0]
    if len(branches) != 1 or len(wanted.chain) != LEVELS:
        return head, head
    branches[0].name = wanted.chain[-1]
    return head, branches[0] if wanted.leads else head


def _admin(turn: Turn, wanted: Founding, place: Unit) -> Person:
    person = people.by_staff_number(turn, wanted.number)
    if person is None:
        person = Person(
            unit_id=known(place.id),
            staff_number=wanted.number,
            name=wanted.name,
            language=wanted.language,
            joined_on=local(turn, place).date(),
        )
        turn.session.add(person)
    person.name, person.active = wanted.name, True
    turn.session.flush()
    return person
