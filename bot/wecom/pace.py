"""How long the edge waits, and how much is written."""

from dataclasses import dataclass

from bot.edge.pace import Tries
from bot.wecom.traffic import APP, Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Tries):
    """As for every event; how long a call is held open, which is longer than WeCom's five seconds; how much is sent."""

    patience: float = 6.0
    most: int = 5000  # events in hand before new ones are left to WeCom
    knock: float = 5.0  # the first pause when WeCom can't be reached at the start; they double
    rates: Rates = APP


USUAL = Pace()
