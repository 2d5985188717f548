"""An appeal, the judge's side: who is asked, the card, the ruling, and what goes on afterwards."""

from collections.abc import Collection
from datetime import date

from bot.chat.message import Message, Reply
from bot.chat.words import Words
from bot.services import caseflow, causes, correcting, judging, replaying, tonight
from bot.services.appealed import about, asked, ended, paper, subject
from bot.services.caller import Caller, known, local
from bot.services.correcting import Follows
from bot.services.standing import standing
from bot.store import answers, appeals, awaited, cases, outbox, people, units
from bot.store.tables import Appeal, Person, Ruling, TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import appeals as views
from bot.views import proofs as proof_views
from drills.appeals import Outcome, reminded, rung
from drills.cases import Event, State
from drills.people import Role
from drills.refused import Refused

URGENT = 4
LONGEST = 200
WRITE = "ajw"
JUDGES = frozenset({Role.TRAINER, Role.MANAGER})


def ask(turn: Turn, row: Appeal, readers: Collection[Person]) -> None:
    """The card goes to those who may judge."""
    for judge in readers:
        message = _card(turn, turn.words[judge.language], row)
        outbox.tell(turn, known(judge.id), f"appeal/{row.id}/{judge.id}", message, urgency=URGENT)


def remind(turn: Turn, unit: Unit, day: date) -> None:
    """Nine o'clock: what is due today, or was, is asked for again; what is late also of the next above."""
    for row in appeals.waiting(turn, [known(unit.id)]):
        if not reminded(day, row.due):
            continue
        for judge in asked(turn, row):
            message = _card(turn, turn.words[judge.language], row, lead="due" if day == row.due else "late")
            outbox.tell(turn, known(judge.id), f"appeal/{row.id}/{day}/{judge.id}", message, urgency=URGENT)


def waiting(turn: Reader, who: Caller) -> list[tuple[views.Paper, str, str]]:
    """What waits for this person to judge: each with whose it is and what it is against."""
    tops = {h.path for h in who.held if h.role in JUDGES}
    below = {known(b.id): b for top in sorted(tops) for b in units.branches(turn, top)}
    found = []
    for row in appeals.waiting(turn, below):
        if any(judge.id == who.id for judge in asked(turn, row)):
            rules = turn.in_force(below[row.unit_id].path)
            found.append((paper(row), people.get(turn, row.person_id).name, subject(turn, who.words, row, rules).name))
    return found


def _card(turn: Reader, words: Words, row: Appeal, lead: str = "") -> Message:
    unit = units.get(turn, row.unit_id)
    what = subject(turn, words, row, turn.in_force(unit.path))
    name, today = people.get(turn, row.person_id).name, local(turn, unit).date()
    message = views.card(words, paper(row), what, name=name, unit=unit.name, today=today, lead=lead)
    case = cases.find(turn, row.case_id) if row.case_id else None
    return proof_views.with_count(words, message, judging.kept(turn, case), case=known(case.id)) if case else message


def show(turn: Reader, who: Caller, appeal_id: int) -> Reply:
    """The card again."""
    row = _row(turn, who, appeal_id)
    if appeals.ruling(turn, appeal_id) is not None:
        raise Refused("already")
    return Reply(message=_card(turn, who.words, row), replaces=True)


def why_kept(turn: Reader, who: Caller, appeal_id: int) -> Reply:
    """It stays as it was: for what reason."""
    row = _row(turn, who, appeal_id)
    what = subject(turn, who.words, row, turn.in_force(units.get(turn, row.unit_id).path))
    return Reply(message=views.because(who.words, paper(row), what), replaces=True)


def write(turn: Turn, who: Caller, appeal_id: int) -> Reply:
    """The reason in the judge's own words: the next text is it."""
    _row(turn, who, appeal_id)
    awaited.expect(turn, who.id, f"{WRITE}:{appeal_id}")
    return Reply(message=Message(body=who.words("appeal.write_because")), replaces=True)


def _row(turn: Reader, who: Caller, appeal_id: int) -> Appeal:
    """An appeal this person may judge. Raises Refused for others, in the same word whether it exists or not."""
    row = appeals.find(turn, appeal_id)
    if row is None:
        raise Refused("no-right")
    if row.person_id == who.id:
        raise Refused("about-yourself")
    if who.id in row.decided_by:
        raise Refused("appeal-decided")
    if rung([h for h in who.held if h.role in JUDGES], units.get(turn, row.unit_id).path, who.today) <= row.rung:
        raise Refused("no-right")
    return row


def judge(turn: Turn, who: Caller, appeal_id: int, outcome: Outcome, because: str = "", said: str = "") -> Reply:
    """The ruling. Upheld, a mark is put right (or struck) and what rested on it decided again by the same rules; a case
    counts nowhere any more. Everybody who saw the old figure is told. Raises Refused("already") after another ruling,
    and "unknown" for striking a case."""
    row = _row(turn, who, appeal_id)
    if outcome is Outcome.STRUCK and row.answer_id is None:
        raise Refused("unknown")
    end = Ruling(appeal_id=appeal_id, outcome=outcome, because=because, said=said[:LONGEST], by_id=who.id, at=turn.now)
    if not appeals.rule(turn, end):
        raise Refused("already")
    awaited.clear(turn, who.id)
    if outcome is Outcome.KEPT:
        follows = resume(turn, row, by=who.id)
    elif row.answer_id is None:
        follows = _withdraw(turn, row, by=who.id)
    else:
        follows = _put_right(turn, row, end)
    correcting.tell(turn, row, end, follows)
    name = people.get(turn, row.person_id).name
    return Reply(message=views.judged(who.words, paper(row), ended(end), name=name), replaces=not said)


def _withdraw(turn: Turn, row: Appeal, *, by: int) -> Follows:
    found = [case for case in about(turn, row) if caseflow.can(turn, case, Event.WITHDRAW)]
    for case in found:
        caseflow.step(turn, case, Event.WITHDRAW, by=by)
    return [(case, Event.WITHDRAW) for case in found]


def _put_right(turn: Turn, row: Appeal, end: Ruling) -> Follows:
    ((answer, _),) = answers.with_slots(turn, [row.answer_id or 0])
    rested = replaying.resting_on(turn, answer)
    unit = units.get(turn, row.unit_id)
    before = standing(turn, unit, answer.day)
    upheld = end.outcome == Outcome.UPHELD
    appeals.correct(turn, answer, end, right=upheld or answer.right, counted=upheld and answer.counted)
    follows: Follows = []
    for case in rested:
        event = replaying.replay(turn, unit, case, answer, by=end.by_id)
        follows += [(case, event)] if event else _resume_one(turn, row, case, by=end.by_id)
    correcting.tell_figures(turn, unit, answer.day, before, end)
    return follows


def resume(turn: Turn, row: Appeal, *, by: int) -> Follows:
    """What stood still goes on, unless another appeal holds it."""
    return [went for case in about(turn, row) for went in _resume_one(turn, row, case, by=by)]


def _resume_one(turn: Turn, row: Appeal, case: TrainingCase, *, by: int) -> Follows:
    others = [other for other in appeals.waiting(turn, [row.unit_id]) if other.id != row.id]
    held = any(case.id == one.id for other in others if other.person_id == case.person_id for one in about(turn, other))
    if State(case.state) is not State.APPEALED or held:
        return []
    unit = units.get(turn, case.unit_id)
    state = caseflow.step(turn, case, Event.REJECT, by=by)
    if state in {State.PROPOSED, State.CONFIRMED, State.AGAIN}:
        caseflow.put_off(turn, case, causes.evening_for(turn, unit, case.person_id))
    if state is State.PROPOSED:
        tonight.ask(turn, unit, case)
    return [(case, Event.REJECT)]
