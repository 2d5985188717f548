"""What is neither words nor a tap: we say what we can't do with it, once for a burst of them."""

from datetime import timedelta

from bot.services.caller import Caller
from bot.store import outbox
from bot.store.turn import Turn
from bot.views import people as views
from drills.people import Act

WHILE = timedelta(minutes=3)
"""Ten pictures at once are answered once; half an hour later the answer is welcome again."""


def puzzled(turn: Turn, who: Caller, kind: str) -> None:
    """Tell them what to do instead. What was awaited of them still is."""
    window = int(turn.now.timestamp() // WHILE.total_seconds())
    message = views.wordless(who.words, kind, drilled=who.may(Act.SEE_OWN))
    outbox.tell(turn, who.id, f"wordless/{kind}/{who.id}/{window}", message, urgency=outbox.REPLY_URGENCY)
