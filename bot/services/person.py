"""The trainer's page on one person: how the answers go, what is weak, what is open, when they are off."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.message import Reply
from bot.services import caseflow, leading, leave, own
from bot.services.caller import Caller, caller, known
from bot.services.deciding import branch
from bot.services.duty import on_duty, opens, recent_days
from bot.store import answers, cases, links, people, units
from bot.store.turn import Reader, Turn
from bot.views import person as views
from drills.cases import OPEN
from drills.leave import Kind
from drills.people import Act
from drills.refused import Refused

CHOICE = 40
NAMESAKES = 12
WEAK_SHOWN = 3


def home(turn: Reader, who: Caller) -> Reply:
    """/person: whom of the branch one leads, or of which branch."""
    return whom(turn, who, known(leading.home(turn, who, Act.SEE_PERSON).id))


def whom(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """The people of a branch, to choose from; of a unit above, its branches."""
    unit = branch(turn, who, unit_id, Act.SEE_PERSON)
    if unit.level != units.BRANCH:
        return leading.choose(turn, who, unit, "pp")
    found = [p for p in people.on_unit(turn, unit_id) if p.id != who.id][:CHOICE]
    return Reply(message=views.whom(who.words, [(p.name, known(p.id)) for p in found], unit=unit.name))


def called(turn: Reader, who: Caller, said: str) -> Reply:
    """“/person 王芳”: by name, part of it, or staff number, among those one may see. Raises Refused for nobody."""
    tops = sorted({h.path for h in who.held if who.may(Act.SEE_PERSON, h.path)})
    if not tops:
        raise Refused("no-right")
    found = {p.id: p for top in tops for p in people.called(turn, top, said, NAMESAKES)}
    if not found:
        raise Refused("person-unknown", said=said)
    if len(found) == 1:
        return page(turn, who, known(next(iter(found))))
    named = [(f"{p.name} · {units.get(turn, p.unit_id).name}", known(p.id)) for p in found.values()]
    return Reply(message=views.which(who.words, named[:NAMESAKES]))


def page(turn: Reader, who: Caller, person_id: int, *, lead: str = "") -> Reply:
    """One person. Raises Refused for somebody one may not see, in the same word as for nobody."""
    person = people.find(turn, person_id)
    if person is None or not person.active:
        raise Refused("no-right")
    who.need(Act.SEE_PERSON, units.get(turn, person.unit_id).path)
    theirs = caller(turn, person)
    values = views.Page(
        person=person_id,
        unit_id=person.unit_id,
        unit=theirs.unit.name,
        name=person.name,
        post=person.post,
        reach=_reach(turn, person_id),
        drill=_drill(turn, theirs) if person.post else None,
        cases=[
            (known(c.id), caseflow.checkpoint_name(theirs.rules, c.checkpoint), c.state)
            for c in cases.of_person(turn, person_id, list(OPEN))
        ],
        coming=leave.coming(turn, person_id, theirs.today),
        own=person_id == who.id,
    )
    return Reply(message=views.page(who.words, values, today=theirs.today, lead=lead))


def _reach(turn: Reader, person_id: int) -> views.Reach:
    if links.reachable(turn, [person_id]):
        return views.Reach.LINKED
    return views.Reach.BLOCKED if links.linked(turn, [person_id]) else views.Reach.NEVER


def _drill(turn: Reader, theirs: Caller) -> views.Drill:
    """The last working days, and the checkpoints missed most in the days that count for a repetition."""
    rules, today = theirs.rules, theirs.today
    days = recent_days(turn, theirs.unit, rules, today, rules.policy.rolling_days)
    since = today - timedelta(rules.policy.repeat_days)
    given = answers.counted_by_person(turn, [theirs.id], min(days[0], since), today).get(theirs.id, [])
    recent = [g for g in given if g.day >= days[0]]
    return views.Drill(
        today=own.right_and_asked([g for g in given if g.day == today]),
        here=opens(turn, theirs.unit, rules, today) and theirs.id in {p.id for p in on_duty(turn, theirs.unit, today)},
        days=len(days),
        answered=len({g.day for g in recent}),
        recent=own.right_and_asked(recent),
        weak=_missed([g for g in given if g.day >= since], theirs),
    )


def _missed(given: Sequence[answers.Given], theirs: Caller) -> list[tuple[str, int]]:
    most = Counter(one.checkpoint for one in given if not one.right).most_common(WEAK_SHOWN)
    return [(caseflow.checkpoint_name(theirs.rules, code), n) for code, n in most]


def enter_leave(turn: Turn, who: Caller, person_id: int, day: date, kind: Kind) -> Reply:
    """A day off by a button of the trainer's."""
    return _entered(turn, who, person_id, (day, day, kind))


def enter_in_words(turn: Turn, who: Caller, person_id: int, text: str) -> Reply:
    """The days as the trainer writes them. Raises Refused when they cannot be read."""
    return _entered(turn, who, person_id, leave.read(text, who.today))


def _entered(turn: Turn, who: Caller, person_id: int, days: tuple[date, date, Kind]) -> Reply:
    done = leave.enter(turn, who, person_id, *days)
    return Reply(message=page(turn, who, person_id, lead=done).message, replaces=True)


def take_back(turn: Turn, who: Caller, absence_id: int) -> Reply:
    """Days off hold no longer; then what is left of them, on one's own page of leave or on the person's."""
    person, done = leave.take_back(turn, who, absence_id)
    after = leave.offer(turn, who, lead=done) if person.id == who.id else page(turn, who, known(person.id), lead=done)
    return Reply(message=after.message, replaces=True)
