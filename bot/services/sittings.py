"""Opening a set of questions for one person: chosen purely, drawn once, stored with the reason for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from random import Random
from zoneinfo import ZoneInfo

from bot.services.caller import known
from bot.store import answers, sittings
from bot.store.tables import Person, Sitting, Slot, Unit
from bot.store.turn import InForce, Reader, Turn
from drills.choosing import Pick
from drills.marking import show
from drills.sitting import Kind
from drills.spacing import Past


def at(unit: Unit, day: date, moment: time) -> datetime:
    """An instant from a branch's day and time of day."""
    return datetime.combine(day, moment, ZoneInfo(unit.timezone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One person's one sitting of a day; `part` parts several of a kind. Those with the same `together` see the same
    drawing: the meeting's wall shows it too."""

    person: Person
    unit: Unit
    day: date
    kind: Kind
    part: str = ""
    case_id: int | None = None
    together: str = ""

    @property
    def key(self) -> str:
        """What its dice are made of."""
        return self.together or f"{known(self.person.id)}/{self.day.isoformat()}/{self.kind}/{self.part}"


def dice(occasion: Occasion) -> Random:
    """The dice for one sitting, the same whenever they are thrown again, so that a choice can be explained later."""
    return Random(occasion.key)


def past(turn: Reader, person: Person) -> tuple[Past, ...]:
    """Everything a person has answered, oldest first, as the rules of choosing want it."""
    return tuple(
        Past(
            question=a.question,
            checkpoint=a.checkpoint,
            day=a.day,
            right=a.right,
            first=a.kind in {"morning", "makeup"},
        )
        for a in answers.of_person(turn, known(person.id))
    )


def open_sitting(turn: Turn, occasion: Occasion, picks: Iterable[Pick], closes: time, rules: InForce) -> int | None:
    """Write the sitting with its questions drawn; None when this person had it already, or nothing could be chosen."""
    slots = [_slot(rules, pick, i, occasion.key) for i, pick in enumerate(picks)]
    if not slots:
        return None
    sitting = Sitting(
        person_id=known(occasion.person.id),
        unit_id=known(occasion.unit.id),
        day=occasion.day,
        kind=occasion.kind,
        part=occasion.part,
        case_id=occasion.case_id,
        edition_id=rules.edition_id,
        opened_at=turn.now,
        closes_at=at(occasion.unit, occasion.day, closes),
    )
    return sittings.create(turn, sitting, slots)


def _slot(rules: InForce, pick: Pick, position: int, key: str) -> Slot:
    question = rules.bank.questions[pick.question]
    seed = int.from_bytes(sha256(f"{key}/{position}".encode()).digest()[:4]) >> 1  # fits a 32-bit column
    return Slot(
        sitting_id=0,  # given when the sitting is written
        position=position,
        question=question.code,
        checkpoint=question.checkpoint,
        reason=pick.reason,
        seed=seed,
        shown=show(question, seed).to_json(),
    )
