"""The simulated truth, and how well the program's lists meet it: who really has a gap, who was kept, how long."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from bot.rehearsal.mind import Mind
from bot.rehearsal.town import Town
from bot.services.spending import evening_minutes
from bot.store import cases, units
from bot.store.turn import Reader
from drills.cases import Event
from drills.minutes import OF
from drills.people import Post
from drills.questions import Bank
from drills.silence import running

OFFENDERS = 0.15
"""The share of staff who miss one critical item whatever they are told (learning §6.1: so many are truly weak)."""
TRUANTS, SHIRKED = 0.05, 0.5
"""The share of staff who leave whole days lying, and how many of them: ours alone, so that there are no-shows to
find."""
WEAK, GOOD = 0.80, 0.90
"""A chance of knowing a checkpoint below which somebody is weak, and from which on they are good: learning §6.1."""
SPREAD = 0.094
"""How much people differ: with a mean of 0.9, 15 % are weak and 49 % good, as in learning §6.1."""


def minds_of(town: Town, bank: Bank, seed: int) -> dict[str, Mind]:
    """What each person with a post knows, by address; some of them repeat one mistake, some leave days lying."""
    minds = {}
    for member in town.plan.cast:
        if member.post:
            rng = Random(f"{seed}/{member.name}")
            ability = min(0.97, max(0.35, rng.gauss(member.ability, SPREAD)))
            fate = Random(f"{seed}/{member.name}/offender")  # dice of its own, so that everything else stays as it was
            asked = critical(bank, Post(member.post))
            blind = frozenset({fate.choice(asked)}) if asked and fate.random() < OFFENDERS else frozenset[str]()
            shirks = SHIRKED if fate.random() < TRUANTS else 0.0
            minds[str(town.people[member.name])] = Mind(rng, ability, diligence=0.95, shirks=shirks, blind=blind)
    return minds


def critical(bank: Bank, post: Post) -> list[str]:
    """The critical items that somebody with this post is asked about."""
    asked = {question.checkpoint for question in bank.questions.values() if post in question.posts}
    return sorted(code for code in asked if bank.checkpoints[code].critical)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Of all on the evening's lists, the share who have a gap (`precision`): weak, always wrong in one critical item,
    or silent two working days running; of all who have one, the share ever on a list (`recall`); of the good, the share
    ever kept (`good_kept`); each None where there is nobody to count. The most minutes of any person's evenings in a
    day, a week and a month, and the taps of a branch's leaders in a day."""

    precision: float | None
    recall: float | None
    good_kept: float | None
    evening_minutes: Mapping[str, int]
    trainer_taps: float

    def to_json(self) -> dict[str, object]:
        """The named fields of the published interface."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "good_kept": self.good_kept,
            "evening_minutes": dict(self.evening_minutes),
            "trainer_taps": self.trainer_taps,
        }


def silent_twice(came: Collection[date], days: Sequence[date]) -> bool:
    """Whether somebody who `came` on these days only left two running of all rehearsed `days` lying, early enough for
    a list of theirs."""
    quiet = set(days) - set(came)
    return any(running(day, days, quiet) for day in days)


def quality(
    turn: Reader,
    town: Town,
    minds: Mapping[str, Mind],
    days: Sequence[date],
    asked: Collection[tuple[str, str]],
    came: Mapping[str, Collection[date]],
) -> Quality:
    """Compare the lists of these days with the truth. `asked` are the events handed in, with their addresses; `came`
    the days on which each address answered its morning's questions."""
    branches = [unit.id or 0 for unit in units.branches(turn, "/")]
    listed = [case for unit in branches for day in days for case in cases.of_unit(turn, unit, day=day)]
    named = {str(case.person_id) for case in listed}
    kept = {str(c.person_id) for c in listed if any(s.event == Event.CALL for s in cases.steps(turn, c.id or 0))}
    truants = {who for who in minds if silent_twice(came.get(who, ()), days)}
    gaps = {who for who, mind in minds.items() if mind.ability < WEAK or mind.blind} | truants
    good = {who for who, mind in minds.items() if mind.ability >= GOOD} - gaps
    leaders = {str(town.people[m.name]) for branch in town.plan.branches for m in town.of(branch, drilled=False)}
    taps = sum(address in leaders for _, address in asked)
    return Quality(
        precision=_share(named & gaps, named),
        recall=_share(named & gaps, gaps),
        good_kept=_share(kept & good, good),
        evening_minutes=longest(evening_minutes(turn, "/", min(days), max(days))),
        trainer_taps=round(taps / (len(days) * len(branches)), 2),
    )


def _share(part: Collection[str], whole: Collection[str]) -> float | None:
    return round(len(part) / len(whole), 4) if whole else None


def longest(evenings: Mapping[tuple[int, date], int]) -> dict[str, int]:
    """The most minutes of one person in a day, a week and a month, of minutes by person and day."""
    found: dict[str, int] = {}
    for span, of in OF.items():
        sums: dict[tuple[int, tuple[int, ...]], int] = defaultdict(int)
        for (person, day), minutes in evenings.items():
            sums[person, of(day)] += minutes
        found[span] = max(sums.values(), default=0)
    return found
