"""An appeal, the person's side: against what, on what ground, until when; and what stands still until it is judged."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.chat.message import Message, Reply
from bot.services import caseflow, ruling
from bot.services.appealed import about, ended, judges, paper, subject
from bot.services.caller import Caller, known, local
from bot.services.duty import closed_days, deciders
from bot.store import answers, appeals, awaited, cases, outbox, people, sittings, units
from bot.store.tables import Answer, Appeal, CaseStep, Ruling, Slot, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import appeals as views
from drills.appeals import PROGRAM, Ground, Outcome, last_day, rung
from drills.cases import OPEN, Event, State
from drills.marking import Shown
from drills.refused import Refused
from drills.sitting import Kind

SHOWN = 5
URGENT = 4
LONGEST = 200
MARKED = frozenset({Kind.MORNING, Kind.MAKEUP, Kind.EVENING})
"""Kinds whose marks have consequences."""
DECIDES = frozenset({Event.CONFIRM, Event.FAIL, Event.RELAPSE, Event.NOT_DONE})
"""Steps against which somebody may have something to say; the last of them is what an appeal is about."""
AGAINST_CASE, AGAINST_MARK = "c", "a"
WRITE = "apw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """What may be appealed: since when it stands, who decided it, and what it is called."""

    about: str
    unit: Unit
    since: date
    decided_by: frozenset[int]
    name: str
    case: TrainingCase | None = None
    answer: Answer | None = None


def contested(turn: Reader, who: Caller, against: str, which: int) -> Contested:
    """One's own case, or the mark of one's own answer to a slot. Raises Refused for anybody else's, and for what cannot
    be appealed (any more)."""
    if against == AGAINST_CASE:
        found = _case(turn, who, which)
    elif against == AGAINST_MARK:
        found = _mark(turn, who, which)
    else:
        raise Refused("unknown")
    if who.today > _until(turn, found):
        raise Refused("appeal-late", days=who.rules.policy.appeal_days)
    if appeals.known(turn, [found.about]):
        raise Refused("appeal-known")
    return found


def _until(turn: Reader, found: Contested) -> date:
    rules = turn.in_force(found.unit.path)
    return last_day(rules.calendar, closed_days(turn, found.unit), found.since, rules.policy.appeal_days)


def _case(turn: Reader, who: Caller, case_id: int) -> Contested:
    case = cases.find(turn, case_id)
    if case is None or case.person_id != who.id:
        raise Refused("not-yours")
    if State(case.state) is State.APPEALED:
        raise Refused("appeal-known")
    decisions = [step for step in cases.steps(turn, case_id) if step.event in DECIDES]
    if State(case.state) not in {*OPEN, State.VERIFIED} or not decisions:
        raise Refused("appeal-nothing")
    unit = units.get(turn, case.unit_id)
    return Contested(
        about=f"case/{case_id}/{decisions[-1].id}",
        unit=unit,
        since=decisions[-1].at.astimezone(ZoneInfo(unit.timezone)).date(),
        decided_by=_by(decisions, case),
        name=caseflow.checkpoint_name(who.rules, case.checkpoint),
        case=case,
    )


def _by(decisions: list[CaseStep], case: TrainingCase) -> frozenset[int]:
    """Whoever confirmed or judged it, or marked the scene it came from."""
    marked = case.figures.get("by")
    return frozenset(by for by in (*(step.by_id for step in decisions), marked) if by is not None)


def _mark(turn: Reader, who: Caller, slot_id: int) -> Contested:
    played = sittings.by_slot(turn, slot_id)
    if played is None or played.sitting.person_id != who.id:
        raise Refused("not-yours")
    given, slot = played.answers.get(slot_id), played.slots_by_id[slot_id]
    if given is None or given.right or not given.counted or given.kind not in MARKED:
        raise Refused("appeal-nothing")
    return Contested(
        about=f"answer/{given.id}",
        unit=units.get(turn, given.unit_id),
        since=given.day,
        decided_by=frozenset(),
        name=views.stem(Shown.from_json(slot.shown)),
        answer=given,
    )


def offer(turn: Reader, who: Caller, against: str, which: int) -> Reply:
    """On what ground: the second tap makes the appeal."""
    found = contested(turn, who, against, which)
    able = judges(turn, found.unit, who.id, found.decided_by, _rung(turn, found))
    if not able:
        raise Refused("appeal-nobody")
    return Reply(message=views.grounds(who.words, found.name, key=f"{against}:{which}", mark=found.answer is not None))


def _rung(turn: Reader, found: Contested) -> int:
    day = local(turn, found.unit).date()
    return max((rung(people.held(turn, by), found.unit.path, day) for by in found.decided_by), default=PROGRAM)


def write(turn: Turn, who: Caller, against: str, which: int) -> Reply:
    """The ground in one's own words: the next text is it."""
    found = contested(turn, who, against, which)
    awaited.expect(turn, who.id, f"{WRITE}:{against}:{which}")
    return Reply(message=views.write(who.words, found.name), replaces=True)


def make(turn: Turn, who: Caller, against: str, which: int, ground: Ground, said: str = "") -> Reply:
    """The appeal is made: what rests on it stands still, and the first above who may judge it is asked."""
    found = contested(turn, who, against, which)
    level = _rung(turn, found)
    able = judges(turn, found.unit, who.id, found.decided_by, level)
    if not able:
        raise Refused("appeal-nobody")
    rules = turn.in_force(found.unit.path)
    row = Appeal(
        about=found.about,
        person_id=who.id,
        unit_id=known(found.unit.id),
        case_id=found.case.id if found.case else None,
        answer_id=found.answer.id if found.answer else None,
        ground=ground,
        said=said[:LONGEST],
        decided_by=sorted(found.decided_by),
        rung=level,
        day=who.today,
        due=last_day(rules.calendar, closed_days(turn, found.unit), who.today, rules.policy.judge_days),
        at=turn.now,
    )
    if not appeals.make(turn, row):
        raise Refused("appeal-known")
    awaited.clear(turn, who.id)
    frozen = freeze(turn, who.id, row)
    ruling.ask(turn, row, able)
    _tell_deciders(turn, row, found, {known(j.id) for j in able}, frozen)
    message = views.made(
        who.words, paper(row), found.name, judges=[j.name for j in able], frozen=bool(frozen), today=who.today
    )
    return Reply(message=message, replaces=not said)


def freeze(turn: Turn, by: int, row: Appeal) -> list[TrainingCase]:
    """Every case the appeal is about stands still."""
    frozen = [case for case in about(turn, row) if caseflow.can(turn, case, Event.APPEAL)]
    for case in frozen:
        caseflow.step(turn, case, Event.APPEAL, by=by)
    return frozen


def _tell_deciders(turn: Turn, row: Appeal, found: Contested, judges: set[int], frozen: list[TrainingCase]) -> None:
    """Who decides on the branch hears that somebody does not stay for the time being."""
    if not frozen:
        return
    name = people.get(turn, row.person_id).name
    for decider in deciders(turn, found.unit, row.person_id):
        if decider.id in judges:
            continue
        message = views.frozen(turn.words[decider.language], name=name, about=found.name, due=row.due)
        outbox.tell(turn, known(decider.id), f"appeal/{row.id}/frozen/{decider.id}", message, urgency=URGENT)


def take_back(turn: Turn, who: Caller, appeal_id: int) -> Reply:
    """The person lets it be; what stood still goes on."""
    row = appeals.find(turn, appeal_id)
    if row is None or row.person_id != who.id:
        raise Refused("not-yours")
    end = Ruling(appeal_id=appeal_id, outcome=Outcome.TAKEN_BACK, by_id=who.id, at=turn.now)
    if not appeals.rule(turn, end):
        raise Refused("already")
    ruling.resume(turn, row, by=who.id)
    return Reply(message=Message(body=who.words("appeal.taken_back")), replaces=True)


def home(turn: Reader, who: Caller) -> Reply:
    """/appeal: what waits for one's own judgement, how one's own appeals stand, and what may still be appealed."""
    waiting = ruling.waiting(turn, who)[:SHOWN]
    own = [
        (paper(row), ended(end) if end else None, _called(turn, who, row))
        for row, end in appeals.of_person(turn, who.id, SHOWN)
    ]
    message = views.home(who.words, waiting=waiting, own=own, may=_may(turn, who), today=who.today)
    return Reply(message=message)


def _called(turn: Reader, who: Caller, row: Appeal) -> str:
    return subject(turn, who.words, row, who.rules).name


def _may(turn: Reader, who: Caller) -> list[tuple[str, str]]:
    """Own cases and wrong answers that may be appealed today: what each is called, and what its button carries."""
    found: list[tuple[str, str]] = []
    lately = [(AGAINST_CASE, known(case.id)) for case in cases.of_person(turn, who.id, [*OPEN, State.VERIFIED])]
    for against, which in (*reversed(lately), *((AGAINST_MARK, slot) for slot in wrong_lately(turn, who))):
        about = may(turn, who, against, which)
        found += [(about.name, f"{against}:{which}")] if about else []
    return found[:SHOWN]


def may(turn: Reader, who: Caller, against: str, which: int) -> Contested | None:
    """The same where it may be appealed; None where not."""
    try:
        return contested(turn, who, against, which)
    except Refused:
        return None


def wrong_lately(turn: Reader, who: Caller) -> list[int]:
    """The slots of wrong answers young enough to be appealed, the latest first."""
    earliest = who.today
    for _ in range(who.rules.policy.appeal_days):
        earliest = who.rules.calendar.previous_working(earliest, closed_days(turn, who.unit))
    wrong: list[tuple[Answer, Slot]] = answers.wrong_of_person(turn, who.id, earliest)
    return [known(slot.id) for answer, slot in wrong if answer.counted and answer.kind in MARKED]
