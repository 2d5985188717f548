"""The staff list from a file: what it would change, and all of it done in one Turn or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.services import caseflow
from bot.services.caller import known, local
from bot.sheets.headings import choices
from bot.sheets.problems import Problem
from bot.store import cases, links, people, units
from bot.store.tables import Person, RoleHeld, Unit
from bot.store.turn import Reader, Turn
from drills.cases import OPEN, Event
from drills.people import Role
from drills.places import Chain, Lost, made, settle
from drills.roster import Changes, Entry, Line, Move, compare, roles_meant

LEFT = "left the staff list"
"""The note on a case that ends because its person left."""


class NotSound(Exception):
    """A list with problems; every one of them is in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("the list has problems")
        self.problems = tuple(problems)


NOTHING = Changes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a list would change: the units to be made, those above first, and the people; or what is wrong with it."""

    changes: Changes = NOTHING
    units: tuple[Chain, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bank:
    """The units by their chains, and those people now who have to do with a list."""

    units: Mapping[Chain, Unit]
    people: Mapping[str, Person]
    roles: Mapping[int, list[RoleHeld]]

    def entries(self, *, active: bool) -> list[Entry]:
        chains = {unit.id: chain for chain, unit in self.units.items()}
        return [
            Entry(
                number=p.staff_number,
                name=p.name,
                post=p.post,
                place=chains[p.unit_id],
                roles=frozenset(Role(r.role) for r in self.roles.get(known(p.id), ()) if _for_good(r, p.unit_id)),
            )
            for p in self.people.values()
            if p.active is active
        ]


def _for_good(role: RoleHeld, unit_id: int) -> bool:
    return role.unit_id == unit_id and role.until is None


def plan(turn: Reader, lines: Sequence[Line]) -> Plan:
    """What this list would change."""
    return _plan(turn, lines)[0]


def listing(turn: Reader, path: str = "/") -> list[Entry]:
    """The staff list of the unit with this path and everything below it, as a file would hold it."""
    on = [known(unit.id) for unit in units.below(turn, path)]
    return sorted(_bank(turn, _chains(turn), (), on).entries(active=True), key=lambda e: (e.place, e.number))


def only_branch(turn: Reader, path: str = "/") -> Chain | None:
    """The one branch on or below a path; None where there are several, or none."""
    found = units.branches(turn, path)
    return units.chain(turn, found[0]) if len(found) == 1 else None


def _plan(turn: Reader, lines: Sequence[Line]) -> tuple[Plan, _Bank]:
    chains = _chains(turn)
    settled = settle([line.unit for line in lines], chains)
    named = [known(chains[place].id) for place in {s for s in settled if isinstance(s, tuple)} if place in chains]
    bank = _bank(turn, chains, [line.number for line in lines], named)
    roles = {entry.number: entry.roles for entry in bank.entries(active=True)}
    both = list(zip(lines, settled, strict=True))
    problems = [p for line, place in both for p in (*_misplaced(line, place, chains), *_idle(line, roles))]
    if problems:
        return Plan(problems=tuple(problems)), bank
    read = [_entry(line, place, roles) for line, place in both if isinstance(place, tuple)]
    gone = {entry.number for entry in bank.entries(active=False)}
    changes = compare(read, bank.entries(active=True), gone)
    return Plan(changes=changes, units=tuple(made(settled, chains))), bank


def _bank(turn: Reader, chains: Mapping[Chain, Unit], numbers: Collection[str], on: Collection[int]) -> _Bank:
    found = people.listed(turn, numbers, on)
    return _Bank(chains, {p.staff_number: p for p in found}, people.role_rows(turn, [known(p.id) for p in found]))


def _chains(turn: Reader) -> dict[Chain, Unit]:
    """Every unit by its names from the head office down."""
    by_path: dict[str, Chain] = {"/": ()}
    found: dict[Chain, Unit] = {}
    for unit in sorted(units.below(turn, "/"), key=lambda unit: unit.level):
        above = unit.path.removesuffix(f"{unit.id}/")
        by_path[unit.path] = chain = (*by_path[above], unit.name)
        found[chain] = unit
    return found


def _entry(line: Line, place: Chain, roles: Mapping[str, frozenset[Role]]) -> Entry:
    meant = roles_meant(line, roles.get(line.number, frozenset()))
    return Entry(number=line.number, name=line.name, post=line.post, place=place, roles=meant)


def _idle(line: Line, roles: Mapping[str, frozenset[Role]]) -> list[Problem]:
    """Somebody without a post, of whom neither the list nor we know a role."""
    if roles_meant(line, roles.get(line.number, frozenset())):
        return []
    allowed: dict[str, object] = {"allowed": choices("post", "zh"), "allowed_en": choices("post", "en")}
    return [Problem(code="no-post", row=line.row, column="post", values=allowed)]


def _misplaced(line: Line, place: Chain | Lost, chains: Mapping[Chain, Unit]) -> list[Problem]:
    said = "/".join(line.unit.tail)
    if isinstance(place, Lost):
        top = next((chain[0] for chain in chains), "")
        return [Problem(code=place, row=line.row, column="unit", read=said, values={"top": top})]
    if line.post and len(place) != units.BRANCH:
        return [Problem(code="not-branch", row=line.row, column="unit", read=said, values={"level": len(place)})]
    return []


def apply(turn: Turn, lines: Sequence[Line], by: int | None, *, leavers: bool = False, timezone: str = "") -> Plan:
    """Make the units, let people in, move them and, with `leavers`, let those go who are not listed. `timezone` is
    that of a head office made here. Raises NotSound."""
    units.hold(turn)
    planned, bank = _plan(turn, lines)
    if planned.problems:
        raise NotSound(planned.problems)
    placed = dict(bank.units)
    for chain in planned.units:
        above = placed[chain[:-1]] if chain[1:] else None
        placed[chain] = units.add(turn, chain[-1], above, timezone="" if above else timezone)
    _let_in(turn, planned.changes.joiners, placed)
    for entry in planned.changes.returners:
        _let_back(turn, bank, entry, placed[entry.place])
    for move in planned.changes.movers:
        _move(turn, bank, move, placed[move.after.place])
    for entry in planned.changes.leavers if leavers else ():
        _let_go(turn, bank.people[entry.number], by)
    turn.session.flush()
    return planned


def _let_in(turn: Turn, joiners: Sequence[Entry], placed: Mapping[Chain, Unit]) -> None:
    new = [
        Person(
            unit_id=known(placed[entry.place].id),
            staff_number=entry.number,
            name=entry.name,
            post=entry.post,
            joined_on=local(turn, placed[entry.place]).date(),
        )
        for entry in joiners
    ]
    turn.session.add_all(new)
    turn.session.flush()
    for person, entry in zip(new, joiners, strict=True):
        _give(turn, person, entry.roles)


def _let_back(turn: Turn, bank: _Bank, entry: Entry, unit: Unit) -> None:
    """Somebody who had left: the same person with the same history, let in as on a first day."""
    person = bank.people[entry.number]
    _rewrite(person, entry, unit)
    person.active, person.joined_on = True, local(turn, unit).date()
    people.take_roles(turn, known(person.id))
    _give(turn, person, entry.roles)


def _move(turn: Turn, bank: _Bank, move: Move, unit: Unit) -> None:
    """What somebody answered stays with the branch where they were. Roles on units other than the old one stay."""
    person = bank.people[move.after.number]
    moved = person.unit_id != unit.id
    rows = [row for row in bank.roles.get(known(person.id), []) if row.unit_id == person.unit_id]
    _rewrite(person, move.after, unit)
    for row in rows:
        if moved or (row.until is None and row.role not in move.after.roles):
            turn.session.delete(row)
    turn.session.flush()
    there = {
        row.role: row
        for row in people.role_rows(turn, [known(person.id)]).get(known(person.id), [])
        if row.unit_id == unit.id
    }
    for role in move.after.roles & set(map(Role, there)):
        there[role].until = None
    _give(turn, person, move.after.roles - set(map(Role, there)))


def _rewrite(person: Person, entry: Entry, unit: Unit) -> None:
    person.name, person.post, person.unit_id = entry.name, entry.post, known(unit.id)


def _give(turn: Turn, person: Person, roles: Collection[Role]) -> None:
    rows = [RoleHeld(person_id=known(person.id), role=role, unit_id=person.unit_id) for role in sorted(roles)]
    turn.session.add_all(rows)


def _let_go(turn: Turn, person: Person, by: int | None) -> None:
    person_id = known(person.id)
    person.active = False
    links.detach(turn, person_id)
    links.withdraw(turn, person_id)
    people.take_roles(turn, person_id)
    for case in cases.of_person(turn, person_id, OPEN):
        caseflow.step(turn, case, Event.EXCUSE, by=by, note=LEFT)
