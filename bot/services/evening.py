"""The evening: the card with the material and five fresh questions, the outcome, and what nobody came for."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.message import Message
from bot.services import caseflow, overdue, playing, proving, spending
from bot.services.asking import Played
from bot.services.caller import Caller, known
from bot.services.duty import deciders, next_at_work
from bot.services.sittings import Occasion, at, dice, open_sitting, past
from bot.store import absences, cases, outbox, people, scenes, sittings, units
from bot.store.tables import Person, SceneRun, TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import evening as stay_views
from bot.views import retraining as views
from bot.views.text import day_name
from drills.cases import HELD, Event, State, passed
from drills.choosing import choose_evening
from drills.minutes import before_scene
from drills.people import Post
from drills.proofs import PROVED
from drills.sitting import Kind
from drills.study import study

CALL, OUTCOME = 3, 6


def call(turn: Turn, unit: Unit, day: date) -> None:
    """17:40: everybody who stays gets the card; leave moves it to the next open day."""
    rules = turn.in_force(unit.path)
    for case in cases.of_unit(turn, known(unit.id), [State.CONFIRMED, State.AGAIN], evening_by=day):
        person = people.get(turn, case.person_id)
        if not person.active or not person.post:
            caseflow.step(turn, case, Event.EXCUSE, note="no longer drilled")
        elif case.checkpoint not in rules.bank.checkpoints:
            _let_go(turn, case, person)
        elif absences.away(turn, [case.person_id], day) or not spending.left(turn, unit, case.person_id, day):
            _again(turn, unit, case, rules, day)
        else:
            _call_one(turn, unit, day, case, person, rules)


def _let_go(turn: Turn, case: TrainingCase, person: Person) -> None:
    """The content no longer has what this evening was about."""
    caseflow.step(turn, case, Event.EXCUSE, note="the checkpoint was withdrawn")
    message = stay_views.excused(turn.words[person.language], checkpoint=case.checkpoint)
    outbox.tell(turn, known(person.id), f"excused/{case.id}", message, urgency=CALL)


def _call_one(turn: Turn, unit: Unit, day: date, case: TrainingCase, person: Person, rules: InForce) -> None:
    occasion = Occasion(person=person, unit=unit, day=day, kind=Kind.EVENING, part=f"case {case.id}", case_id=case.id)
    history, rng = past(turn, person), dice(occasion)
    picks = choose_evening(rules.bank, Post(person.post), history, case.checkpoint, day, rng, rules.policy)
    sitting = open_sitting(turn, occasion, picks, rules.policy.evening_until, rules)
    if sitting is None:
        _let_go(turn, case, person)
        return
    caseflow.step(turn, case, Event.CALL)
    checkpoint = rules.bank.checkpoints[case.checkpoint]
    words = turn.words[person.language]
    scene = playing.wanted(turn, unit, case, day) is not None and bool(
        playing.colleagues(turn, unit, case.person_id, day)
    )
    read = study(rules.bank, rules.scenes.values(), case.checkpoint, Post(person.post), day, known(case.id))
    message = views.call(
        words,
        checkpoint=checkpoint.name,
        lines=read.rule,
        source=read.source,
        more=case.id if read.more else None,
        n=len(picks),
        sitting=sitting,
        policy=rules.policy,
        scene=scene,
    )
    until = at(unit, day, rules.policy.evening_until)
    outbox.tell(turn, known(person.id), f"call/{case.id}/{day}", message, urgency=CALL, expires_at=until)


def begin(turn: Turn, played: Played) -> None:
    """The start button of an evening: from now on its minutes run, and they end where the person's caps do, with room
    for its scene."""
    case = cases.find(turn, played.sitting.case_id or 0)
    if case is None or State(case.state) is not State.CALLED or turn.now >= played.sitting.closes_at:
        return
    caseflow.step(turn, case, Event.BEGIN)
    unit = units.get(turn, case.unit_id)
    left = spending.left(turn, unit, case.person_id, played.sitting.day)
    if playing.waiting(turn, unit, case, played.sitting.day):
        left = before_scene(left, turn.in_force(unit.path).policy.scene_minutes)
    sittings.end_by(turn, played.sitting, turn.now + timedelta(minutes=left))


def settle(turn: Turn, who: Caller, played: Played) -> None:
    """The last evening question is answered: passed, unless a scene is still to come, again on the next open day, or
    waiting for its proof."""
    case = cases.find(turn, played.sitting.case_id or 0)
    if case is None or State(case.state) is not State.TRAINING or not all(a.counted for a in played.answers.values()):
        return
    unit = units.get(turn, case.unit_id)
    result = _outcome(who.rules, case, played)
    if not (result.passed and playing.waiting(turn, unit, case, played.sitting.day)):
        _end(turn, unit, case, result, played.sitting.day)


def acted(turn: Turn, run: SceneRun) -> None:
    """The evening's scene is marked: with the questions passed it decides, and the person hears how it all went."""
    case = cases.find(turn, run.case_id or 0)
    result = questions(turn, case, run.day) if case else None
    if case is None or result is None:
        return
    _end(turn, units.get(turn, case.unit_id), case, result, run.day, tell=True)


def unacted(turn: Turn, unit: Unit, case: TrainingCase, day: date) -> bool:
    """The evening is over and its questions were passed, but nobody has marked the scene: nobody can be kept by an
    empty branch, so the questions decide alone. False where there is nothing to decide."""
    result = questions(turn, case, day)
    if result is not None and result.passed:
        _end(turn, unit, case, result, day, tell=True, key="outcome_unacted")
    return result is not None and result.passed


def questions(turn: Reader, case: TrainingCase, day: date) -> views.Outcome | None:
    """How the questions of a case's evening went, with its scene where that is marked; none where they are not all
    answered in time, or the evening is settled."""
    held = sittings.of_day(turn, case.person_id, day, Kind.EVENING)
    played = next((p for p in held if p.sitting.case_id == case.id), None)
    if played is None or played.next_slot() is not None or State(case.state) is not State.TRAINING:
        return None
    if not all(a.counted for a in played.answers.values()):
        return None
    acted = scenes.of_evening(turn, known(case.id), day)
    rules = turn.in_force(units.get(turn, case.unit_id).path)
    return _outcome(rules, case, played, scene=acted[1].passed if acted else None)


def _end(  # noqa: PLR0913 -- what has ended, and how it is told
    turn: Turn, unit: Unit, case: TrainingCase, result: views.Outcome, day: date, *, tell: bool = False, key: str = ""
) -> None:
    """The evening has ended; the trainers hear it, and the person, unless they have it before them."""
    rules = turn.in_force(unit.path)
    well = Event.ANSWER if case.rule in PROVED else Event.PASS
    caseflow.step(turn, case, well if result.passed else Event.FAIL, note=f"{result.right}/{result.of}")
    if not result.passed:
        caseflow.put_off(turn, case, next_at_work(turn, unit, rules, case.person_id, day))
        result = replace(result, evening=case.evening)
    failed = "outcome_fail" if result.checkpoint_right else "outcome_fail_point"
    failed = failed if result.scene is None else "outcome_scene"
    _tell_trainers(turn, unit, case, key or ("outcome_pass" if result.passed else failed), day, result)
    proving.settle(turn, unit, case)
    if tell:
        words = turn.words[people.get(turn, case.person_id).language]
        message = views.outcome(words, result, lead="", policy=rules.policy)
        outbox.tell(turn, case.person_id, f"outcome/{case.id}/{day}", message, urgency=OUTCOME)


def decided(turn: Reader, played: Played) -> bool:
    """Whether this sitting settled its case; one finished after closing, or after the trainer moved it, did not."""
    moves = cases.steps(turn, played.sitting.case_id or 0)
    last = max((a.at for a in played.answers.values()), default=None)
    since = [m for m in moves if last is not None and m.at >= last and m.event not in {Event.CALL, Event.BEGIN}]
    called_again = any(m.event == Event.CALL and m.at > last for m in moves) if last else False
    return bool(since) and not called_again and since[0].event in {Event.PASS, Event.FAIL, Event.ANSWER}


def scene_message(turn: Reader, who: Caller, played: Played, *, lead: str) -> Message | None:
    """Whom to ask for the scene, where the questions are passed and it is still to come."""
    case = cases.find(turn, played.sitting.case_id or 0)
    result = questions(turn, case, played.sitting.day) if case else None
    if case is None or result is None or not result.passed:
        return None
    unit = units.get(turn, case.unit_id)
    scene = playing.waiting(turn, unit, case, played.sitting.day)
    return playing.card(turn, who.words, unit, case, scene, result, lead=lead) if scene else None


def _tell_trainers(
    turn: Turn, unit: Unit, case: TrainingCase, key: str, day: date, result: views.Outcome | None = None
) -> None:
    rules = turn.in_force(unit.path)
    person = people.get(turn, case.person_id)
    for trainer in deciders(turn, unit, case.person_id):
        words = turn.words[trainer.language]
        figures = {"right": result.right, "of": result.of} if result else {}
        outcome = words(f"evening.{key}", day=day_name(words, case.evening), **figures)
        name = caseflow.checkpoint_name(rules, case.checkpoint)
        message = views.told(words, name=person.name, checkpoint=name, outcome=outcome)
        once = f"outcome/{case.id}/{day}/{trainer.id}"
        outbox.tell(turn, known(trainer.id), once, message, urgency=OUTCOME)


def _outcome(rules: InForce, case: TrainingCase, played: Played, *, scene: bool | None = None) -> views.Outcome:
    results = [(s.checkpoint, played.answers[known(s.id)].right) for s in played.slots if known(s.id) in played.answers]
    return views.Outcome(
        passed=passed(results, case.checkpoint, rules.policy) and scene is not False,
        right=sum(right for _, right in results),
        of=len(played.slots),
        checkpoint=caseflow.checkpoint_name(rules, case.checkpoint),
        checkpoint_right=all(right for checkpoint, right in results if checkpoint == case.checkpoint),
        evening=case.evening,
        case=known(case.id),
        scene=scene,
    )


def outcome_message(turn: Reader, who: Caller, played: Played, *, lead: str) -> Message:
    """How the evening went, as the person reads it."""
    case = cases.find(turn, played.sitting.case_id or 0)
    if case is None:
        raise ValueError("an evening sitting without its case")
    marked = scenes.of_evening(turn, known(case.id), played.sitting.day)
    result = _outcome(who.rules, case, played, scene=marked[1].passed if marked else None)
    return views.outcome(who.words, result, lead=lead, policy=who.rules.policy)


def close(turn: Turn, unit: Unit, day: date) -> None:
    """21:00: who was called and did not finish comes again on the next open day."""
    rules = turn.in_force(unit.path)
    for case in cases.of_unit(turn, known(unit.id), HELD, evening_by=day):
        if unacted(turn, unit, case, day):
            continue
        caseflow.step(turn, case, Event.NOT_DONE)
        caseflow.put_off(turn, case, next_at_work(turn, unit, rules, case.person_id, day))
        _tell_trainers(turn, unit, case, "outcome_missed", day)
    overdue.tell(turn, unit, rules, day, date.fromordinal(day.toordinal() - 1))


def _again(turn: Turn, unit: Unit, case: TrainingCase, rules: InForce, day: date) -> None:
    """On leave tonight: the next open day, and the person reads it when they are back."""
    later = next_at_work(turn, unit, rules, case.person_id, day)
    caseflow.step(turn, case, Event.POSTPONE)
    caseflow.put_off(turn, case, later)
    words = turn.words[people.get(turn, case.person_id).language]
    name = caseflow.checkpoint_name(rules, case.checkpoint)
    message = stay_views.moved(words, case=known(case.id), checkpoint=name, evening=later, policy=rules.policy)
    outbox.tell(turn, case.person_id, f"moved/{case.id}/{later}", message, urgency=CALL)


def results_of(turn: Reader, unit: Unit, day: date) -> list[tuple[TrainingCase, Played]]:
    """The evening sittings of a day with their cases, for the review and the summary."""
    held = sittings.of_unit(turn, known(unit.id), day, Kind.EVENING)
    return [(case, p) for p in held if (case := cases.find(turn, p.sitting.case_id or 0))]
