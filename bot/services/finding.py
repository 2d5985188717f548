"""A finding: somebody saw a checkpoint neglected. Who did it has a case at once; the branch is drilled on it first."""

from datetime import date

from bot.chat.message import Message, Reply
from bot.services import caseflow, causes
from bot.services.caller import Caller, known, local
from bot.services.deciding import a_branch
from bot.services.duty import deciders, names
from bot.services.setting import led
from bot.store import findings, outbox, people, units
from bot.store.tables import Finding, Person, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import findings as views
from drills.findings import Seen
from drills.people import Act, Post, Role
from drills.questions import Checkpoint
from drills.refused import Refused
from drills.staying import Rule

CHOICE = 40
NOBODY = 0
"""In place of a person: it cannot be said who it was."""
URGENT = 4


def home(turn: Reader, who: Caller) -> Reply:
    """/finding: where it was seen."""
    tops = led(turn, who, Act.ENTER_FINDING)
    branches = [b for top in tops for b in units.branches(turn, top.path)][:CHOICE]
    if len(branches) == 1:
        return at_branch(turn, who, known(branches[0].id))
    return Reply(message=views.where(who.words, [(b.name, known(b.id)) for b in branches]))


def at_branch(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """Who it was: anybody drilled on the branch, or nobody to be named."""
    unit = a_branch(turn, who, unit_id, Act.ENTER_FINDING)
    persons = [p for p in people.on_unit(turn, unit_id) if p.post and p.id != who.id]
    named = list(zip(names(persons), [known(p.id) for p in persons], strict=True))
    return Reply(message=views.who(who.words, named, unit=unit.name, unit_id=unit_id), replaces=True)


def topics(turn: Reader, who: Caller, unit_id: int, person_id: int) -> Reply:
    """What it was about: topics first."""
    rules = turn.in_force(a_branch(turn, who, unit_id, Act.ENTER_FINDING).path)
    codes = {c.topic for c in _checkpoints(turn, rules, person_id)}
    named = [(topic.name, code) for code, topic in rules.bank.topics.items() if code in codes]
    return Reply(message=views.topics(who.words, named, unit_id=unit_id, person=person_id), replaces=True)


def checkpoints(turn: Reader, who: Caller, unit_id: int, person_id: int, topic: str) -> Reply:
    """Then the checkpoint."""
    rules = turn.in_force(a_branch(turn, who, unit_id, Act.ENTER_FINDING).path)
    named = [(c.name, c.code) for c in _checkpoints(turn, rules, person_id) if c.topic == topic]
    if not named:
        raise Refused("unknown")
    return Reply(message=views.checkpoints(who.words, named, unit_id=unit_id, person=person_id), replaces=True)


def seen(turn: Reader, who: Caller, unit_id: int, person_id: int, checkpoint: str) -> Reply:
    """How it was seen; the last tap enters it."""
    unit = a_branch(turn, who, unit_id, Act.ENTER_FINDING)
    name = _named(turn.in_force(unit.path), checkpoint).name
    about = _person(turn, unit, person_id)
    message = views.seen(
        who.words, unit_id=unit_id, person=person_id, name=about.name if about else "", code=checkpoint, checkpoint=name
    )
    return Reply(message=message, replaces=True)


def enter(turn: Turn, who: Caller, unit_id: int, person_id: int, checkpoint: str, source: Seen) -> Reply:
    """It is entered: the person has a case at once, and whoever leads the branch hears of it. Raises
    Refused("about-yourself") for oneself."""
    unit = a_branch(turn, who, unit_id, Act.ENTER_FINDING)
    about = _person(turn, unit, person_id)
    if about is not None and about.id == who.id:
        raise Refused("about-yourself")
    day = local(turn, unit).date()
    rules = turn.in_force(unit.path)
    _named(rules, checkpoint)
    row = Finding(
        unit_id=unit_id,
        person_id=known(about.id) if about else None,
        checkpoint=checkpoint,
        source=source,
        seen_on=day,
        day=day,
        by_id=who.id,
        at=turn.now,
    )
    findings.add(turn, row)
    evening = _case(turn, who, unit, row) if about else None
    _tell(turn, who, unit, row, about)
    name = caseflow.checkpoint_name(rules, checkpoint)
    return Reply(
        message=views.done(who.words, name=about.name if about else "", checkpoint=name, evening=evening, today=day),
        replaces=True,
    )


def _case(turn: Turn, who: Caller, unit: Unit, row: Finding) -> date | None:
    case = causes.bring(
        turn,
        unit,
        row.person_id or NOBODY,
        rule=Rule.FINDING,
        checkpoint=row.checkpoint,
        by=who.id,
        confirmed=True,
        figures={"days": [row.seen_on.isoformat()], "source": row.source, "finding": row.id},
    )
    return case.evening if case else None


def _tell(turn: Turn, who: Caller, unit: Unit, row: Finding, about: Person | None) -> None:
    rules = turn.in_force(unit.path)
    name = caseflow.checkpoint_name(rules, row.checkpoint)
    heads = people.with_role(turn, [Role.MANAGER], unit.path, on=known(unit.id))
    for reader in {known(p.id): p for p in (*deciders(turn, unit), *heads)}.values():
        if reader.id == who.id or (about is not None and reader.id == about.id):
            continue
        message: Message = views.told(
            turn.words[reader.language], name=about.name if about else "", checkpoint=name, source=row.source
        )
        outbox.tell(turn, known(reader.id), f"finding/{row.id}/{reader.id}", message, urgency=URGENT)


def _person(turn: Reader, unit: Unit, person_id: int) -> Person | None:
    """Somebody drilled on this branch. Raises Refused("no-right") for anybody else, as if there were nobody."""
    if person_id == NOBODY:
        return None
    person = people.find(turn, person_id)
    if person is None or not person.active or not person.post or person.unit_id != unit.id:
        raise Refused("no-right")
    return person


def _checkpoints(turn: Reader, rules: InForce, person_id: int) -> list[Checkpoint]:
    """What this person is asked about; of nobody in particular, everything."""
    person = people.find(turn, person_id) if person_id else None
    post = Post(person.post) if person and person.post else None
    asked = {q.checkpoint for q in rules.bank.questions.values() if post is None or post in q.posts}
    return [c for code, c in rules.bank.checkpoints.items() if code in asked]


def _named(rules: InForce, code: str) -> Checkpoint:
    checkpoint = rules.bank.checkpoints.get(code)
    if checkpoint is None:
        raise Refused("unknown")
    return checkpoint
