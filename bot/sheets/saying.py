"""A staff list in words: who somebody is, what of them changes, and what a list would change altogether."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.sheets.headings import heading, post_word, role_words
from bot.sheets.problems import told
from drills.places import Chain
from drills.roster import Changes, Entry, Move

_COLUMN = {"number": "number", "name": "name", "post": "post", "place": "unit", "roles": "roles"}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of change: how many as a sentence, the names alone, and a line about each."""

    said: str
    names: tuple[str, ...]
    lines: tuple[str, ...]


def parts(changes: Changes, units: Sequence[Chain], language: str, *, leavers: bool) -> Iterator[Part]:
    """What a list would change, kind by kind; nothing of kinds there are none of. Without `leavers`, who is missing is
    only missing."""

    def part(key: str, named: Iterable[tuple[str, str]]) -> Iterator[Part]:
        both = list(named)
        if both:
            said = told("plan", key, language).format(n=len(both))
            yield Part(said, tuple(name for name, _ in both), tuple(line for _, line in both))

    yield from part("units", ((chain[-1], "/".join(chain)) for chain in units))
    yield from part("joiners", ((e.name, who(e, language)) for e in changes.joiners))
    yield from part("returners", ((e.name, who(e, language)) for e in changes.returners))
    yield from part("movers", ((_short(m, language), moved(m, language)) for m in changes.movers))
    away = "leavers" if leavers else "missing"
    yield from part(away, ((e.name, who(e, language)) for e in changes.leavers))


def _short(move: Move, language: str) -> str:
    """王芳（岗位）."""
    what = " / ".join(heading(_COLUMN[field], language) for field in move.differs)
    return told("plan", "mover", language).format(name=move.after.name, what=what)


def moved(move: Move, language: str) -> str:
    """1001 · 王芳 · 岗位 柜员 → 大堂经理."""
    return " · ".join([move.after.number, move.after.name, difference(move, language)])


def unchanged(changes: Changes, language: str) -> str:
    """How many stay as they are."""
    return told("plan", "unchanged", language).format(n=len(changes.unchanged))


def who(entry: Entry, language: str) -> str:
    """1001 · 王芳 · 城东支行 · 柜员 · 员工."""
    words = (entry.number, entry.name, *(_value(entry, f, language) for f in ("place", "post", "roles")))
    return " · ".join(word for word in words if word)


def difference(move: Move, language: str) -> str:
    """岗位 柜员 → 大堂经理 · 角色 员工 → 员工、培训师."""
    none = told("plan", "none", language)
    return " · ".join(
        f"{heading(_COLUMN[f], language)} {_value(move.before, f, language) or none}"
        f" → {_value(move.after, f, language) or none}"
        for f in move.differs
    )


def _value(entry: Entry, field: str, language: str) -> str:
    if field == "post":
        return post_word(entry.post, language)
    if field == "roles":
        return role_words(entry.roles, language)
    return entry.place[-1] if field == "place" else entry.name
