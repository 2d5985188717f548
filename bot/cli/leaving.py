"""`chenlian leave`: a list of leave or a rota read and told, then entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.words import Words
from bot.cli.speaking import Told
from bot.config import Settings
from bot.main import now, process_name
from bot.services import branches, rota
from bot.services.caller import local
from bot.services.roster import NotSound
from bot.sheets.problems import Problem, Unreadable, report, told
from bot.sheets.reading import read
from bot.sheets.rota import read_rota
from bot.store.store import Store
from bot.store.turn import Look
from bot.views import catalogue
from bot.views import rota as views
from drills.refused import Refused
from drills.rota import Stretch

MOST_TOLD = 50
"""So many people are told; --json has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a list."""

    words: Words
    today: date
    plan: rota.Plan
    rows: int = 0
    applied: bool = False

    @property
    def exit_code(self) -> int:
        """0 for a sound list."""
        return 1 if self.plan.problems else 0

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        changes = self.plan.changes
        return {
            "applied": self.applied,
            "problems": [problem.to_json(self.words.language) for problem in self.plan.problems],
            "entered": [_who(each) | _days(s) for each in changes for s in each.change.fresh],
            "back": [_who(each) | {"days": _iso(each.change.back)} for each in changes if each.change.back],
            "kept": [_who(each) | {"days": _iso(each.change.kept)} for each in changes if each.change.kept],
            "same": sum(each.change.same for each in changes),
            "gone": self.plan.gone,
        }

    def text(self) -> str:
        """What a person reads."""
        if self.plan.problems:
            return report(self.plan.problems, self.rows, self.words.language)
        concerned = self.plan.concerned
        lines = views.lines(self.words, self.plan.preview, self.today)
        lines += [f"  {views.days_of(self.words, e.person.name, e.change, self.today)}" for e in concerned[:MOST_TOLD]]
        lines += ["  …"] if len(concerned) > MOST_TOLD else []
        lines += [] if concerned else [self.words("upload.nothing")]
        return "\n".join([*lines, told("plan", "done" if self.applied else "dry", self.words.language)])


def _who(each: rota.Off) -> dict[str, Any]:
    return {"number": each.person.staff_number, "name": each.person.name}


def _days(stretch: Stretch) -> dict[str, Any]:
    return {"from": stretch.first.isoformat(), "to": stretch.last.isoformat(), "kind": stretch.kind}


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


async def take(settings: Settings, path: Path, *, apply: bool, branch: str = "") -> Outcome:
    """Read the list, compare it with what stands and, where that is asked, enter it. Raises Told for a unit nobody
    knows."""
    words = catalogue()[settings.language]
    url = settings.database_url.get_secret_value()
    async with Store(url, clock=now, wall=now, words=catalogue(), process=process_name()) as store:
        bounds = await store.look(_bounds, branch, settings)
        try:
            listing = read_rota(read(path), bounds.today)
        except Unreadable as error:
            return _wrong(words, bounds, [error.problem])
        planned = await store.look(rota.plan, listing.lines, bounds)
        problems = [*listing.problems, *planned.problems]
        if not problems and apply:
            try:
                planned, _ = await store.do(rota.apply, listing.lines, bounds)
            except NotSound as error:
                problems = list(error.problems)
    if problems:
        return _wrong(words, bounds, problems, listing.rows)
    return Outcome(words=words, today=bounds.today, plan=planned, rows=listing.rows, applied=apply)


def _wrong(words: Words, bounds: rota.Bounds, problems: Iterable[Problem], rows: int = 0) -> Outcome:
    ordered = tuple(sorted(problems, key=lambda problem: problem.row))
    return Outcome(words=words, today=bounds.today, plan=rota.Plan(problems=ordered), rows=rows)


def _bounds(turn: Look, said: str, settings: Settings) -> rota.Bounds:
    if not said:
        return rota.Bounds(today=turn.now.astimezone(ZoneInfo(settings.timezone)).date())
    try:
        unit = branches.find(turn, said)
    except Refused as refused:
        raise Told(turn.words[settings.language](f"refused.{refused.why}", **refused.values)) from refused
    return rota.Bounds(paths=(unit.path,), today=local(turn, unit).date())
