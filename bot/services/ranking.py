"""Boards over a window: persons and teams of a branch, branches and units of a unit above; praise only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.words import Words
from bot.services import attendance
from bot.services.caller import Caller, known, local
from bot.services.standing import TOP, standing
from bot.store import marks, people, units
from bot.store.marks import Mark
from bot.store.tables import Unit
from bot.store.turn import Reader
from bot.views import boards
from drills.boards import By, Place, Score, praised, rank
from drills.policy import Policy
from drills.windows import Span, Window, minimum, target

TEAM = 2
"""A team of one would be a person's own figures under another name (decision 26)."""


@dataclass(frozen=True, slots=True)
class Field:
    """Who is compared: their marks by key, what some keys are called, and all of whom the figures above are the sum."""

    marks: Mapping[int, Mark]
    called: Callable[[Sequence[int]], Mapping[int, str]]
    whole: Sequence[Mark]
    prior: int = 0


def scopes(unit: Unit, policy: Policy) -> list[By]:
    """What may be compared on a unit: on a branch persons, teams and, where the policy lets it, itself among others;
    above, the branches and the units right below."""
    if unit.level == units.BRANCH:
        return [By.PERSON, By.TEAM, *([By.BRANCH] if policy.board_visibility == "county" and unit.parent_id else [])]
    return [By.BRANCH, *([By.UNIT] if unit.level < units.BRANCH - 1 else [])]


def board(turn: Reader, who: Caller, unit: Unit, days: Window, by: By) -> boards.Board:
    """The board of a window. The day's of a branch is the one that its group gets too."""
    if days.span is Span.DAY and by is By.PERSON:
        return standing(turn, unit, days.first, who.id)
    policy, until = turn.in_force(unit.path).policy, min(days.last, local(turn, unit).date())
    beside, persons = by is By.BRANCH and unit.level == units.BRANCH, by is By.PERSON
    field = _FIELD[by](turn, who.words, unit, (days.first, until))
    places = rank(_scores(field), minimum(policy, days.span), policy.board_prior if by in {By.BRANCH, By.UNIT} else 0)
    own = known(unit.id) if beside else who.id if persons else 0
    on_duty = sum(len(one.days) for one in attendance.expected(turn, unit, days.first, until))
    return boards.Board(
        unit=unit.name,
        day=days.first,
        answered=min(on_duty, sum(mark.days for mark in field.whole)),
        expected=on_duty,
        right=sum(mark.right for mark in field.whole),
        asked=sum(mark.asked for mark in field.whole),
        top=_top(field, praised(places, TOP)) if policy.board_names == "top" or not persons else [],
        own=next((p.place for p in places if p.key == own), None),
        of=sum(p.place is not None for p in places),
        minimum=minimum(policy, days.span),
        named=policy.board_names == "top" or not persons,
        window=Window(days.span, days.first, until),
        by=by,
        beside=beside,
        target=target(policy, days.first) if days.span is Span.STAGE else None,
    )


def _scores(field: Field) -> list[Score]:
    return [Score(key=key, right=mark.right, asked=mark.asked) for key, mark in field.marks.items()]


def _top(field: Field, best: Sequence[Place]) -> list[boards.Top]:
    names = field.called([p.key for p in best])
    return [boards.Top(place=p.place or 0, name=names[p.key], right=p.right, asked=p.asked) for p in best]


Days = tuple[date, date]


def _persons(turn: Reader, _words: Words, unit: Unit, days: Days) -> Field:
    found = marks.by_person(turn, known(unit.id), *days)
    return Field({m.key: m for m in found}, lambda keys: {i: p.name for i, p in people.many(turn, keys).items()}, found)


def _teams(turn: Reader, words: Words, unit: Unit, days: Days) -> Field:
    """The posts of which there are several people, numbered in their order."""
    posts = [p.post for p in people.on_unit(turn, known(unit.id)) if p.post]
    every = marks.by_post(turn, known(unit.id), *days)
    teams = dict(enumerate((m for m in every if posts.count(m.key) >= TEAM), 1))
    return Field(teams, lambda keys: {key: words(f"team.{teams[key].key}") for key in keys}, every)


def _branches(turn: Reader, _words: Words, unit: Unit, days: Days) -> Field:
    """The branches below a unit; of a branch, those of its county, while the figures above are its own."""
    at_branch = unit.level == units.BRANCH
    top = units.get(turn, unit.parent_id or known(unit.id)) if at_branch else unit
    found = _by_branch(turn, top, days)
    whole = [m for m in found.values() if not at_branch or m.key == unit.id]
    return Field(found, lambda keys: _names(turn, keys), whole)


def _units(turn: Reader, _words: Words, unit: Unit, days: Days) -> Field:
    """The branches' sums, added up by the unit right below that they belong to."""
    below = {known(b.id): units.ids(b.path)[len(units.ids(unit.path))] for b in units.branches(turn, unit.path)}
    parts: dict[int, list[Mark]] = defaultdict(list)
    for key, mark in _by_branch(turn, unit, days).items():
        parts[below[key]].append(mark)
    found = {
        child: Mark(child, sum(m.right for m in some), sum(m.asked for m in some), sum(m.days for m in some))
        for child, some in parts.items()
    }
    return Field(found, lambda keys: _names(turn, keys), list(found.values()))


_FIELD: Mapping[By, Callable[[Reader, Words, Unit, Days], Field]] = {
    By.PERSON: _persons,
    By.TEAM: _teams,
    By.BRANCH: _branches,
    By.UNIT: _units,
}


def _by_branch(turn: Reader, unit: Unit, days: Days) -> dict[int, Mark]:
    return {m.key: m for m in marks.by_branch(turn, unit.path, *days)}


def _names(turn: Reader, keys: Iterable[int]) -> Mapping[int, str]:
    return {key: units.get(turn, key).name for key in keys}
