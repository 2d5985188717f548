"""Judging an evening by its proof: one tap, by whoever decides on the branch, never about oneself."""

from bot.chat.message import Message, Reply
from bot.services import caseflow
from bot.services.caller import Caller, known, local
from bot.services.duty import deciders, next_at_work
from bot.store import cases, outbox, people, proofs, recordings, units
from bot.store.tables import TrainingCase, Unit
from bot.store.turn import Reader, Turn
from bot.views import proofs as proof_views
from bot.views import recordings as views
from bot.views.text import clock, day_name
from drills.cases import Event, State
from drills.people import Act
from drills.recordings import EVENING
from drills.refused import Refused

URGENT = 4


def ask(turn: Turn, unit: Unit, case: TrainingCase) -> None:
    """The proof is there: those who decide get the case to judge, with where to look."""
    rules, there = turn.in_force(unit.path), recordings.of_evening(turn, known(unit.id), case.evening)
    files = kept(turn, case)
    name = people.get(turn, case.person_id).name
    for judge in deciders(turn, unit, case.person_id):
        words = turn.words[judge.language]
        where = [views.place(words, there[part], part, unit.timezone) for part in EVENING if part in there]
        checkpoint = caseflow.checkpoint_name(rules, case.checkpoint)
        message = views.judge(
            words, case=known(case.id), name=name, checkpoint=checkpoint, where=where, by_files=bool(files)
        )
        message = proof_views.with_count(words, message, files, case=known(case.id))
        once = f"judge/{case.id}/{case.evening}/{judge.id}"
        outbox.tell(turn, known(judge.id), once, message, urgency=URGENT)


def kept(turn: Reader, case: TrainingCase) -> int:
    """How many files there are of a case's last evening."""
    evening = caseflow.last_evening(turn, case)
    return sum(proof.gone_at is None for proof in proofs.of_evening(turn, case.person_id, evening))


def tell_more(turn: Turn, unit: Unit, case: TrainingCase, proof_id: int) -> None:
    """One file more has come for a case that is to be judged already."""
    rules, name = turn.in_force(unit.path), people.get(turn, case.person_id).name
    checkpoint = caseflow.checkpoint_name(rules, case.checkpoint)
    for judge in deciders(turn, unit, case.person_id):
        message = proof_views.more(turn.words[judge.language], case=known(case.id), name=name, checkpoint=checkpoint)
        outbox.tell(turn, known(judge.id), f"proof/{proof_id}/{case.id}/{judge.id}", message, urgency=URGENT)


def judge(turn: Turn, who: Caller, case_id: int, event: Event) -> Reply:
    """The evening is good, or it has to be done again; the person hears which."""
    case = cases.find(turn, case_id)
    if case is None:
        raise Refused("no-right")
    unit = units.get(turn, case.unit_id)
    who.need(Act.DECIDE_CASE, unit.path)
    if case.person_id == who.id:
        raise Refused("about-yourself")
    if State(case.state) is not State.PROVEN:
        raise Refused("already")
    caseflow.step(turn, case, event, by=who.id)
    rules, person = turn.in_force(unit.path), people.get(turn, case.person_id)
    if event is Event.FAIL:
        caseflow.put_off(turn, case, next_at_work(turn, unit, rules, case.person_id, local(turn, unit).date()))
    words, name = turn.words[person.language], caseflow.checkpoint_name(rules, case.checkpoint)
    when = {"day": day_name(words, case.evening), "time": clock(rules.policy.evening)}
    well = event is Event.PASS
    outbox.tell(
        turn,
        case.person_id,
        f"judged/{case.id}/{len(cases.steps(turn, case_id))}",
        views.judged(words, checkpoint=name, well=well, case=case_id, **when),
        urgency=URGENT,
    )
    done = who.words("judge.done_pass" if well else "judge.done_fail", name=person.name)
    return Reply(message=Message(body=done), replaces=True)
