"""Sittings: one person's questions, drawn once, with what was answered to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Update, bindparam, func, update
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from bot.store.dialect import core, hold, holding, insert_or_leave, table_of
from bot.store.tables import Answer, Doubt, Sitting, Slot, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below

_doubt = insert_or_leave(Doubt)
_sitting = table_of(Sitting).c
_everything = (
    select(Sitting, Slot, Answer)
    .join(Slot, col(Slot.sitting_id) == col(Sitting.id), isouter=True)
    .join(Answer, col(Answer.slot_id) == col(Slot.id), isouter=True)
    .order_by(col(Sitting.id), col(Slot.position))
    .execution_options(populate_existing=True)
)
_this = col(Sitting.id) == bindparam("sitting")
_of_slot = col(Sitting.id) == select(col(Slot.sitting_id)).where(col(Slot.id) == bindparam("slot")).scalar_subquery()
_by_id, _hold_by_id = _everything.where(_this), holding(_sitting.id, _this)
_by_slot, _hold_by_slot = _everything.where(_of_slot), holding(_sitting.id, _of_slot)


@dataclass(slots=True)
class Played:
    """A sitting with its slots in order and the answers by slot id. The use case at hand adds the answer it takes."""

    sitting: Sitting
    slots: list[Slot] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)

    @property
    def slots_by_id(self) -> dict[int, Slot]:
        """The slots by their id."""
        return {slot.id: slot for slot in self.slots if slot.id is not None}

    def next_slot(self) -> Slot | None:
        """The first slot without an answer."""
        return next((slot for slot in self.slots if slot.id not in self.answers), None)


def create(turn: Turn, sitting: Sitting, slots: Iterable[Slot]) -> int | None:
    """Write a sitting with its slots. None, and nothing written, if this person had it already."""
    if not turn.insert_once(sitting):
        return None
    assert sitting.id is not None  # noqa: S101 -- it has been written
    for slot in slots:
        slot.sitting_id = sitting.id
        turn.session.add(slot)
    turn.session.flush()
    return sitting.id


def load(turn: Reader, sitting_id: int) -> Played | None:
    """A sitting by its id. A Turn holds it until its end, so that two last answers do not miss each other."""
    if isinstance(turn, Turn):
        hold(turn, _hold_by_id, {"sitting": sitting_id})
    return next(iter(_played(turn, _by_id, {"sitting": sitting_id})), None)


def by_slot(turn: Reader, slot_id: int) -> Played | None:
    """The sitting a slot belongs to, held likewise."""
    if isinstance(turn, Turn):
        hold(turn, _hold_by_slot, {"slot": slot_id})
    return next(iter(_played(turn, _by_slot, {"slot": slot_id})), None)


def slots(turn: Reader, sitting_id: int) -> list[Slot]:
    """The slots of a sitting in order."""
    query = select(Slot).where(Slot.sitting_id == sitting_id).order_by(col(Slot.position))
    return list(turn.session.exec(query))


def of_day(turn: Reader, person_id: int, day: date, kind: str = "") -> list[Played]:
    """A person's sittings of a day, the first opened first; of one kind, or of all."""
    query = _everything.where(Sitting.person_id == person_id, Sitting.day == day)
    return _played(turn, query.where(Sitting.kind == kind) if kind else query)


def of_unit(turn: Reader, unit_id: int, day: date, kind: str = "") -> list[Played]:
    """A branch's sittings of a day, the first opened first; of one kind, or of all."""
    query = _everything.where(Sitting.unit_id == unit_id, Sitting.day == day)
    return _played(turn, query.where(Sitting.kind == kind) if kind else query)


def progress(turn: Reader, unit_id: int, day: date, kind: str) -> dict[int, tuple[int, int, int]]:
    """How far a branch's people are: person → (sitting, slots, answers), without loading what was asked."""
    query = (
        select(Sitting.person_id, Sitting.id, func.count(col(Slot.id)), func.count(col(Answer.id)))
        .join(Slot, col(Slot.sitting_id) == col(Sitting.id))
        .join(Answer, col(Answer.slot_id) == col(Slot.id), isouter=True)
        .where(Sitting.unit_id == unit_id, Sitting.day == day, Sitting.kind == kind)
        .group_by(col(Sitting.person_id), col(Sitting.id))
        .order_by(col(Sitting.id))
    )
    rows = turn.session.exec(query)
    return {person: (sitting, of, answered) for person, sitting, of, answered in rows if sitting is not None}


def days_asked(turn: Reader, persons: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """The days between two on which people were sent a morning's questions; those who never were are left out."""
    query = select(col(Sitting.person_id), col(Sitting.day)).where(
        col(Sitting.person_id).in_(persons), col(Sitting.day).between(first, last), Sitting.kind == "morning"
    )
    found: dict[int, set[date]] = defaultdict(set)
    for person, day in turn.session.exec(query):
        found[person].add(day)
    return dict(found)


def start(turn: Turn, sitting: Sitting) -> None:
    """Somebody pressed the start button; the first time counts."""
    first = update(table_of(Sitting)).where(col(Sitting.id) == sitting.id, col(Sitting.started_at).is_(None))
    core(turn).execute(first.values(started_at=turn.now))
    turn.session.refresh(sitting)


def end_by(turn: Turn, sitting: Sitting, at: datetime) -> None:
    """A sitting closes at this instant, if it would be open longer."""
    longer = update(table_of(Sitting)).where(col(Sitting.id) == sitting.id, col(Sitting.closes_at) > at)
    core(turn).execute(longer.values(closes_at=at))
    turn.session.refresh(sitting)


Evening = tuple[int, date, datetime, datetime]


def spent(turn: Reader, persons: Collection[int], first: date, last: date) -> list[Evening]:
    """The evenings of people between two days that have begun: who, the day, the start, the last answer that counts."""
    return _begun(turn, _evenings(first, last).where(col(Sitting.person_id).in_(persons), col(Answer.counted)))


def evenings(turn: Reader, path: str, first: date, last: date) -> list[Evening]:
    """The evenings on or below a path that were begun and answered: whose, the day, begun when, last answered when."""
    there = _evenings(first, last).join(Unit, col(Unit.id) == col(Sitting.unit_id))
    return _begun(turn, there.where(on_or_below(path)))


def _evenings(first: date, last: date) -> Select[int, date, datetime | None, datetime]:
    return (
        select(col(Sitting.person_id), col(Sitting.day), col(Sitting.started_at), func.max(col(Answer.at)))
        .join(Slot, col(Slot.sitting_id) == col(Sitting.id))
        .join(Answer, col(Answer.slot_id) == col(Slot.id))
        .where(Sitting.kind == "evening", col(Sitting.day).between(first, last), col(Sitting.started_at).is_not(None))
        .group_by(col(Sitting.id), col(Sitting.person_id), col(Sitting.day), col(Sitting.started_at))
        .order_by(col(Sitting.id))
    )


def _begun(turn: Reader, query: Select[int, date, datetime | None, datetime]) -> list[Evening]:
    return [(who, day, begun, ended) for who, day, begun, ended in turn.session.exec(query) if begun is not None]


def end(turn: Turn, unit_id: int, day: date, kinds: Collection[str], at: datetime) -> None:
    """What of a branch's sittings of a day is open longer closes at this instant."""
    longer = _of_branch(unit_id, day, kinds).where(col(Sitting.closes_at) > at)
    core(turn).execute(longer.values(closes_at=at))


def reopen(turn: Turn, unit_id: int, day: date, kind: str, until: datetime) -> None:
    """A branch's sittings of a day are open again."""
    core(turn).execute(_of_branch(unit_id, day, [kind]).values(closes_at=until))


def _of_branch(unit_id: int, day: date, kinds: Collection[str]) -> Update:
    which = (col(Sitting.unit_id) == unit_id, col(Sitting.day) == day, col(Sitting.kind).in_(kinds))
    return update(table_of(Sitting)).where(*which)


def doubt(turn: Turn, slot_id: int, person_id: int) -> bool:
    """Somebody says the question is faulty. False if they have said so before."""
    return _doubt.run(turn, {"slot_id": slot_id, "person_id": person_id, "at": turn.now}).first() is not None


def doubts(turn: Reader, unit_id: int, first: date, last: date) -> int:
    """How many questions of a branch's days were reported as faulty."""
    query = select(func.count(col(Doubt.id))).join(Slot, col(Slot.id) == col(Doubt.slot_id))
    query = query.join(Sitting, col(Sitting.id) == col(Slot.sitting_id))
    return turn.session.exec(query.where(Sitting.unit_id == unit_id, col(Sitting.day).between(first, last))).one()


def _played(turn: Reader, query: Select[Sitting, Slot, Answer], which: dict[str, int] | None = None) -> list[Played]:
    """Sittings with all that belongs to them. The outer joins leave what is not there empty, whatever the types say."""
    found: dict[int | None, Played] = {}
    rows: Iterable[tuple[Sitting, Slot | None, Answer | None]] = turn.session.exec(query, params=which)
    for sitting, slot, answer in rows:
        one = found.setdefault(sitting.id, Played(sitting))
        if slot is not None:
            one.slots.append(slot)
        if answer is not None:
            one.answers[answer.slot_id] = answer
    return list(found.values())
