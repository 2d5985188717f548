"""`chenlian rehearse`: whole days through everything that is real but the people, the clock and the platform."""

import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from bot.chat.words import Words
from bot.content import digest, load
from bot.rehearsal.audit import Evidence, Findings, audit
from bot.rehearsal.channel import NAME, RecordingChannel
from bot.rehearsal.clock import Clock
from bot.rehearsal.faults import Faults, FragileChannel, FragileStore
from bot.rehearsal.theatre import Theatre
from bot.rehearsal.town import build, link_groups, plain
from bot.rehearsal.troupe import ZONE, Troupe
from bot.rehearsal.truth import Quality, minds_of, quality
from bot.store import answers, cases, editions, people, units
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.trouble import StoreTrouble
from bot.store.turn import InForce, Reader

FIRST = date(2026, 3, 2)
"""Rehearsals begin on this Monday, so that a seed says everything."""
OFTEN, DEATHS, STEPS = 1 / 150, 25, 55
"""How often a step kills the process once each has done so, but in a large rehearsal so often that about so many die;
a person's day has some such number of steps."""
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to rehearse."""

    branches: int = 1
    staff: int = 6
    days: int = 5
    seed: int = 1
    database_url: str = ""
    faults: bool = False


@dataclass(slots=True)
class Result:
    """What came of it, as the command prints it."""

    findings: Findings
    answers: int
    quality: Quality
    killed: dict[str, int] = field(default_factory=dict)
    """How often the process died at each named point."""
    flagged: list[dict[str, str]] = field(default_factory=list)
    curve: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The named fields of the published interface."""
        found = self.findings
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {
            "letters": found.letters,
            "duplicates": found.duplicates,
            "losses": found.losses,
            "answers": self.answers,
            "repeats": found.repeats,
            "crashes": sum(self.killed.values()),
            "missing": list(found.missing),
            "flagged": self.flagged,
            "curve": self.curve,
            **self.quality.to_json(),
            "seconds": round(self.seconds, 2),
            "peak_mib": round(peak, 1),
        }


async def rehearse(
    options: Options, content: Path, words: Mapping[str, Words], progress: Callable[[int, int], None]
) -> Result:
    """Run the days and audit them. Raises StoreTrouble when the database cannot be used."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chenlian-") as folder:
        url = options.database_url or f"sqlite:///{folder}/rehearsal.db"
        migrate(url)
        stage = Stage(url, options, words)
        await stage.open(content)
        try:
            for day in stage.days:
                await stage.troupe.live(day)
                progress(stage.days.index(day) + 1, len(stage.days))
            result = await stage.result()
        finally:
            await stage.theatre.store.close()
    result.seconds = time.monotonic() - begun
    return result


class Stage:
    """One rehearsal's pieces, put together."""

    def __init__(self, url: str, options: Options, words: Mapping[str, Words]) -> None:
        self._url, self._options, self._words = url, options, words
        self._clock = Clock(datetime.combine(FIRST, datetime.min.time(), ZONE) + timedelta(hours=7))
        self._faults = Faults(Random(f"faults {options.seed}"), _rate(options)) if options.faults else None
        self._processes = count(1)
        self._dead = timedelta()
        self.days: tuple[date, ...] = ()

    async def open(self, content: Path) -> None:
        """Publish the content, build the bank, and let the troupe in."""
        store = await self._process(fragile=False)
        if await store.look(units.branches, "/"):
            await store.close()
            raise StoreTrouble(f"The database {store.address.shown} holds a bank already. Rehearse on an empty one.")
        body = load(content).body
        await store.do(editions.publish, body, digest(body))
        plan = plain(self._options.branches, self._options.staff)
        town = await store.do(build, plan, channel=NAME, joined=FIRST)
        await store.do(link_groups, town, channel=NAME)
        rules = await store.look(_rules)
        self.days = _working_days(rules, self._options.days)
        await store.close()
        channel = FragileChannel(self._clock, self._faults) if self._faults else RecordingChannel(self._clock)
        self.theatre = Theatre(await self._process(), self._clock, channel, self._process if self._faults else None)
        seed = self._options.seed
        self.troupe = Troupe(self.theatre, town, minds_of(town, rules.bank, seed), Random(seed), rules.policy)

    async def _process(self, *, fragile: bool = True) -> Store:
        """A new process on the same database; the heartbeat of the one before has grown cold."""
        self._dead += LEASE
        dead = self._dead
        store = FragileStore(
            self._url,
            clock=self._clock,
            wall=lambda: self._clock() + dead,
            words=self._words,
            process=f"process {next(self._processes)}",
        )
        store.faults = self._faults if fragile else None
        if self._faults:
            self._faults.revive()
        await store.start()
        return store

    async def result(self) -> Result:
        """Audit the record."""
        theatre, log = self.theatre, self.troupe.log
        kept = await theatre.store.look(_answered_slots)
        evidence = Evidence(
            asked=theatre.asked,
            said=log.answered,
            kept=kept,
            destroyed=self._faults.destroyed if self._faults else Counter(),
        )
        findings = audit(theatre.channel.record, self.troupe.town, self.days, evidence)
        return Result(
            findings=findings,
            answers=len(kept),
            quality=await theatre.store.look(
                quality, self.troupe.town, self.troupe.minds, self.days, list(theatre.asked), log.came
            ),
            killed=dict(self._faults.killed) if self._faults else {},
            flagged=await theatre.store.look(_flagged, self.days),
            curve=await theatre.store.look(_curve, self.days),
        )


def _rate(options: Options) -> float:
    return min(OFTEN, DEATHS / (options.branches * options.staff * options.days * STEPS))


def _rules(turn: Reader) -> InForce:
    return turn.in_force("/")


def _working_days(rules: InForce, n: int) -> tuple[date, ...]:
    days: list[date] = []
    day = FIRST - timedelta(days=1)
    while len(days) < n:
        day = rules.calendar.next_working(day)
        days.append(day)
    return tuple(days)


def _answered_slots(turn: Reader) -> list[int]:
    return [given.slot for person in people.below(turn, "/1/") for given in answers.of_person(turn, person.id or 0)]


def _flagged(turn: Reader, days: tuple[date, ...]) -> list[dict[str, str]]:
    branches = [unit.id or 0 for unit in units.branches(turn, "/")]
    found = [case for unit in branches for day in days for case in cases.of_unit(turn, unit, day=day)]
    names = people.many(turn, {c.person_id for c in found})
    return [
        {"day": c.day.isoformat(), "staff": names[c.person_id].name, "reason": f"{c.rule}: {c.checkpoint}"}
        for c in sorted(found, key=lambda c: (c.day, c.id or 0))
    ]


def _curve(turn: Reader, days: tuple[date, ...]) -> list[dict[str, Any]]:
    curve = []
    for day in days:
        right = asked = 0
        for unit in units.branches(turn, "/"):
            for _, r, n in answers.scores(turn, unit.id or 0, day, "morning"):
                right, asked = right + r, asked + n
        curve.append({"day": day.isoformat(), "correct": round(right / asked, 4) if asked else None})
    return curve
