"""Rows of text → the lines of a staff list, with every problem there is; and a staff list → rows of text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from bot.sheets.headings import (
    COLUMNS,
    REQUIRED,
    USUAL,
    choices,
    field_near,
    field_of,
    heading,
    post_of,
    post_word,
    role_words,
    roles_of,
    word_near,
)
from bot.sheets.problems import Problem, Unreadable
from bot.sheets.reading import HEAD, Row
from drills.people import Role
from drills.places import Asked, Chain
from drills.roster import Entry, Line

LONGEST = {"name": 60, "number": 40, "unit": 60}
_ENOUGH = 2
"""So many headings in a row make it the row of headings."""
_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a sheet holds: the lines that could be read, what is wrong, how many rows there are. Where it has no column
    for the branch, `placeless` is the row of its headings."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    rows: int
    placeless: int = 0


def read_list(rows: Sequence[Row]) -> Listing:
    """The staff list in these rows. Raises Unreadable where there is none."""
    at, columns = _headings(rows)
    problems = _heading_problems(rows[at], columns)
    body = rows[at + 1 :]
    if problems:
        return Listing((), tuple(problems), 0)
    if not body:
        raise Unreadable("no-rows")
    where = {field: found[0] for field, found in columns.items()}
    lines = [_line(row, where, problems) for row in body]
    whole = tuple(line for line in lines if line is not None)
    problems += _twice(body, where["number"])
    placeless = 0 if "unit" in where else rows[at].number
    return Listing(whole, tuple(sorted(problems, key=lambda p: p.row)), len(body), placeless)


def placed(listing: Listing, home: Chain | None) -> Listing:
    """A list without a column for the branch, all of it on this branch; a problem where nobody knows which."""
    if not listing.placeless:
        return listing
    if home is None:
        lacking = Problem(code="no-branch", row=listing.placeless, column="unit")
        return replace(listing, problems=(lacking, *listing.problems))
    return replace(listing, lines=tuple(replace(line, unit=Asked(home)) for line in listing.lines))


def _headings(rows: Sequence[Row]) -> tuple[int, dict[str, list[int]]]:
    for at, row in enumerate(rows[:HEAD]):
        columns: dict[str, list[int]] = {}
        for column, cell in enumerate(row.cells):
            if field := field_of(cell):
                columns.setdefault(field, []).append(column)
        if len(columns) >= _ENOUGH:
            return at, columns
    named = {"": "zh", "_en": "en"}
    raise Unreadable(
        "no-headings", **{f"columns{end}": " ".join(heading(f, lang) for f in USUAL) for end, lang in named.items()}
    )


def _heading_problems(row: Row, columns: Mapping[str, list[int]]) -> list[Problem]:
    return _lacking(row, columns) + [
        Problem(code="heading-twice", row=row.number, column=f, read=" / ".join(row.cells[c].strip() for c in found))
        for f, found in columns.items()
        if len(found) > 1
    ]


def _lacking(row: Row, columns: Mapping[str, list[int]]) -> list[Problem]:
    """Columns that must be there and are not, and those that may be lacking but seem to be misspelt."""
    near = {field_near(cell): cell.strip() for cell in reversed(row.cells) if cell.strip()}
    found = []
    for field in USUAL:
        if field not in columns and field in near:
            found.append(Problem(code="heading-near", row=row.number, column=field, read=near[field]))
        elif field not in columns and field in REQUIRED:
            found.append(Problem(code="no-heading", row=row.number, column=field))
    return found


def tidy(text: str) -> str:
    """A text without blanks at its ends, wide letters, or what cannot be seen; “王　芳” is 王芳."""
    seen = "".join(c for c in normalize("NFKC", text) if c.isprintable() or c.isspace())
    return _HAN.sub("", " ".join(seen.split()))


def _line(row: Row, where: Mapping[str, int], problems: list[Problem]) -> Line | None:
    cells = {f: row.cells[c].strip() if c < len(row.cells) else "" for f, c in where.items()}
    clean = {field: tidy(cells.get(field, "")) for field in COLUMNS}
    found = [
        Problem(code="empty", row=row.number, column=f) for f in USUAL if f in where and not clean[f] and f != "post"
    ]
    found += [
        Problem(code="long", row=row.number, column=f, read=clean[f], values={"limit": most})
        for f, most in LONGEST.items()
        if len(clean[f]) > most
    ]
    post = post_of(clean["post"])
    roles, strange = roles_of(cells["roles"]) if "roles" in cells else (None, ())
    found += _post_and_roles(row.number, clean, roles, strange, known=post is not None)
    problems += found
    if found:
        return None
    above = tuple(part for part in (tidy(part) for part in clean["above"].split("/")) if part)
    name = clean["unit"]
    if not name:
        above = ()
    tail = above if above[-1:] == (name,) else (*above, name)
    asked = Asked(tail, told=bool(above))
    return Line(row=row.number, number=clean["number"], name=clean["name"], post=post or "", roles=roles, unit=asked)


def _post_and_roles(
    number: int, clean: Mapping[str, str], roles: frozenset[Role] | None, strange: Sequence[str], *, known: bool
) -> list[Problem]:
    post, said = clean["post"], clean["roles"]
    found = []
    if post and not known:
        found.append(_unknown(number, "post", post, post))
    if strange:
        found.append(_unknown(number, "roles", said, strange[0]))
    elif roles is None:
        pass
    elif Role.STAFF in roles and not post:
        found.append(Problem(code="empty-post", row=number, column="post", values=_allowed("post")))
    elif roles and post and Role.STAFF not in roles:
        found.append(Problem(code="not-staff", row=number, column="roles", read=said))
    return found


def _unknown(number: int, field: str, read: str, strange: str) -> Problem:
    near = {"near": word_near(field, strange, "zh"), "near_en": word_near(field, strange, "en")}
    if not near["near"]:
        return Problem(code="unknown", row=number, column=field, read=read, values=_allowed(field))
    return Problem(code="unknown-near", row=number, column=field, read=read, values=_allowed(field) | near)


def _allowed(field: str) -> dict[str, object]:
    return {"allowed": choices(field, "zh"), "allowed_en": choices(field, "en")}


def _twice(body: Sequence[Row], column: int) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row in body:
        number = tidy(row.cells[column]) if column < len(row.cells) else ""
        if number and first.setdefault(number, row.number) != row.number:
            values: dict[str, object] = {"other": first[number]}
            found.append(Problem(code="twice", row=row.number, column="number", read=number, values=values))
    return found


def list_rows(entries: Iterable[Entry], language: str) -> list[list[str]]:
    """The rows of a staff list, its headings first: what is read again as the same."""
    rows = [[heading(field, language) for field in COLUMNS]]
    for e in entries:
        post, roles = post_word(e.post, language), role_words(e.roles, language)
        rows.append([e.name, e.number, post, e.place[-1], roles, "/".join(e.place)])
    return rows
