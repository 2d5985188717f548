"""Nine o'clock: who should stay tonight and why. The program proposes, a trainer decides, the person hears at once."""

from datetime import date

from bot.chat.message import Message
from bot.services import caseflow, evening, morning, overdue, spending
from bot.services.caller import known, local
from bot.services.duty import deciders, names, next_open, previous_open
from bot.services.naming import Named, named
from bot.services.sittings import at
from bot.store import answers, appeals, cases, outbox, people
from bot.store.tables import Person, TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import evening as views
from bot.views.text import day_label, day_name
from drills.cases import HELD, WAITS_TO_VERIFY, Event, State
from drills.people import Post
from drills.staying import Call, Tier

LIST, STAY = 4, 3  # urgency of the trainer's list and of the word to the person


def propose(turn: Turn, unit: Unit, day: date) -> None:
    """Write the proposals, offer the make-up, ask for the critical items once more, and show the trainers the list."""
    rules = turn.in_force(unit.path)
    found = named(turn, unit, day)
    for call in found.calls:
        if call.tier is Tier.STAYS:
            _propose(turn, unit, day, call)
    _carry_over(turn, unit, day)
    _let_rest(turn, unit, rules, day)
    overdue.tell(turn, unit, rules, day, previous_open(turn, unit, rules, day))
    here = {p.id for p in found.duty}
    for case in cases.of_unit(turn, known(unit.id), [State.CONFIRMED, State.AGAIN], evening_by=day):
        if case.person_id in here:
            tell_stay(turn, unit, case)
    for person in found.who(Tier.MAKEUP):
        morning.offer_makeup(turn, person, unit, day)
    for call in found.calls:
        if call.tier is Tier.NOW:
            _ask_now(turn, found, call, rules, day)
    for trainer in _readers(turn, unit, found):
        message = listing_message(turn, unit, day, trainer, found)
        outbox.tell(turn, known(trainer.id), f"tonight/{day}/{unit.id}/{trainer.id}", message, urgency=LIST)


def _let_rest(turn: Turn, unit: Unit, rules: InForce, day: date) -> None:
    """A passed case that nothing is left to verify with is closed: it must not shield or burden anybody for ever."""
    for case in cases.of_unit(turn, known(unit.id), WAITS_TO_VERIFY):
        person = people.get(turn, case.person_id)
        left = rules.bank.askable(Post(person.post), day) if person.post and person.active else ()
        if not any(q.checkpoint == case.checkpoint for q in left):
            caseflow.step(turn, case, Event.EXCUSE, note="nothing is left to verify it with")


def _carry_over(turn: Turn, unit: Unit, day: date) -> None:
    """What an evening should have settled while nothing was running is for tonight."""
    before = date.fromordinal(day.toordinal() - 1)
    states = [State.CONFIRMED, *HELD, State.AGAIN]
    for case in cases.of_unit(turn, known(unit.id), states, evening_by=before):
        if State(case.state) is State.TRAINING and evening.unacted(turn, unit, case, case.evening):
            continue
        if State(case.state) in HELD:
            caseflow.step(turn, case, Event.NOT_DONE)
        caseflow.put_off(turn, case, day)


def _readers(turn: Reader, unit: Unit, found: Named) -> list[Person]:
    """The branch's trainers; also its head when one of them is to stay, because nobody decides about themselves."""
    trainers = deciders(turn, unit)
    own = [c.person for c in found.calls if c.tier is Tier.STAYS and c.person in {t.id for t in trainers}]
    others = [p for about in own for p in deciders(turn, unit, about)]
    return list({known(p.id): p for p in (*trainers, *others)}.values())


def _propose(turn: Turn, unit: Unit, day: date, call: Call) -> None:
    days = call.days or [t.day for t in call.evidence]
    case = TrainingCase(
        person_id=call.person,
        unit_id=known(unit.id),
        day=day,
        evening=day,
        checkpoint=call.checkpoint,
        rule=call.rule,
        evidence=[t.answer for t in call.evidence],
        figures={"days": [d.isoformat() for d in days], "right": call.right, "asked": call.asked},
        state=State.PROPOSED,
    )
    if cases.propose(turn, case) and appeals.contested(turn, case.evidence):
        caseflow.step(turn, case, Event.APPEAL, by=call.person)


def _ask_now(turn: Turn, found: Named, call: Call, rules: InForce, day: date) -> None:
    if answers.retried_right(turn, call.person, call.checkpoint, day):
        return
    person = next(p for p in found.duty if p.id == call.person)
    checkpoint = rules.bank.checkpoints[call.checkpoint]
    message = views.ask_now(turn.words[person.language], checkpoint=checkpoint.name, code=checkpoint.code)
    outbox.tell(turn, call.person, f"now/{day}/{call.person}/{call.checkpoint}", message, urgency=STAY)


def tell_stay(turn: Turn, unit: Unit, case: TrainingCase) -> None:
    """The person hears that they stay tonight, and why."""
    rules = turn.in_force(unit.path)
    person = people.get(turn, case.person_id)
    words = turn.words[person.language]
    why = caseflow.cause(turn, case, rules)
    message = views.stay(words, case=known(case.id), cause=why, policy=rules.policy, today=case.evening)
    until = at(unit, case.evening, rules.policy.evening_until)
    once = f"stay/{case.id}/{case.evening}"
    outbox.tell(turn, case.person_id, once, message, urgency=STAY, expires_at=until)


def listing_message(
    turn: Reader, unit: Unit, day: date, trainer: Person, found: Named | None = None, *, done: str = ""
) -> Message:
    """The trainer's list as it stands now."""
    rules = turn.in_force(unit.path)
    found = found or named(turn, unit, day)
    words = turn.words[trainer.language]
    duty = {p.id for p in found.duty}
    here = [case for case in cases.for_evening(turn, known(unit.id), day) if case.person_id in duty]
    staying = {case.person_id for case in here}
    again = [p for p in found.who(Tier.NOW) if p.id not in staying]
    told = staying | {p.id for p in again}
    listing = views.Tonight(
        unit=known(unit.id),
        day=day,
        duty=len(found.duty),
        cases=[line(turn, case, rules, trainer, day) for case in here],
        makeup=names(found.who(Tier.MAKEUP)),
        twice=names(found.twice()),
        now=names(again),
        watch=names(p for p in found.who(Tier.WATCH) if p.id not in told),
    )
    return views.tonight(words, listing, rules.policy, done=done)


def line(turn: Reader, case: TrainingCase, rules: InForce, reader: Person, day: date) -> views.Line:
    """One case as its reader sees it."""
    words = turn.words[reader.language]
    why = caseflow.cause(turn, case, rules)
    return views.Line(
        case=known(case.id),
        person=case.person_id,
        name=people.get(turn, case.person_id).name,
        checkpoint=why.checkpoint,
        reason=views.short_reason(words, why, rules.policy, day),
        state=case.state,
    )


def ask(turn: Turn, unit: Unit, case: TrainingCase, why: str = "new") -> None:
    """Those who decide on a branch get one case to decide, outside the list of nine o'clock; `why` leads it."""
    name = people.get(turn, case.person_id).name
    for decider in deciders(turn, unit, case.person_id):
        lead = turn.words[decider.language](f"case.{why}", name=name)
        once = f"{why}/{case.id}/{case.evening}/{decider.id}"
        outbox.tell(turn, known(decider.id), once, card(turn, unit, case, decider, lead=lead), urgency=STAY)


def card(  # noqa: PLR0913 -- the card and what is said over it
    turn: Reader,
    unit: Unit,
    case: TrainingCase,
    reader: Person,
    *,
    lead: str = "",
    following: int | None = None,
    sure: bool = False,
) -> Message:
    """One case before somebody who decides; `following` the next one to decide, `sure` whether confirming is asked a
    second time."""
    rules, today = turn.in_force(unit.path), local(turn, unit).date()
    words = turn.words[reader.language]
    return views.case(
        words,
        line(turn, case, rules, reader, today),
        lead=lead,
        evening=day_name(words, case.evening, today),
        next_open=day_label(words, next_open(turn, unit, rules, max(case.evening, today)), today),
        following=following,
        sure=sure,
    )


def settle(turn: Turn, unit: Unit, day: date) -> None:
    """Half past eleven: what nobody confirmed lapses, or is confirmed, as the policy says. Past the hour by which
    people must hear, and for what an earlier day left behind, it lapses."""
    policy = turn.in_force(unit.path).policy
    in_time = policy.unconfirmed == "confirm" and turn.now < at(unit, day, policy.tell_by)
    lapsed = 0
    for case in cases.of_unit(turn, known(unit.id), [State.PROPOSED], evening_by=day):
        if in_time and case.evening == day and spending.has_room(turn, unit, case.person_id, day):
            caseflow.step(turn, case, Event.CONFIRM)
            tell_stay(turn, unit, case)
        else:
            caseflow.step(turn, case, Event.LAPSE)
            lapsed += 1
    if lapsed:
        for trainer in deciders(turn, unit):
            message = views.lapsed(turn.words[trainer.language], lapsed)
            outbox.tell(turn, known(trainer.id), f"lapsed/{day}/{unit.id}/{trainer.id}", message, urgency=LIST)
