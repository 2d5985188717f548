"""No-shows: a working day whose questions somebody was sent and never answered, not even by the afternoon. Two in a row
are a cause to stay (DESIGN §9, tier C); one is made up for and forgotten."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from drills.questions import Checkpoint

IN_A_ROW = 2
"""No-shows on so many working days running: DESIGN §9."""


def running(day: date, worked: Iterable[date], silent: Collection[date]) -> tuple[date, ...]:
    """Somebody's last two working days before a day, oldest first, where neither was answered; else none. `worked` are
    the days they were asked on: leave, a closed day and one whose questions never arrived are not among them, so that
    none of these makes a no-show, and none excuses one."""
    last = sorted(d for d in worked if d < day)[-IN_A_ROW:]
    return tuple(last) if len(last) == IN_A_ROW and all(d in silent for d in last) else ()


def about(
    unanswered: Sequence[str], checkpoints: Mapping[str, Checkpoint], taken: Collection[str] = frozenset()
) -> str:
    """What the evening of two no-shows is about: of the questions left lying last, in their order, the first critical
    checkpoint, else the first, because law, money and safety come first and something has to be asked. Not one that an
    open case has `taken`, nor one the bank in force does not know; empty where there is no other."""
    left = [code for code in unanswered if code in checkpoints and code not in taken]
    return next((code for code in left if checkpoints[code].critical), left[0] if left else "")
