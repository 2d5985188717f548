"""How far a staff list reaches that somebody sent: their own units, nobody of elsewhere, and not their own rights."""

from bot.services.caller import Caller
from bot.services.census import Census
from bot.sheets.problems import Problem
from bot.store import units
from bot.store.turn import Reader
from drills.people import Act, Role
from drills.places import Chain, Lost
from drills.roster import Changes, Entry, Line, Scope

_UNSEEN = {Lost.UNKNOWN, Lost.NO_TOP}
"""Whoever does not see the whole bank hears of these as of a unit outside: ids and names tell nothing."""


def tops(who: Caller, act: Act) -> list[str]:
    """The paths of the units from which somebody may do this, each with all below it."""
    return sorted({held.path for held in who.held if who.may(act, held.path)})


def scope_of(turn: Reader, who: Caller) -> Scope:
    """How far somebody's staff list reaches."""
    of = [units.chain(turn, units.get(turn, units.ids(path)[-1])) for path in tops(who, Act.EDIT_ROSTER)]
    return Scope(tuple(of), who.person.staff_number)


def outside(line: Line, place: Chain | Lost, scope: Scope, here: Census, everywhere: Census) -> list[Problem]:
    """What of a line lies outside: its unit, or the person it would move from elsewhere, who is not named."""
    found = []
    unseen = place in _UNSEEN and not scope.is_whole
    if unseen or (isinstance(place, tuple) and not scope.reaches(place)):
        named: dict[str, object] = {"tops": " / ".join(top[-1] for top in scope.tops)}
        read = "/".join(line.unit.tail)
        found.append(Problem(code="unit-outside", row=line.row, column="unit", read=read, values=named))
    if line.number in everywhere.people and line.number not in here.people:
        found.append(Problem(code="number-outside", row=line.row, column="number", read=line.number))
    return found


def own_loss(line: Line, changes: Changes, scope: Scope, now: Census) -> list[Problem]:
    """The sender's own line, where it would end what makes them an admin."""
    move = next((move for move in changes.movers if move.after.number == scope.number == line.number), None)
    if move is None:
        return []
    own = [role for role in now.held(line.number) if role.unit_id == now.people[line.number].unit_id]
    admin = [role for role in own if role.role == Role.ADMIN]
    if admin and move.before.place != move.after.place:
        return [Problem(code="own-place", row=line.row, column="unit", read=move.after.place[-1])]
    if any(role.until is None for role in admin) and Role.ADMIN not in move.after.roles:
        return [Problem(code="own-role", row=line.row, column="roles")]
    return []


def kept(changes: Changes, scope: Scope, now: Census) -> tuple[Entry, ...]:
    """Who is not listed and is not let go all the same: the sender, and who has a role outside."""
    return tuple(
        entry
        for entry in changes.leavers
        if entry.number == scope.number or now.is_bound_elsewhere(entry.number, scope)
    )
