"""The staff list from a file: what it would change, and all of it done in one Turn or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.services import bounds, caseflow
from bot.services.caller import known, local
from bot.services.census import Census, chains, take
from bot.sheets.headings import choices
from bot.sheets.problems import Problem
from bot.store import cases, links, people, units
from bot.store.tables import Person, RoleHeld, Unit
from bot.store.turn import Reader, Turn
from drills.cases import OPEN, Event
from drills.people import Role
from drills.places import Chain, Lost, made, settle
from drills.roster import Changes, Entry, Line, Move, Scope, compare, roles_meant

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
    """What a list would change: the units to be made, those above first, and the people; or what is wrong with it.
    `kept` are people it does not name who are not let go all the same: whoever sent it, and who has a role outside."""

    changes: Changes = NOTHING
    units: tuple[Chain, ...] = ()
    kept: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def would_do(self) -> bool:
        """Whether there is anything to do, if only to let somebody go."""
        changes = self.changes
        return bool(self.units or changes.joiners or changes.returners or changes.movers or changes.leavers)


def plan(turn: Reader, lines: Sequence[Line], scope: Scope | None = None) -> Plan:
    """What this list would change; without a scope, in the whole bank."""
    return _plan(turn, lines, scope)[0]


def listing(turn: Reader, path: str = "/") -> list[Entry]:
    """The staff list of the unit with this path and everything below it, as a file would hold it."""
    on = [known(unit.id) for unit in units.below(turn, path)]
    return sorted(take(turn, chains(turn), (), on).entries(active=True), key=lambda e: (e.place, e.number))


def only_branch(turn: Reader, path: str = "/") -> Chain | None:
    """The one branch on or below a path; None where there are several, or none."""
    found = units.branches(turn, path)
    return units.chain(turn, found[0]) if len(found) == 1 else None


Settled = list[tuple[Line, Chain | Lost]]


def _plan(turn: Reader, lines: Sequence[Line], scope: Scope | None) -> tuple[Plan, Census]:
    tree = chains(turn)
    places = settle([line.unit for line in lines], [c for c in tree if scope is None or scope.knows(c)])
    settled = list(zip(lines, places, strict=True))
    on = [known(tree[place].id) for place in {s for s in places if isinstance(s, tuple)} if place in tree]
    everywhere = take(turn, tree, [line.number for line in lines], on)
    now = everywhere.within(scope) if scope else everywhere
    roles = {entry.number: entry.roles for entry in now.entries(active=True)}
    problems = _problems(settled, scope, now, everywhere)
    if problems:
        return Plan(problems=tuple(problems)), now
    read = [_entry(line, place, roles) for line, place in settled if isinstance(place, tuple)]
    changes = compare(read, now.entries(active=True), {entry.number for entry in now.entries(active=False)})
    if scope is None:
        return Plan(changes=changes, units=tuple(made(places, tree))), now
    problems = [p for line in lines for p in bounds.own_loss(line, changes, scope, now)]
    if problems:
        return Plan(problems=tuple(problems)), now
    kept = bounds.kept(changes, scope, now)
    changes = replace(changes, leavers=tuple(entry for entry in changes.leavers if entry not in kept))
    return Plan(changes=changes, units=tuple(made(places, tree)), kept=kept), now


def _problems(settled: Settled, scope: Scope | None, now: Census, everywhere: Census) -> list[Problem]:
    """Everything that is wrong; of what lies outside, only that it does."""
    roles = {entry.number: entry.roles for entry in now.entries(active=True)}
    found = []
    for line, place in settled:
        outside = bounds.outside(line, place, scope, now, everywhere) if scope else []
        found += outside or [*_misplaced(line, place, now.units), *_idle(line, roles)]
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


def apply(
    turn: Turn,
    lines: Sequence[Line],
    by: int | None,
    *,
    leavers: bool = False,
    timezone: str = "",
    scope: Scope | None = None,
) -> Plan:
    """Make the units, let people in, move them and, with `leavers`, let those go who are not listed. `timezone` is
    that of a head office made here. Raises NotSound."""
    units.hold(turn)
    planned, bank = _plan(turn, lines, scope)
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
        let_go(turn, bank.people[entry.number], by)
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


def _let_back(turn: Turn, bank: Census, entry: Entry, unit: Unit) -> None:
    """Somebody who had left: the same person with the same history, let in as on a first day."""
    person = bank.people[entry.number]
    _rewrite(person, entry, unit)
    person.active, person.joined_on = True, local(turn, unit).date()
    people.take_roles(turn, known(person.id))
    _give(turn, person, entry.roles)


def _move(turn: Turn, bank: Census, move: Move, unit: Unit) -> None:
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


def let_go(turn: Turn, person: Person, by: int | None) -> None:
    """Somebody has left: no chat, invitation or role is theirs any more, open cases end; what they did stays."""
    person_id = known(person.id)
    person.active = False
    links.detach(turn, person_id)
    links.hush(turn, person_id)
    links.withdraw(turn, person_id)
    people.take_roles(turn, person_id)
    for case in cases.of_person(turn, person_id, OPEN):
        caseflow.step(turn, case, Event.EXCUSE, by=by, note=LEFT)
