"""Who is asking: a person with roles, words and a day; and the one gate every use case passes."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat.words import Words
from bot.store import people, units
from bot.store.links import Speaker
from bot.store.tables import Person, Unit
from bot.store.turn import InForce, Reader
from drills.people import Act, Held, may
from drills.refused import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A known person at an instant: `today` and `local` are in the time zone of the person's own unit."""

    person: Person
    unit: Unit
    held: tuple[Held, ...]
    words: Words
    local: datetime
    rules: InForce

    @property
    def id(self) -> int:
        """The person's id."""
        return known(self.person.id)

    @property
    def today(self) -> date:
        """The day at the person's branch."""
        return self.local.date()

    def may(self, act: Act, path: str | None = None) -> bool:
        """Whether this person may do that on the unit with this path (their own unit when none is named)."""
        return may(self.held, act, path or self.unit.path, self.today)

    def need(self, act: Act, path: str | None = None) -> None:
        """Raises Refused("no-right") when this person may not: the same word whether the thing exists or not."""
        if not self.may(act, path):
            raise Refused("no-right")


def caller(turn: Reader, person: Person) -> Caller:
    """The person with everything that decides what they may do now."""
    return _caller(turn, person, units.get(turn, person.unit_id), people.held(turn, known(person.id)))


def speaking(turn: Reader, speaker: Speaker) -> Caller:
    """The same of somebody who speaks just now."""
    return _caller(turn, speaker.person, speaker.unit, speaker.held)


def _caller(turn: Reader, person: Person, unit: Unit, held: tuple[Held, ...]) -> Caller:
    return Caller(
        person=person,
        unit=unit,
        held=held,
        words=turn.words[person.language],
        local=turn.now.astimezone(ZoneInfo(unit.timezone)),
        rules=turn.in_force(unit.path),
    )


def known(row_id: int | None) -> int:
    """The id of a row that has been written. Raises ValueError for one that has not."""
    if row_id is None:
        raise ValueError("this row has not been written yet")
    return row_id


def local(turn: Reader, unit: Unit) -> datetime:
    """The instant in a unit's own time zone."""
    return turn.now.astimezone(ZoneInfo(unit.timezone))
