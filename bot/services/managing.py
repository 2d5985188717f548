"""The manager asks now: today's summary so far, or yesterday's while today has hardly begun; and details."""

from datetime import date

from bot.chat.message import Reply
from bot.services import caseflow, leading, summing
from bot.services import overdue as late_cases
from bot.services.caller import Caller, known
from bot.services.deciding import branch
from bot.services.duty import opens
from bot.store import people, units
from bot.store.turn import Reader
from bot.views import summary as views
from drills.people import Act


def summary_now(turn: Reader, who: Caller) -> Reply:
    """The summary of today once the morning has closed; before, of the working day before."""
    unit = leading.home(turn, who, Act.SEE_SUMMARY)
    return Reply(message=summing.message_for(turn, unit, leading.last_closed(turn, unit), who))


def summary_of(turn: Reader, who: Caller, unit_id: int, day: date) -> Reply:
    """The summary of a day, on the way back from what is behind it."""
    return Reply(message=summing.message_for(turn, branch(turn, who, unit_id, Act.SEE_SUMMARY), day, who))


def idle(turn: Reader, who: Caller, unit_id: int, day: date) -> Reply:
    """The branches that held no drill that day."""
    unit = branch(turn, who, unit_id, Act.SEE_SUMMARY)
    rules = turn.in_force(unit.path)
    found = [
        (b.name, known(b.id), n)
        for b in units.branches(turn, unit.path)
        if opens(turn, b, rules, day) and (n := summing.idle_days(turn, b, rules, day))
    ]
    return Reply(message=views.idle(who.words, unit_id, day, found))


def overdue(turn: Reader, who: Caller, unit_id: int, day: date) -> Reply:
    """The cases that were overdue at the end of that day; by name only to whoever may see who stays."""
    unit = branch(turn, who, unit_id, Act.SEE_SUMMARY)
    late = late_cases.below(turn, unit.path, day)
    names = people.many(turn, [case.person_id for _, case, _ in late])
    found = []
    for where, case, _ in late:
        name = names[case.person_id].name if who.may(Act.SEE_TONIGHT, where.path) else ""
        found.append((where.name, name, caseflow.checkpoint_name(turn.in_force(where.path), case.checkpoint)))
    return Reply(message=views.overdue(who.words, unit_id, day, found))
