"""The trainer decides: confirm all in one tap or one by one, move the evening, excuse. Nobody about themselves."""

from datetime import date

from bot.chat.message import Message, Reply
from bot.services import caseflow, judging, spending, tonight
from bot.services.caller import Caller, known, local
from bot.services.duty import next_open
from bot.store import cases, outbox, people, units
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import evening as views
from bot.views import proofs as proof_views
from bot.views.text import day_name
from drills.cases import HELD, Event, State
from drills.minutes import Leave, Room
from drills.people import Act
from drills.refused import Refused

MOVABLE = [State.PROPOSED, State.CONFIRMED, *HELD, State.AGAIN]


def branch(turn: Reader, who: Caller, unit_id: int, act: Act) -> Unit:
    """A unit, if this person may do that there. Raises Refused with the same word whether it exists or not."""
    unit = units.find(turn, unit_id)
    if unit is None:
        raise Refused("no-right")
    who.need(act, unit.path)
    return unit


def a_branch(turn: Reader, who: Caller, unit_id: int, act: Act) -> Unit:
    """The same of what is only done on a branch. Raises Refused("unknown") for a unit above."""
    unit = branch(turn, who, unit_id, act)
    if unit.level != units.BRANCH:
        raise Refused("unknown")
    return unit


def confirm_all(turn: Turn, who: Caller, unit_id: int, day: date) -> Reply:
    """Confirm every proposal of the branch's day but one's own."""
    unit = branch(turn, who, unit_id, Act.DECIDE_CASE)
    if day != local(turn, unit).date():
        raise Refused("old")
    waiting = cases.of_unit(turn, unit_id, [State.PROPOSED], day=day)
    others = [c for c in waiting if c.person_id != who.id]
    full = [c for c in others if spending.asked(turn, unit, c.person_id, c.evening).leave >= Leave.ASK]
    others = [c for c in others if c not in full]
    for case in others:
        caseflow.step(turn, case, Event.CONFIRM, by=who.id)
        tonight.tell_stay(turn, unit, case)
    if not waiting:
        raise Refused("already")
    done = who.words("tonight.confirmed", n=len(others))
    if len(others) + len(full) < len(waiting):
        done += who.words("tonight.own")
    if full:
        done += who.words("tonight.full", n=len(full))
    return Reply(message=tonight.listing_message(turn, unit, day, who.person, done=done), replaces=True)


def decide(turn: Turn, who: Caller, case_id: int, event: Event, *, sure: bool = False) -> Reply:
    """Confirm, postpone or excuse one case; the person is told. Where a confirmation comes near the caps of the
    person's evening minutes, whoever decides has to be `sure`; above them it is refused."""
    case, unit = _case(turn, who, case_id)
    if case.person_id == who.id:
        raise Refused("about-yourself")
    room = _room(turn, case, unit) if event is Event.CONFIRM else None
    comes_to = "" if room is None else _comes_to(who, room)
    if room is not None and room.leave is Leave.ASK and not sure:
        return Reply(message=_card(turn, who, case, unit, lead=comes_to, sure=True), replaces=True)
    _take(turn, who, case, unit, event)
    person = people.get(turn, case.person_id)
    day = day_name(who.words, case.evening, who.today)
    moved = event is Event.POSTPONE
    state = who.words(f"state.{case.state}")
    done = who.words("case.moved" if moved else "case.done", name=person.name, day=day, state=state) + comes_to
    return Reply(message=_card(turn, who, case, unit, lead=done), replaces=True)


def _room(turn: Reader, case: TrainingCase, unit: Unit) -> Room:
    """What confirming a case would come to. Raises Refused where it cannot be confirmed (any more)."""
    if State(case.state) is State.CONFIRMED:
        raise Refused("already")
    if case.evening < local(turn, unit).date():
        raise Refused("old")
    room = spending.asked(turn, unit, case.person_id, case.evening)
    if room.leave is Leave.REFUSE:
        raise Refused("minutes-full", minutes=room.minutes, most=room.most)
    return room


def _comes_to(who: Caller, room: Room) -> str:
    if room.leave is Leave.FREE:
        return ""
    return who.words(f"spending.{room.span}", minutes=room.minutes, most=room.most)


def _take(turn: Turn, who: Caller, case: TrainingCase, unit: Unit, event: Event) -> None:
    rules = turn.in_force(unit.path)
    name = caseflow.checkpoint_name(rules, case.checkpoint)
    try:
        caseflow.step(turn, case, event, by=who.id)
    except Refused as refused:
        raise Refused(refused.why, state=who.words(f"state.{case.state}")) from None
    words = turn.words[people.get(turn, case.person_id).language]
    match event:
        case Event.CONFIRM:
            tonight.tell_stay(turn, unit, case)
        case Event.POSTPONE:
            later = next_open(turn, unit, rules, max(case.evening, who.today))
            caseflow.put_off(turn, case, later)
            message = views.moved(words, case=known(case.id), checkpoint=name, evening=later, policy=rules.policy)
            outbox.tell(turn, case.person_id, f"moved/{case.id}/{later}", message, urgency=tonight.STAY)
        case _:
            message = views.excused(words, checkpoint=name)
            outbox.tell(turn, case.person_id, f"excused/{case.id}", message, urgency=tonight.STAY)


def show(turn: Reader, who: Caller, case_id: int) -> Reply:
    """One case before the trainer."""
    case, unit = _case(turn, who, case_id)
    return Reply(message=_card(turn, who, case, unit), replaces=True)


def _case(turn: Reader, who: Caller, case_id: int) -> tuple[TrainingCase, Unit]:
    case = cases.find(turn, case_id)
    if case is None:
        raise Refused("no-right")
    unit = units.get(turn, case.unit_id)
    who.need(Act.DECIDE_CASE, unit.path)
    return case, unit


def _card(turn: Reader, who: Caller, case: TrainingCase, unit: Unit, *, lead: str = "", sure: bool = False) -> Message:
    waiting = [c for c in cases.of_unit(turn, case.unit_id, [State.PROPOSED], day=case.day) if c.id != case.id]
    later = [c for c in waiting if known(c.id) > known(case.id)] or waiting
    following = known(later[0].id) if later else None
    message = tonight.card(turn, unit, case, who.person, lead=lead, following=following, sure=sure)
    return proof_views.with_count(who.words, message, judging.kept(turn, case), case=known(case.id))


def busy(turn: Turn, who: Caller, case_id: int) -> Reply:
    """“Something came up tonight”: the trainers get the case to decide; until then nothing changes."""
    case = cases.find(turn, case_id)
    if case is None or case.person_id != who.id:
        raise Refused("not-yours")
    if State(case.state) not in MOVABLE:
        raise Refused("old")
    tonight.ask(turn, units.get(turn, case.unit_id), case, "busy")
    return Reply(message=Message(body=who.words("stay.busy_done")))
