"""`chenlian roster`: a staff list read and told, then done; or written to a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.speaking import Told
from bot.config import Settings
from bot.main import now, process_name
from bot.services import branches, roster
from bot.sheets.lists import list_rows, placed, read_list
from bot.sheets.problems import Problem, Unreadable, report, told
from bot.sheets.reading import read
from bot.sheets.saying import parts, unchanged
from bot.sheets.writing import write
from bot.store import units
from bot.store.store import Store
from bot.store.turn import Look
from bot.views import catalogue
from drills.places import Chain
from drills.refused import Refused
from drills.roster import Entry

MOST_TOLD = 50
"""So many names of a kind are told; --json has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a list."""

    language: str
    plan: roster.Plan
    rows: int = 0
    applied: bool = False
    leavers: bool = False

    @property
    def exit_code(self) -> int:
        """0 for a sound list."""
        return 1 if self.plan.problems else 0

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return as_json(self.plan, self.language, applied=self.applied, leavers=self.leavers)

    def text(self) -> str:
        """What a person reads."""
        if self.plan.problems:
            return report(self.plan.problems, self.rows, self.language)
        changes = self.plan.changes
        lines: list[str] = []
        for part in parts(changes, self.plan.units, self.language, leavers=self.leavers):
            lines += [part.said, *(f"  {line}" for line in part.lines[:MOST_TOLD])]
            lines += ["  …"] if len(part.lines) > MOST_TOLD else []
        if changes.leavers and not self.leavers:
            lines.append(self._word("add-leavers"))
        return "\n".join([*lines, unchanged(changes, self.language), self._word("done" if self.applied else "dry")])

    def _word(self, key: str) -> str:
        return told("plan", key, self.language)


def as_json(plan: roster.Plan, language: str, *, applied: bool, leavers: bool) -> dict[str, Any]:
    """What a list would change, or has changed, in the published form."""
    changes = plan.changes
    return {
        "applied": applied,
        "problems": [problem.to_json(language) for problem in plan.problems],
        "units": ["/".join(chain) for chain in plan.units],
        "joiners": [_json(entry) for entry in changes.joiners],
        "returners": [_json(entry) for entry in changes.returners],
        "movers": [{"before": _json(m.before), "after": _json(m.after)} for m in changes.movers],
        "leavers": [_json(entry) for entry in changes.leavers] if leavers else [],
        "missing": [] if leavers else [_json(entry) for entry in changes.leavers],
        "unchanged": len(changes.unchanged),
    }


def _json(entry: Entry) -> dict[str, Any]:
    unit, roles = "/".join(entry.place), sorted(entry.roles)
    return {"number": entry.number, "name": entry.name, "post": entry.post, "unit": unit, "roles": roles}


async def take(settings: Settings, path: Path, *, apply: bool, leavers: bool, branch: str = "") -> Outcome:
    """Read the list, compare it with the people there are and, where that is asked, do it. A list without a column for
    the branch belongs to `branch`, or to the only one. Raises Told for a branch nobody knows."""
    language = "en" if settings.language == "en" else "zh"
    try:
        listing = read_list(read(path))
    except Unreadable as error:
        return Outcome(language=language, plan=roster.Plan(problems=(error.problem,)))
    async with _store(settings) as store:
        if listing.placeless:
            listing = placed(listing, await store.look(_home, branch, settings.language))
        planned = await store.look(roster.plan, listing.lines)
        problems = [*listing.problems, *planned.problems]
        if not problems and apply:
            try:
                planned = await store.do(roster.apply, listing.lines, None, leavers=leavers, timezone=settings.timezone)
            except roster.NotSound as error:
                problems, apply = list(error.problems), False
    if problems:
        planned = roster.Plan(problems=tuple(sorted(problems, key=_row)))
    return Outcome(language=language, plan=planned, rows=listing.rows, applied=apply and not problems, leavers=leavers)


def _home(turn: Look, said: str, language: str) -> Chain | None:
    try:
        return units.chain(turn, branches.find(turn, said)) if said else roster.only_branch(turn)
    except Refused as refused:
        raise Told(turn.words[language](f"refused.{refused.why}", **refused.values)) from refused


def _row(problem: Problem) -> int:
    return problem.row


async def give(settings: Settings, path: Path) -> tuple[int, str]:
    """Write the staff list to a file: the exit code and what to say."""
    language = "en" if settings.language == "en" else "zh"
    async with _store(settings) as store:
        entries = await store.look(roster.listing)
    try:
        write(path, list_rows(entries, language))
    except Unreadable as error:
        return 1, "".join(error.problem.tell(language))
    return 0, told("plan", "exported", language).format(n=len(entries), path=path)


def _store(settings: Settings) -> Store:
    url = settings.database_url.get_secret_value()
    return Store(url, clock=now, wall=now, words=catalogue(), process=process_name())
