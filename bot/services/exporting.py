"""Answers and a month's figures into a file: on the command line, or by a link from the chat that opens for minutes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat.message import Reply
from bot.chat.words import Words
from bot.services import leading, month
from bot.services.caller import Caller, caller, known, local
from bot.services.deciding import branch
from bot.sheets.writing import Page, write_book
from bot.store import export, people, units
from bot.store.export import Told, Wanted
from bot.store.tables import Unit
from bot.store.turn import Look, Reader
from bot.views import exports as views
from bot.views.quiz import said_text
from drills.marking import Shown
from drills.people import Act
from drills.refused import Refused
from drills.windows import Span, month_before, month_of, window

LIFE = timedelta(minutes=10)
"""A link that has not been pressed by then opens nothing."""
STEP = 500  # rows between two words about how far it is
Progress = Callable[[int, int], None]


class What(StrEnum):
    """What may be exported."""

    ANSWERS = "answers"
    MONTH = "month"


def nobody(_done: int, _of: int) -> None:
    """Where nobody looks on."""


def write_answers(turn: Reader, path: Path, wanted: Wanted, words: Words, progress: Progress = nobody) -> int:
    """Write these answers to an .xlsx or .csv; how many they were. Raises Unreadable, and then leaves no file."""
    of = export.count(turn, wanted)
    with closing(export.answers(turn, wanted)) as found:
        rows = _rows(found, words, of, progress)
        write_book(path, [Page(words("export.answers"), views.headings(words), rows)])
    return of


def _rows(found: Iterable[Told], words: Words, of: int, progress: Progress) -> Iterator[list[str | int]]:
    for n, one in enumerate(found, 1):
        if n % STEP == 0 or n == of:
            progress(n, of)
        yield _row(one, words)


def _row(one: Told, words: Words) -> list[str | int]:
    shown = Shown.from_json(one.shown)
    at = one.at.astimezone(ZoneInfo(one.timezone))
    marks = [words("export.yes") if yes else words("export.no") for yes in (one.right, one.counted)]
    said = said_text(words, shown, one.said)
    who = [one.day.isoformat(), one.unit, one.number, one.name]
    return [*who, one.question, shown.stem, said, *marks, one.reason, one.kind, f"{at:%Y-%m-%d %H:%M:%S}"]


# ---- in the chat


def offer(turn: Reader, who: Caller, unit_id: int | None = None) -> Reply:
    """What may be exported of a unit: this month and the last; of a unit above, also one of its branches."""
    unit = branch(turn, who, unit_id, Act.EXPORT) if unit_id else leading.home(turn, who, Act.EXPORT)
    this = local(turn, unit).date().replace(day=1)
    above = unit.level != units.BRANCH
    return Reply(message=views.offer(who.words, unit.name, known(unit.id), [this, month_before(this)], above=above))


def choose(turn: Reader, who: Caller, unit_id: int) -> Reply:
    """Which branch's."""
    return leading.choose(turn, who, branch(turn, who, unit_id, Act.EXPORT), "ex")


def link(turn: Reader, who: Caller, unit_id: int, what: What, first: date) -> Reply:
    """The link to a file; without a public address, the command that writes it. The path names who asked."""
    unit = branch(turn, who, unit_id, Act.EXPORT)
    if turn.site is None:
        return Reply(message=views.by_command(who.words, unit.name, what, first))
    url = turn.site.link(f"/export/{what}/{unit_id}/{first:%Y-%m}/{who.id}", turn.now + LIFE)
    minutes = int(LIFE.total_seconds()) // 60
    return Reply(message=views.link(who.words, unit.name, what, first, url=url, minutes=minutes))


@dataclass(frozen=True, slots=True)
class Asked:
    """A file somebody may have: its name, and what writes it."""

    name: str
    unit: Unit
    what: What
    first: date
    words: Words


def asked(turn: Reader, path: str, query: Mapping[str, str]) -> Asked | None:
    """What a visit to a link asks for; None for whatever is not a good link of somebody who may have it now."""
    if turn.site is None or not turn.site.opens(path, query, turn.now):
        return None
    _, _, what, unit_id, said, person_id = path.split("/")
    person, unit = people.find(turn, int(person_id)), units.find(turn, int(unit_id))
    if person is None or not person.active or unit is None:
        return None
    who = caller(turn, person)
    if not who.may(Act.EXPORT, unit.path):
        return None
    return Asked(f"{unit.name}-{said}-{what}.xlsx", unit, What(what), month_of(said), who.words)


def write(turn: Look, path: str, query: Mapping[str, str], folder: Path) -> Path | None:
    """Write what a link asks for into a folder."""
    wanted = asked(turn, path, query)
    if wanted is None:
        return None
    file = folder / wanted.name.replace("/", "-")
    if wanted.what is What.MONTH:
        month.write(turn, file, wanted.unit, wanted.first, wanted.words)
    else:
        days = window(Span.MONTH, wanted.first)
        write_answers(turn, file, Wanted(path=wanted.unit.path, first=days.first, last=days.last), wanted.words)
    return file


def what_of(text: str) -> What:
    """What a button means. Raises Refused("unknown")."""
    try:
        return What(text)
    except ValueError:
        raise Refused("unknown") from None
