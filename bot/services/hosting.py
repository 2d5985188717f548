"""Who leads the meeting: somebody named for a day, or whoever leads the branch. The host has the host's material on
that day, and only on it."""

from datetime import date

from bot.chat.message import Reply
from bot.services import reviewing
from bot.services.caller import Caller, known, local
from bot.services.closing import next_days
from bot.services.deciding import a_branch
from bot.services.duty import deciders
from bot.services.setting import led
from bot.store import absences, hostings, outbox, people, steps, units
from bot.store.tables import Person, Unit
from bot.store.turn import Reader, Turn
from bot.views import hosting as views
from bot.views import settings as setting_views
from drills.day import Step
from drills.people import Act, Role
from drills.refused import Refused

URGENT = 3
CHOICE = 40


def home(turn: Reader, who: Caller) -> Reply:
    """/host: today's and the next meeting of the branch one leads, or which of several."""
    tops = led(turn, who, Act.HOST)
    if len(tops) == 1 and tops[0].level == units.BRANCH:
        return show(turn, who, known(tops[0].id))
    branches = [b for top in tops for b in units.branches(turn, top.path)][:CHOICE]
    return Reply(message=setting_views.which_branch(who.words, [(b.name, known(b.id)) for b in branches]))


def show(turn: Reader, who: Caller, unit_id: int, *, lead: str = "") -> Reply:
    """Who leads the next meetings."""
    unit = a_branch(turn, who, unit_id, Act.HOST)
    today, days = local(turn, unit).date(), next_hosts(turn, unit)
    return Reply(message=views.screen(who.words, days, unit=unit.name, unit_id=unit_id, today=today, lead=lead))


def next_hosts(turn: Reader, unit: Unit) -> list[views.Led]:
    """The next meetings and who leads them."""
    return [
        views.Led(
            day=day,
            hosts=[p.name for p in reviewing.hosts(turn, unit, day)],
            named=reviewing.named(turn, unit, day) is not None,
        )
        for day in next_days(turn, unit)
    ]


def choose(turn: Reader, who: Caller, unit_id: int, day: date) -> Reply:
    """Who may lead on a day: those who lead the branch, and everybody who works there and is not away."""
    unit = a_branch(turn, who, unit_id, Act.HOST)
    _still(turn, unit, day)
    names = [(p.name, known(p.id)) for p in able(turn, unit, day)[:CHOICE]]
    message = views.choose(who.words, names, unit_id=unit_id, day=day, today=local(turn, unit).date())
    return Reply(message=message, replaces=True)


def able(turn: Reader, unit: Unit, day: date) -> list[Person]:
    """Whoever may be named, those who lead first."""
    lead = people.with_role(turn, [Role.TRAINER, Role.MANAGER], unit.path, on=known(unit.id))
    everybody = {known(p.id): p for p in (*deciders(turn, unit), *lead, *people.on_unit(turn, known(unit.id)))}
    away = absences.away(turn, everybody, day)
    return [p for person, p in everybody.items() if person not in away]


def name(turn: Turn, who: Caller, unit_id: int, day: date, person_id: int) -> Reply:
    """Somebody leads the meeting of that day."""
    unit = a_branch(turn, who, unit_id, Act.HOST)
    person = put(turn, unit, day, person_id, who.id)
    said = views.done(who.words, person.name, day=day, today=local(turn, unit).date())
    reply = show(turn, who, unit_id, lead=said)
    return Reply(message=reply.message, replaces=True)


def put(turn: Turn, unit: Unit, day: date, person_id: int, by: int | None) -> Person:
    """Name the host of a day; they hear it once, with the material if the meeting has begun, and whoever was named
    before hears that it is somebody else's. Raises Refused for a day without a meeting, or somebody who cannot."""
    _still(turn, unit, day)
    person = next((p for p in able(turn, unit, day) if p.id == person_id), None)
    if person is None:
        raise Refused("host-unable")
    before = reviewing.named(turn, unit, day)
    if before is not None and before.id == person_id:
        raise Refused("host-same", name=person.name)
    row = hostings.name(turn, known(unit.id), day, person_id, by)
    today, at = local(turn, unit).date(), turn.in_force(unit.path).policy.review
    if person_id != by:
        words = turn.words[person.language]
        message = views.told(words, unit=unit.name, unit_id=known(unit.id), day=day, at=at, today=today)
        outbox.tell(turn, person_id, f"host/{row.id}/{person_id}", message, urgency=URGENT)
    if before is not None and before.id != by:
        message = views.relieved(turn.words[before.language], person.name, day=day, today=today)
        outbox.tell(turn, known(before.id), f"host/{row.id}/{before.id}", message, urgency=URGENT)
    if day == today and Step.REVIEW in steps.done(turn, known(unit.id), day):
        reviewing.send(turn, unit, day)
    return person


def _still(turn: Reader, unit: Unit, day: date) -> None:
    if day < local(turn, unit).date():
        raise Refused("old")
    if day not in next_days(turn, unit):
        raise Refused("host-day")
