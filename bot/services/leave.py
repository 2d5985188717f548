"""Leave: a person asks, a trainer grants. Granted days have no questions and leave the streak alone."""

from datetime import date

from bot.chat.message import Message, Reply
from bot.services.caller import Caller, known
from bot.services.duty import deciders, names, next_open
from bot.store import absences, awaited, outbox, people, sittings, units
from bot.store.turn import Turn
from bot.views import people as views
from bot.views.text import day_label
from drills.leave import LONGEST, read_days
from drills.people import Act
from drills.refused import Refused

URGENT = 3


def offer(turn: Turn, who: Caller) -> Reply:
    """Which day off: the next working days as buttons, or a date in writing."""
    who.need(Act.ASK_LEAVE)
    tomorrow = next_open(turn, who.unit, who.rules, who.today)
    days = [(who.words("date.today"), who.today), (day_label(who.words, tomorrow, who.today), tomorrow)]
    awaited.expect(turn, who.id, "lv")
    return Reply(message=views.leave(who.words, days))


def ask(turn: Turn, who: Caller, first: date, last: date) -> Reply:
    """Ask for leave from one day to another. Raises Refused for a day gone by or too long a stretch."""
    who.need(Act.ASK_LEAVE)
    if first < who.today or last < first:
        raise Refused("leave-past")
    if (last - first).days >= LONGEST:
        raise Refused("leave-long", most=LONGEST)
    asked = [a for a in absences.undecided(turn, known(who.unit.id)) if a.person_id == who.id]
    if any(a.first_day == first and a.last_day == last for a in asked):
        raise Refused("leave-asked")
    trainers = deciders(turn, who.unit, who.id)
    awaited.clear(turn, who.id)
    if trainers:
        absence = known(absences.ask(turn, who.id, first, last).id)
        for trainer in trainers:
            words = turn.words[trainer.language]
            message = views.leave_request(
                words, absence=absence, name=who.person.name, first=first, last=last, today=who.today
            )
            outbox.tell(turn, known(trainer.id), f"leave/{absence}/{trainer.id}", message, urgency=URGENT)
    message = views.leave_asked(who.words, trainers=names(trainers), first=first, last=last, today=who.today)
    return Reply(message=message)


def ask_in_words(turn: Turn, who: Caller, text: str) -> Reply:
    """The dates as somebody writes them. Raises Refused when they cannot be read."""
    span = read_days(text, who.today)
    if span is None:
        raise Refused("leave-unreadable")
    return ask(turn, who, *span)


def rest_today(turn: Turn, who: Caller, sitting_id: int) -> Reply:
    """The push's own button: not today."""
    played = sittings.load(turn, sitting_id)
    if played is None or played.sitting.person_id != who.id:
        raise Refused("not-yours")
    if played.sitting.day != who.today:
        raise Refused("old")
    return ask(turn, who, who.today, who.today)


def decide(turn: Turn, who: Caller, absence_id: int, *, granted: bool) -> Reply:
    """The trainer's yes or no; the person hears it."""
    absence = absences.find(turn, absence_id)
    if absence is None:
        raise Refused("no-right")
    person = people.get(turn, absence.person_id)
    who.need(Act.GRANT_LEAVE, units.get(turn, person.unit_id).path)
    if person.id == who.id:
        raise Refused("about-yourself")
    if absence.decided_at is not None:
        return Reply(message=Message(body=who.words("leave.decided")), replaces=True)
    absences.decide(turn, absence_id, who.id, granted=granted)
    words = turn.words[person.language]
    span = {"first": absence.first_day, "last": absence.last_day, "today": who.today}
    told = views.leave_told(words, granted=granted, trainer=who.person.name, **span)
    outbox.tell(turn, known(person.id), f"leave/{absence_id}/told", told, urgency=URGENT)
    return Reply(message=views.leave_done(who.words, granted=granted, name=person.name, **span), replaces=True)
