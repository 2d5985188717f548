"""Units as an operator sees them from outside the chat: found by name, listed, and one in full."""

import difflib
from dataclasses import dataclass
from datetime import date

from bot.services import closing, hosting, setting
from bot.services.caller import known, local
from bot.services.inviting import unit_called
from bot.store import people, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader
from bot.views.closing import Closed
from bot.views.hosting import Led
from bot.views.settings import State
from drills.policy import Policy
from drills.refused import Refused
from drills.settings import closable, read_closing

NEAR = 3


def find(turn: Reader, said: str) -> Unit:
    """The unit somebody means by its name, or by names from above with / between. Raises Refused with those that have
    the name, or nearly."""
    found = unit_called(turn, said)
    if isinstance(found, int):
        return units.get(turn, found)
    if found:
        raise Refused("unit-several", unit=said, near=", ".join(found[:NEAR]))
    names = list(dict.fromkeys(unit.name for unit in units.below(turn, "/")))
    near = difflib.get_close_matches(said.rpartition("/")[2].strip(), names, NEAR, 0.5)
    if near:
        raise Refused("unit-near", unit=said, near=", ".join(near))
    raise Refused("unit-unknown", unit=said)


def person(turn: Reader, staff_number: str) -> Person:
    """Somebody on the staff list. Raises Refused for a number nobody has."""
    found = people.by_staff_number(turn, staff_number)
    if found is None or not found.active:
        raise Refused("no-person", number=staff_number)
    return found


def days(turn: Reader, unit: Unit, said: str) -> tuple[date, date]:
    """The first and last day somebody means. Raises Refused when they cannot be read or have passed."""
    today = local(turn, unit).date()
    first, last, rest = read_closing(said, today)
    if rest:
        raise Refused("closing-unreadable")
    closable(first, last, today)
    return first, last


def day(turn: Reader, unit: Unit, said: str) -> date:
    """One day. Raises Refused when it cannot be read, or has passed."""
    first, last = days(turn, unit, said)
    if first != last:
        raise Refused("closing-unreadable")
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A branch in the list."""

    unit: str
    policy: Policy
    staff: int
    closed: Closed | None
    today: date


def listing(turn: Reader) -> list[Row]:
    """Every branch, in the order of the tree."""
    return [
        Row(
            unit=unit.name,
            policy=turn.in_force(unit.path).policy,
            staff=sum(bool(p.post) for p in people.on_unit(turn, known(unit.id))),
            closed=closing.today(turn, unit),
            today=local(turn, unit).date(),
        )
        for unit in units.branches(turn, "/")
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """One unit in full."""

    state: State
    closed: list[Closed]
    hosts: list[Led]


def page(turn: Reader, said: str) -> Page:
    """What holds on a unit, the days ahead without a drill, and who leads a branch's next meetings."""
    unit = find(turn, said)
    ahead = closing.coming(turn, unit, local(turn, unit).date())
    hosts = hosting.next_hosts(turn, unit) if unit.level == units.BRANCH else []
    return Page(setting.state(turn, unit), ahead, hosts)
