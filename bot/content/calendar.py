"""Reads the working calendar, one dated file a year as the State Council publishes it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.problems import Notes
from bot.content.tree import Entry, mapping
from drills.calendar import Year

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One year's days off and make-up working days, and the notice that says so."""

    source: str
    year: Year


def read_calendar(folder: Path, notes: Notes) -> dict[int, Notice]:
    """Every sound year of calendar/<year>.yaml."""
    years = {}
    for path in sorted((folder / "calendar").glob("*.yaml")):
        before = len(notes.problems)
        root = mapping(folder, f"calendar/{path.name}", notes)
        number, notice = _year(root) if root else (0, None)
        if notice and len(notes.problems) == before:
            years[number] = notice
    return years


def _year(root: Entry) -> tuple[int, Notice]:
    text, source = root.text("year"), root.text("source")
    if text and not re.fullmatch(r"\d{4}", text):
        root.note("not-number", "year", name="year", text=text)
    holidays = root.entry("off")
    off = {d for name in holidays.names() for d in _days(holidays, name)} if holidays else set()
    work = set(_days(root, "work"))
    for day in sorted(off | work):
        if text.isdecimal() and str(day.year) != text:
            root.note("wrong-year", "off" if day in off else "work", day=day, year=text)
    for day in sorted(off & work):
        root.note("off-and-work", "work", day=day)
    for day in sorted(d for d in work if d.weekday() < _SATURDAY):
        root.note("work-on-weekday", "work", day=day)
    root.finish()
    return int(text) if text.isdecimal() else 0, Notice(source=source, year=Year(frozenset(off), frozenset(work)))


def _days(entry: Entry, key: str) -> list[date]:
    days = []
    for text in entry.texts(key, needed=False):
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            entry.note("not-day", key, name=key, text=text)
    return days
