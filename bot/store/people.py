"""People and the roles they hold. Whom a caller may read is decided before, with drills.people.may."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, or_
from sqlmodel import col, select

from bot.store.dialect import core, in_parts
from bot.store.tables import Person, RoleHeld, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import ids, on_or_below
from drills.people import Held, Role

_held = (
    select(col(RoleHeld.role), col(Unit.path), col(RoleHeld.until))
    .join(Unit, col(Unit.id) == col(RoleHeld.unit_id))
    .where(col(RoleHeld.person_id) == bindparam("person"))
    .order_by(col(RoleHeld.id))
)
_on_unit = select(Person).where(col(Person.unit_id) == bindparam("unit"), col(Person.active)).order_by(col(Person.id))


def find(turn: Reader, person_id: int) -> Person | None:
    """A person, active or not, if there is one."""
    return turn.session.get(Person, person_id)


def get(turn: Reader, person_id: int) -> Person:
    """A person who is known to exist. Raises LookupError if not."""
    person = find(turn, person_id)
    if person is None:
        raise LookupError(f"no person {person_id}")
    return person


def many(turn: Reader, persons: Collection[int]) -> dict[int, Person]:
    """People by id, active or not."""
    found = turn.session.exec(select(Person).where(col(Person.id).in_(persons)).order_by(col(Person.id)))
    return {p.id: p for p in found if p.id is not None}


def by_staff_number(turn: Reader, staff_number: str) -> Person | None:
    """The person with this staff number, active or not."""
    return turn.session.exec(select(Person).where(Person.staff_number == staff_number)).first()


def numbered(turn: Reader, small: Collection[str]) -> list[Person]:
    """Everybody, active or not, whose staff number is one of these but for capitals."""
    found: list[Person] = []
    for some in in_parts(sorted(small)):
        found += turn.session.exec(select(Person).where(func.lower(col(Person.staff_number)).in_(some)))
    return found


def on_unit(turn: Reader, unit_id: int) -> Sequence[Person]:
    """The active people who work on a unit itself, not below it."""
    return turn.session.exec(_on_unit, params={"unit": unit_id}).all()


def below(turn: Reader, path: str) -> Sequence[Person]:
    """The active people who work on a unit or anywhere below it."""
    query = select(Person).join(Unit, col(Unit.id) == col(Person.unit_id)).where(on_or_below(path), col(Person.active))
    return turn.session.exec(query.order_by(col(Unit.path), col(Person.id))).all()


def called(turn: Reader, path: str, said: str, most: int) -> Sequence[Person]:
    """The active people on or below a unit with this staff number or exactly this name; failing them, those whose name
    has these words in it. Not more than so many."""
    on = select(Person).join(Unit, col(Unit.id) == col(Person.unit_id)).where(on_or_below(path), col(Person.active))
    exact = or_(col(Person.staff_number) == said, col(Person.name) == said)
    for meant in (exact, col(Person.name).contains(said, autoescape=True)):
        found = turn.session.exec(on.where(meant).order_by(col(Unit.path), col(Person.id)).limit(most)).all()
        if found:
            return found
    return []


def listed(turn: Reader, numbers: Collection[str], unit_ids: Collection[int]) -> list[Person]:
    """Everybody, active or not, who has one of these staff numbers or works on one of these units, by id."""
    found: dict[int | None, Person] = {}
    for column, values in ((Person.staff_number, sorted(numbers)), (Person.unit_id, sorted(unit_ids))):
        for some in in_parts(values):
            found |= {p.id: p for p in turn.session.exec(select(Person).where(col(column).in_(some)))}
    return sorted(found.values(), key=lambda p: p.id or 0)


def by_names(turn: Reader, names: Collection[str], path: str) -> list[Person]:
    """The active people of these names on a unit or anywhere below it, by id."""
    found: list[Person] = []
    for some in in_parts(sorted(names)):
        query = select(Person).join(Unit, col(Unit.id) == col(Person.unit_id)).where(on_or_below(path))
        found += turn.session.exec(query.where(col(Person.active), col(Person.name).in_(some)))
    return sorted(found, key=lambda p: p.id or 0)


def hold(turn: Turn, persons: Collection[int]) -> None:
    """Whoever enters something for these people waits here for whoever does the same."""
    for some in in_parts(sorted(persons)):
        query = select(Person.id).where(col(Person.id).in_(some)).order_by(col(Person.id))
        turn.session.exec(query.with_for_update(key_share=True)).all()


def role_rows(turn: Reader, persons: Collection[int]) -> dict[int, list[RoleHeld]]:
    """The rows of the roles these people hold, by person."""
    found: defaultdict[int, list[RoleHeld]] = defaultdict(list)
    for some in in_parts(sorted(persons)):
        query = select(RoleHeld).where(col(RoleHeld.person_id).in_(some)).order_by(col(RoleHeld.id))
        for row in turn.session.exec(query):
            found[row.person_id].append(row)
    return dict(found)


def take_roles(turn: Turn, person_id: int) -> None:
    """Somebody holds no role any more, here or elsewhere."""
    core(turn).execute(delete(RoleHeld).where(col(RoleHeld.person_id) == person_id))


def held(turn: Reader, person_id: int) -> tuple[Held, ...]:
    """The roles somebody holds, ended ones too: `may` looks at the day."""
    rows = core(turn).execute(_held, {"person": person_id})
    return tuple(Held(Role(role), path, until) for role, path, until in rows)


def with_role(turn: Reader, roles: Collection[Role], path: str, *, on: int | None = None) -> list[Person]:
    """The active people whose role reaches the unit with this path today (or, with `on`, is held on that very unit)."""
    query = (
        select(Person, col(RoleHeld.until), col(Unit.timezone))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(RoleHeld.unit_id))
        .where(col(RoleHeld.role).in_(roles), col(RoleHeld.unit_id).in_(ids(path) if on is None else [on]))
        .where(col(Person.active))
        .order_by(col(Person.id))
    )
    found: dict[int | None, Person] = {}
    for person, until, timezone in turn.session.exec(query):
        if _runs(turn, until, timezone):
            found[person.id] = person
    return list(found.values())


def holders(turn: Reader, role: Role) -> list[tuple[Person, Unit]]:
    """Every active person with a role, and the unit it is held on: whom a morning's summary is for."""
    query = (
        select(Person, Unit, col(RoleHeld.until))
        .join(RoleHeld, col(RoleHeld.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == col(RoleHeld.unit_id))
        .where(col(RoleHeld.role) == role, col(Person.active))
        .order_by(col(Unit.path), col(Person.id))
    )
    return [(person, unit) for person, unit, until in turn.session.exec(query) if _runs(turn, until, unit.timezone)]


def _runs(turn: Reader, until: date | None, timezone: str) -> bool:
    return until is None or turn.now.astimezone(ZoneInfo(timezone)).date() <= until
