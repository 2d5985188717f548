"""Reads tariffs, and draws the cases of a question from one."""

import itertools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from bot.content.notation import read_code, read_period, read_source
from bot.content.problems import Notes
from bot.content.tree import Entry, mapping
from drills.fees import BeyondTariff, Tariff, Tier, charge
from drills.questions import Case

FILE = "fees.yaml"
SUM = "金额"
"""The place in a stem that the sum takes."""


def read_tariffs(folder: Path, notes: Notes) -> dict[str, Tariff | None]:
    """Every tariff of fees.yaml by code; None where it is there but not sound."""
    root = mapping(folder, FILE, notes)
    tariffs: dict[str, Tariff | None] = {}
    for entry in root.entries("tariffs") if root else []:
        before = len(notes.problems)
        tariff = _tariff(entry)
        if tariff.code in tariffs:
            entry.note("duplicate-code", "code", code=tariff.code, other=FILE)
        tariffs[tariff.code] = tariff if len(notes.problems) == before else None
    if root:
        root.finish()
    return tariffs


def _tariff(entry: Entry) -> Tariff:
    first, last = read_period(entry)
    tariff = Tariff(
        code=read_code(entry),
        name=entry.text("name"),
        tiers=tuple(_tier(e, place) for place, e in enumerate(entry.entries("tiers"), 1)),
        minimum=entry.number("minimum", needed=False),
        maximum=entry.number("maximum", needed=False),
        source=read_source(entry),
        valid_from=first,
        valid_to=last,
    )
    bounds = [t.up_to for t in tariff.tiers]
    for place, (lower, upper) in enumerate(itertools.pairwise(bounds), 2):
        if lower is None or (upper is not None and upper <= lower):
            entry.note("falling-tiers", f"tiers.{place}", place=place)
    entry.finish()
    return tariff


def _tier(entry: Entry, place: int) -> Tier:
    tier = Tier(
        up_to=entry.number("up_to", needed=False),
        fee=entry.number("fee", needed=False),
        rate=entry.number("rate", needed=False),
    )
    if entry.has("fee") == entry.has("rate"):
        entry.note("fee-or-rate", place=place)
    entry.finish()
    return tier


def written(sum_: Fraction) -> str:
    """A sum as a stem shows it: 2,000 or 2,000.01."""
    return f"{int(sum_):,}" if sum_.denominator == 1 else f"{float(sum_):,.2f}"


def tariff_cases(
    entry: Entry, tariffs: Mapping[str, Tariff | None], period: tuple[date, date | None]
) -> tuple[Case, ...]:
    """One case for each of the question's sums, with the fee that its tariff charges."""
    tariff = tariffs.get(entry.word("tariff", tariffs))
    sums = [(text, place) for place, text in enumerate(entry.texts("sums"), 1)]
    if tariff is None:
        return ()
    first, last = period
    if first < tariff.valid_from or (tariff.valid_to or date.max) < (last or date.max):
        entry.note("outlives-tariff", "tariff", tariff=tariff.code)
    cases = []
    for text, place in sums:
        try:
            sum_ = Fraction(text.replace(",", ""))
            cases.append(Case(values={SUM: written(sum_)}, answer=charge(tariff, sum_)))
        except BeyondTariff:
            entry.note("beyond-tariff", f"sums.{place}", sum=text, tariff=tariff.code)
        except (ValueError, ZeroDivisionError):
            entry.note("not-number", f"sums.{place}", name=f"sums.{place}", text=text)
    return tuple(cases)
