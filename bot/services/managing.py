"""The manager asks now: today's summary so far, or yesterday's while today has hardly begun."""

from bot.chat.message import Reply
from bot.services import leading, summing
from bot.services.caller import Caller
from bot.store.turn import Reader
from drills.people import Act


def summary_now(turn: Reader, who: Caller) -> Reply:
    """The summary of today once the morning has closed; before, of the working day before."""
    unit = leading.home(turn, who, Act.SEE_SUMMARY)
    return Reply(message=summing.message_for(turn, unit, leading.last_closed(turn, unit), who.person))
