"""How long the edge waits, and how much is written."""

from dataclasses import dataclass, field

from bot.edge.pace import Tries
from bot.telegram.traffic import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Tries):
    """Seconds, how often an event is tried before it is parked, and how much is written."""

    poll: int = 25  # Telegram holds a poll this long; 50 at most
    trouble: float = 1.0  # the first pause when Telegram can't be reached; they double
    conflict: float = 3.0  # the first pause when somebody else polls with our token
    farewell: float = 3.0  # no longer for the last word to Telegram
    settle: float = 0.6  # a poll with the same offset within 0.5 s is given one update only
    most: int = 500  # updates in hand before Telegram is asked to come later
    patience: float = 50.0  # a call of Telegram's waits no longer for its update; it gives up after 60
    watch: float = 60.0  # so often Telegram is asked what it thinks of our webhook
    rates: Rates = field(default_factory=Rates)


USUAL = Pace()
