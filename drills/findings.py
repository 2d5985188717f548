"""Findings: what somebody saw at the counter, and which checkpoints come first in a branch's drills because of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Seen(StrEnum):
    """How a finding came about (domain SP-37: on site, or off site by recordings)."""

    SHOPPER = "shopper"  # the mystery shopper's report
    CAMERA = "camera"  # the branch's own recordings, looked at afterwards
    SPOT = "spot"  # on the spot


@dataclass(frozen=True, slots=True)
class Found:
    """A checkpoint that was found wanting on a branch, on the day it was entered."""

    checkpoint: str
    on: date


def raised(found: Iterable[Found], recent_days: Sequence[date], known: Collection[str]) -> frozenset[str]:
    """The checkpoints to be drilled first today: found on one of the branch's recent working days (or on a free day
    between them), and known to the bank in force."""
    since = min(recent_days, default=date.max)
    return frozenset(f.checkpoint for f in found if f.on >= since and f.checkpoint in known)
