"""What a tariff charges for a sum. Exact fractions of a yuan, rounded to fen once, at the end."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from drills.questions import Source

FEN = Fraction(1, 100)


class BeyondTariff(ValueError):
    """The tariff says nothing about this sum: it is above the last tier, or not a sum of money at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Sums up to and including `up_to` (None: without end) cost a fixed `fee`, or a `rate` of the sum."""

    up_to: Fraction | None = None
    fee: Fraction | None = None
    rate: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """A published price: tiers in rising order, and what it never goes under or over, whatever the tier says."""

    code: str
    name: str
    tiers: tuple[Tier, ...]
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    source: Source
    valid_from: date
    valid_to: date | None = None


def charge(tariff: Tariff, sum_: Fraction) -> Fraction:
    """The fee in yuan. The first tier that reaches the sum decides; half a fen is rounded up."""
    tier = next((t for t in tariff.tiers if t.up_to is None or sum_ <= t.up_to), None)
    if tier is None or sum_ <= 0:
        raise BeyondTariff(tariff.code)
    fee = (tier.fee or Fraction(0)) + (tier.rate or Fraction(0)) * sum_
    if tariff.minimum is not None:
        fee = max(fee, tariff.minimum)
    if tariff.maximum is not None:
        fee = min(fee, tariff.maximum)
    return ((fee / FEN + Fraction(1, 2)) // 1) * FEN
