from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.fees import FEN, BeyondTariff, Tariff, Tier, charge
from drills.questions import Source


def tariff(*tiers: Tier, minimum: Fraction | None = None, maximum: Fraction | None = None) -> Tariff:
    return Tariff(
        code="t",
        name="某收费",
        tiers=tiers,
        minimum=minimum,
        maximum=maximum,
        source=Source(document="某文件"),
        valid_from=date(2014, 8, 1),
    )


INDIVIDUAL = tariff(
    Tier(up_to=Fraction(2000), fee=Fraction(2)),
    Tier(up_to=Fraction(5000), fee=Fraction(5)),
    Tier(up_to=Fraction(10000), fee=Fraction(10)),
    Tier(up_to=Fraction(50000), fee=Fraction(15)),
    Tier(rate=Fraction(3, 10000)),
    maximum=Fraction(50),
)


@pytest.mark.parametrize(
    ("sum_", "fee"),
    [("0.01", 2), ("2000", 2), ("2000.01", 5), ("50000", 15), ("50000.01", 15), ("60000", 18), ("166666.67", 50)],
)
def test_bounds_are_inclusive_and_the_cap_holds(sum_: str, fee: int) -> None:
    assert charge(INDIVIDUAL, Fraction(sum_)) == fee


def test_a_minimum_holds() -> None:
    assert charge(tariff(Tier(rate=Fraction(1, 1000)), minimum=Fraction(5)), Fraction(100)) == 5
    assert charge(tariff(Tier(rate=Fraction(1, 1000)), minimum=Fraction(5)), Fraction(10000)) == 10


@pytest.mark.parametrize(("sum_", "fee"), [("9999", "50"), ("1", "0.01"), ("0.99", "0"), ("3", "0.02"), ("5", "0.03")])
def test_half_a_fen_is_rounded_up_once(sum_: str, fee: str) -> None:
    assert charge(tariff(Tier(rate=Fraction(5, 1000))), Fraction(sum_)) == Fraction(fee)


@pytest.mark.parametrize("sum_", [Fraction(100001), Fraction(0), Fraction(-1)])
def test_beyond_the_tariff_is_no_fee_of_nought(sum_: Fraction) -> None:
    with pytest.raises(BeyondTariff, match="t"):
        charge(tariff(Tier(up_to=Fraction(100000), fee=Fraction(9))), sum_)


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_a_larger_sum_never_costs_less_and_fees_are_whole_fen(fen: int, more: int) -> None:
    low, high = charge(INDIVIDUAL, fen * FEN), charge(INDIVIDUAL, (fen + more) * FEN)
    assert low <= high <= 50
    assert (low / FEN).denominator == 1
