"""Leave and shifts: a person asks and a trainer grants, or a trainer enters it. Those days have no questions and leave
the streak alone. What no longer holds is taken back."""

from datetime import date, timedelta

from bot.chat.message import Message, Reply
from bot.services.caller import Caller, known, local
from bot.services.duty import deciders, names, next_open
from bot.store import absences, awaited, outbox, people, sittings, units
from bot.store.tables import Absence, Person
from bot.store.turn import Reader, Turn
from bot.views import leave as views
from drills.leave import LONGEST, LONGEST_ENTERED, Kind, kind_meant, read_days
from drills.people import Act
from drills.refused import Refused

URGENT = 3
ASK, ENTER = "lv", "pl"
"""What awaits the days in writing: one's own, and (with the person's id) somebody else's."""


def offer(turn: Turn, who: Caller, *, lead: str = "") -> Reply:
    """Which day off: the next working days as buttons, or a date in writing; and what is to come."""
    who.need(Act.ASK_LEAVE)
    awaited.expect(turn, who.id, ASK)
    days, off = _next_days(turn, who), coming(turn, who.id, who.today)
    return Reply(message=views.offer(who.words, days, today=who.today, coming=off, lead=lead))


def _next_days(turn: Reader, who: Caller) -> tuple[date, date]:
    return who.today, next_open(turn, who.unit, who.rules, who.today)


def coming(turn: Reader, person_id: int, today: date) -> list[views.Coming]:
    """What has somebody off from a day on, or waits to be decided."""
    return [
        views.Coming(absence=known(row.id), off=_off(row), waits=row.decided_at is None)
        for row in absences.ahead(turn, [person_id], today)
    ]


def _off(row: Absence) -> views.Off:
    return views.Off(first=row.first_day, last=row.last_day, kind=Kind(row.kind))


def ask(turn: Turn, who: Caller, first: date, last: date, kind: Kind = Kind.LEAVE) -> Reply:
    """Ask for leave from one day to another. Raises Refused for a day gone by or too long a stretch."""
    who.need(Act.ASK_LEAVE)
    _sound(turn, who.person, first, last, who.today, LONGEST)
    trainers = deciders(turn, who.unit, who.id)
    awaited.clear(turn, who.id)
    off = views.Off(first=first, last=last, kind=kind)
    if trainers:
        absence = known(absences.ask(turn, who.id, first, last, kind).id)
        for trainer in trainers:
            message = views.request(
                turn.words[trainer.language], off, absence=absence, name=who.person.name, today=who.today
            )
            outbox.tell(turn, known(trainer.id), f"leave/{absence}/{trainer.id}", message, urgency=URGENT)
    return Reply(message=views.asked(who.words, off, trainers=names(trainers), today=who.today))


def _sound(turn: Reader, person: Person, first: date, last: date, today: date, longest: int) -> None:
    if first < today or last < first:
        raise Refused("leave-past")
    if (last - first).days >= longest:
        raise Refused("leave-long" if longest == LONGEST else "leave-endless", most=longest)
    before = absences.standing(turn, known(person.id), first, last)
    if before is not None:
        raise Refused("leave-asked" if before.decided_at is None else "leave-known")


def ask_in_words(turn: Turn, who: Caller, text: str) -> Reply:
    """The dates as somebody writes them. Raises Refused when they cannot be read."""
    return ask(turn, who, *read(text, who.today))


def read(text: str, today: date) -> tuple[date, date, Kind]:
    """The days somebody writes, and why. Raises Refused when they cannot be read."""
    span = read_days(text, today)
    if span is None:
        raise Refused("leave-unreadable")
    return (*span, kind_meant(text))


def rest_today(turn: Turn, who: Caller, day: date) -> Reply:
    """The push's own button: not today. Raises Refused("old") for another day's."""
    if day != who.today or not sittings.of_day(turn, who.id, day):
        raise Refused("old")
    return ask(turn, who, who.today, who.today)


def decide(turn: Turn, who: Caller, absence_id: int, *, granted: bool) -> Reply:
    """The trainer's yes or no; the person hears it."""
    absence, person = _theirs(turn, who, absence_id)
    if person.id == who.id:
        raise Refused("about-yourself")
    if absence.withdrawn_at is not None:
        return Reply(message=Message(body=who.words("leave.withdrawn")), replaces=True)
    if absence.decided_at is not None:
        return Reply(message=Message(body=who.words("leave.decided")), replaces=True)
    absences.decide(turn, absence_id, who.id, granted=granted)
    off = _off(absence)
    told = views.told(turn.words[person.language], off, granted=granted, trainer=who.person.name, today=who.today)
    outbox.tell(turn, known(person.id), f"leave/{absence_id}/told", told, urgency=URGENT)
    message = views.done(who.words, off, granted=granted, name=person.name, today=who.today)
    return Reply(message=message, replaces=True)


def _theirs(turn: Reader, who: Caller, absence_id: int) -> tuple[Absence, Person]:
    absence = absences.find(turn, absence_id)
    if absence is None:
        raise Refused("no-right")
    person = people.get(turn, absence.person_id)
    who.need(Act.GRANT_LEAVE, units.get(turn, person.unit_id).path)
    return absence, person


def offer_for(turn: Turn, who: Caller, person_id: int) -> Reply:
    """A trainer is about to enter somebody's days: buttons, or dates in writing."""
    person = _whose(turn, who, person_id)
    awaited.expect(turn, who.id, f"{ENTER}:{person_id}")
    message = views.offer_for(who.words, _next_days(turn, who), name=person.name, person=person_id, today=who.today)
    return Reply(message=message)


def _whose(turn: Reader, who: Caller, person_id: int) -> Person:
    person = people.find(turn, person_id)
    if person is None or not person.active:
        raise Refused("no-right")
    who.need(Act.GRANT_LEAVE, units.get(turn, person.unit_id).path)
    if person.id == who.id:
        raise Refused("about-yourself")
    return person


def enter(turn: Turn, who: Caller, person_id: int, first: date, last: date, kind: Kind) -> str:
    """A trainer enters somebody's days off; they hear it. Gives what was done, in words."""
    person = _whose(turn, who, person_id)
    today = local(turn, units.get(turn, person.unit_id)).date()
    _sound(turn, person, first, last, today, LONGEST_ENTERED)
    awaited.clear(turn, who.id)
    absence = absences.enter(turn, person_id, first, last, kind, who.id)
    off = _off(absence)
    told = views.entered(turn.words[person.language], off, trainer=who.person.name, today=today)
    outbox.tell(turn, person_id, f"leave/{absence.id}/told", told, urgency=URGENT)
    return views.entered_done(who.words, off, name=person.name, today=today)


def take_back(turn: Turn, who: Caller, absence_id: int) -> tuple[Person, str]:
    """One's own days off, or somebody's of one's branch, hold no longer; days that have gone by stay as they were.
    Whoever did not do it hears of it. Gives whose it was, and what was done, in words."""
    absence = absences.find(turn, absence_id)
    if absence is None:
        raise Refused("no-right")
    person = people.get(turn, absence.person_id)
    if person.id != who.id:
        who.need(Act.GRANT_LEAVE, units.get(turn, person.unit_id).path)
    today, kind = local(turn, units.get(turn, person.unit_id)).date(), Kind(absence.kind)
    if absence.last_day < today:
        raise Refused("leave-gone")
    if absence.refused or not absences.withdraw(turn, absence_id, who.id):
        raise Refused("already")
    if absence.decided_at is not None and absence.first_day < today:
        absences.enter(turn, known(person.id), absence.first_day, today - timedelta(1), kind, absence.granted_by)
    off = views.Off(first=max(absence.first_day, today), last=absence.last_day, kind=kind)
    own = person.id == who.id
    for reader in deciders(turn, who.unit, who.id) if own else [person]:
        message = views.taken_back(turn.words[reader.language], off, by=who.person.name, own=own, today=today)
        outbox.tell(turn, known(reader.id), f"leave/{absence_id}/back/{reader.id}", message, urgency=URGENT)
    return person, views.taken_back_done(who.words, off, today)
