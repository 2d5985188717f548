"""Cases: who may stay tonight and why, and every step taken. A Turn that reads cases holds them until its end."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.store.tables import Answer, CaseStep, Sitting, Slot, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.store.units import on_or_below
from drills.cases import OPEN, WAITS_TO_VERIFY, Event, State


def propose(turn: Turn, case: TrainingCase) -> bool:
    """Write a proposal. False if this person has one for that checkpoint and day."""
    return turn.insert_once(case)


def find(turn: Reader, case_id: int) -> TrainingCase | None:
    """A case by its id."""
    return turn.session.exec(_held(turn, select(TrainingCase).where(TrainingCase.id == case_id))).first()


def append(turn: Turn, step: CaseStep) -> None:
    """A step a case has taken."""
    turn.session.add(step)


def steps(turn: Reader, case_id: int) -> Sequence[CaseStep]:
    """The steps of a case, oldest first."""
    return turn.session.exec(select(CaseStep).where(CaseStep.case_id == case_id).order_by(col(CaseStep.id))).all()


def of_person(
    turn: Reader, person_id: int, states: Collection[str] = (), *, since: date | None = None
) -> Sequence[TrainingCase]:
    """A person's cases in some states (or all), since a day (or ever), oldest first."""
    query = select(TrainingCase).where(TrainingCase.person_id == person_id)
    if since is not None:
        query = query.where(col(TrainingCase.day) >= since)
    return turn.session.exec(_held(turn, _in(query, states))).all()


def of_unit(
    turn: Reader,
    unit_id: int,
    states: Collection[str] = (),
    *,
    day: date | None = None,
    evening: date | None = None,
    evening_by: date | None = None,
) -> Sequence[TrainingCase]:
    """A branch's cases in some states (or all): proposed on a day, due on an evening, or by one, oldest first."""
    query = select(TrainingCase).where(TrainingCase.unit_id == unit_id)
    if day is not None:
        query = query.where(TrainingCase.day == day)
    if evening is not None:
        query = query.where(TrainingCase.evening == evening)
    if evening_by is not None:
        query = query.where(col(TrainingCase.evening) <= evening_by)
    return turn.session.exec(_held(turn, _in(query, states))).all()


def for_evening(turn: Reader, unit_id: int, day: date) -> Sequence[TrainingCase]:
    """Every case of a branch whose evening this is, whatever became of it, oldest first."""
    return of_unit(turn, unit_id, evening=day)


def states_below(turn: Reader, path: str, first: date, last: date) -> list[tuple[int, str]]:
    """Whose cases were proposed between two days on or below a path, and how each stands now."""
    query = select(col(TrainingCase.person_id), col(TrainingCase.state)).join(
        Unit, col(Unit.id) == col(TrainingCase.unit_id)
    )
    query = query.where(on_or_below(path), col(TrainingCase.day).between(first, last))
    return list(turn.session.exec(query.order_by(col(TrainingCase.id))))


def missed_below(turn: Reader, path: str, since: date) -> list[tuple[TrainingCase, Unit, list[CaseStep]]]:
    """The cases made since a day on or below a path that were called to an evening and not done, each with its branch
    and every step, oldest first."""
    missed = select(CaseStep.case_id).where(CaseStep.event == Event.NOT_DONE)
    query = (
        select(TrainingCase, Unit, CaseStep)
        .join(Unit, col(Unit.id) == col(TrainingCase.unit_id))
        .join(CaseStep, col(CaseStep.case_id) == col(TrainingCase.id))
        .where(on_or_below(path), col(TrainingCase.day) >= since, col(TrainingCase.id).in_(missed))
        .order_by(col(Unit.path), col(TrainingCase.id), col(CaseStep.id))
    )
    found: dict[int | None, tuple[TrainingCase, Unit, list[CaseStep]]] = {}
    for case, unit, step in turn.session.exec(query):
        found.setdefault(case.id, (case, unit, []))[2].append(step)
    return list(found.values())


def open_checkpoints(turn: Reader, persons: Collection[int]) -> dict[int, set[str]]:
    """The checkpoints of people's cases that are not finished; those without any are left out."""
    query = select(col(TrainingCase.person_id), col(TrainingCase.checkpoint)).where(
        col(TrainingCase.person_id).in_(persons), col(TrainingCase.state).in_(OPEN)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person, checkpoint in turn.session.exec(query):
        found[person].add(checkpoint)
    return dict(found)


def settled(turn: Reader, persons: Collection[int], rule: str) -> dict[int, date]:
    """Up to which day a rule has had its case: the day of a person's newest one, any day while its evening is still to
    come; those who never had one are left out."""
    query = select(col(TrainingCase.person_id), col(TrainingCase.day), col(TrainingCase.state)).where(
        col(TrainingCase.person_id).in_(persons), TrainingCase.rule == rule
    )
    found: dict[int, date] = {}
    for person, day, state in turn.session.exec(query):
        upto = date.max if state in OPEN - WAITS_TO_VERIFY else day
        found[person] = max(upto, found.get(person, day))
    return found


def passed_since(turn: Reader, persons: Collection[int], since: date) -> set[int]:
    """Who of these people has passed a case whose evening was on that day or later, verified since or not."""
    query = select(col(TrainingCase.person_id)).where(
        col(TrainingCase.person_id).in_(persons),
        col(TrainingCase.state).in_([*WAITS_TO_VERIFY, State.VERIFIED]),
        col(TrainingCase.evening) >= since,
    )
    return set(turn.session.exec(query))


def questions_used(turn: Reader, case_id: int) -> frozenset[str]:
    """The questions that led to a case or were asked for it in an evening: another one must verify it."""
    evidence = turn.session.exec(select(col(TrainingCase.evidence)).where(TrainingCase.id == case_id)).first() or []
    led = select(col(Answer.question)).where(col(Answer.id).in_(evidence))
    asked = (
        select(col(Slot.question))
        .join(Sitting, col(Sitting.id) == col(Slot.sitting_id))
        .where(Sitting.case_id == case_id)
    )
    return frozenset(turn.session.exec(led)) | frozenset(turn.session.exec(asked))


def _in(query: SelectOfScalar[TrainingCase], states: Collection[str]) -> SelectOfScalar[TrainingCase]:
    query = query.where(col(TrainingCase.state).in_(states)) if states else query
    return query.order_by(col(TrainingCase.id))


def _held(turn: Reader, query: SelectOfScalar[TrainingCase]) -> SelectOfScalar[TrainingCase]:
    if not isinstance(turn, Turn):
        return query
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)
