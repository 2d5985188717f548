"""How long people's evenings took: counted as working time."""

import math
from collections import defaultdict
from datetime import date

from bot.store import sittings
from bot.store.turn import Reader

MINUTE = 60  # seconds


def evening_minutes(turn: Reader, path: str, first: date, last: date) -> dict[tuple[int, date], int]:
    """Minutes by person and day on or below a path, from an evening's first question to its last answer; begun minutes
    are whole ones."""
    found: dict[tuple[int, date], int] = defaultdict(int)
    for person, day, begun, ended in sittings.evenings(turn, path, first, last):
        found[person, day] += math.ceil((ended - begun).total_seconds() / MINUTE)
    return dict(found)
