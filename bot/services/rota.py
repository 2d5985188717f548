"""Leave and shifts from a list: what it would enter and take back, and all of it done in one Turn or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.bounds import tops
from bot.services.caller import Caller, known
from bot.services.roster import NotSound
from bot.sheets.problems import Problem
from bot.store import absences, links, outbox, people, units
from bot.store.tables import Absence, Person
from bot.store.turn import Reader, Turn
from bot.views import rota as views
from drills.leave import Kind
from drills.people import Act
from drills.rota import Change, Line, Mark, Standing, Stretch, compare, gather

URGENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Whose days a list may speak of: people on or below these paths. `own` is whoever sent it (nobody: the command
    line), whose own leave is for others to grant."""

    paths: tuple[str, ...] = ("/",)
    own: int | None = None
    today: date


@dataclass(frozen=True, slots=True)
class Off:
    """One person, and what of their days changes."""

    person: Person
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a list would change, by person in its order; or what is wrong with it. `gone` of its days have passed; with
    `own` it speaks of its sender too, which is left out."""

    changes: tuple[Off, ...] = ()
    gone: int = 0
    own: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def concerned(self) -> list[Off]:
        """Whose days change."""
        return [each for each in self.changes if each.change.fresh or each.change.back]

    @property
    def would_do(self) -> bool:
        """Whether it would change anything."""
        return bool(self.concerned)

    @property
    def preview(self) -> views.Preview:
        """The same as it is shown."""
        named = [(each.person.name, each.change) for each in self.changes]
        return views.Preview(changes=named, gone=self.gone, own=self.own)


def bounds_of(who: Caller) -> Bounds:
    """How far somebody's list reaches."""
    return Bounds(paths=tuple(tops(who, Act.GRANT_LEAVE)), own=who.id, today=who.today)


def plan(turn: Reader, lines: Sequence[Line], bounds: Bounds) -> Plan:
    """What this list would change."""
    named, problems = _whose(turn, lines, bounds)
    said, clashes = gather((known(person.id), line) for line, person in named)
    problems += [
        Problem(code="rota-clash", row=clash.row, values={"other": clash.other, "day": clash.day}) for clash in clashes
    ]
    if problems:
        return Plan(problems=tuple(sorted(problems, key=lambda problem: problem.row)))
    persons = {known(person.id): person for _, person in named}
    others = {number: person for number, person in persons.items() if number != bounds.own}
    standing = _standing(turn, others, bounds.today)
    changes = [Off(p, compare(said[n], standing.get(n, ()), bounds.today)) for n, p in others.items()]
    gone = {day for line in lines for day, _ in line.days if day < bounds.today}
    return Plan(changes=tuple(changes), gone=len(gone), own=len(others) < len(persons))


def _whose(turn: Reader, lines: Sequence[Line], bounds: Bounds) -> tuple[list[tuple[Line, Person]], list[Problem]]:
    """The person of each line. Somebody of elsewhere is not found, as if there were nobody."""
    numbers = {line.number for line in lines if line.number}
    listed = [p for p in people.listed(turn, numbers, ()) if p.active]
    by_number = {p.staff_number: p for p in listed if _is_near(units.get(turn, p.unit_id).path, bounds)}
    names = {line.name for line in lines if not line.number}
    called = {p.id: p for path in bounds.paths for p in people.by_names(turn, names, path)}
    found: list[tuple[Line, Person]] = []
    problems: list[Problem] = []
    for line in lines:
        same = [p for p in called.values() if p.name == line.name] if not line.number else []
        person = by_number.get(line.number) if line.number else (same[0] if len(same) == 1 else None)
        if person is None:
            column, read = ("number", line.number) if line.number else ("name", line.name)
            code = "rota-namesake" if same else "rota-nobody"
            problems.append(Problem(code=code, row=line.row, column=column, read=read))
        elif line.name and line.name != person.name:
            problems.append(Problem(code="rota-other", row=line.row, column="name", read=line.name))
        else:
            found.append((line, person))
    return found, problems


def _is_near(path: str, bounds: Bounds) -> bool:
    return any(path.startswith(top) for top in bounds.paths)


def _standing(turn: Reader, persons: Mapping[int, Person], today: date) -> dict[int, list[Standing]]:
    """What counts for these people today and later. A request nobody has decided on does not."""
    found: dict[int, list[Standing]] = {}
    for row in absences.ahead(turn, list(persons), today) if persons else ():
        if row.decided_at is not None:
            found.setdefault(row.person_id, []).append(Standing(known(row.id), _stretch(row)))
    return found


def _stretch(row: Absence) -> Stretch:
    return Stretch(row.first_day, row.last_day, Mark.SHIFT if row.kind == Kind.SHIFT else Mark.LEAVE)


def apply(turn: Turn, lines: Sequence[Line], bounds: Bounds) -> tuple[Plan, int]:
    """Enter and take back, and tell everybody concerned once; what was done, and how many heard of it. Raises
    NotSound."""
    hold(turn, lines, bounds)
    planned = plan(turn, lines, bounds)
    if planned.problems:
        raise NotSound(planned.problems)
    for each in planned.changes:
        _do(turn, each, bounds)
    return planned, len(links.reachable(turn, [known(each.person.id) for each in planned.concerned]))


def hold(turn: Turn, lines: Sequence[Line], bounds: Bounds) -> None:
    """Two lists about the same people are done one after another."""
    named, _ = _whose(turn, lines, bounds)
    people.hold(turn, {known(person.id) for _, person in named})


def _do(turn: Turn, each: Off, bounds: Bounds) -> None:
    person, change = each.person, each.change
    for absence in change.withdraw:
        absences.withdraw(turn, absence, bounds.own)
    entered = [
        absences.enter(turn, known(person.id), s.first, s.last, Kind(s.kind), bounds.own).id for s in change.enter
    ]
    if not change.fresh and not change.back:
        return
    occasion = f"rota/{entered[0]}" if entered else f"rota/{change.withdraw[0]}/back"
    message = views.told(turn.words[person.language], change, bounds.today)
    outbox.tell(turn, known(person.id), f"{occasion}/{person.id}", message, urgency=URGENT)
