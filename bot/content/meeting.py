"""Reads what the meeting says every day anew: points of the look check, and slogans."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.content.problems import Notes
from bot.content.tree import Entry, mapping

FILE = "meeting.yaml"
WIDTH, POINTS = 40, 3
"""Characters of a line, and how many points are looked at in a day: what two people can see of each other in two
minutes."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """The points of the look check and the slogans, each with its source beside it in the file."""

    look: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()

    def look_of(self, day: date) -> tuple[str, ...]:
        """Three points for a day, each day the next ones."""
        most = min(POINTS, len(self.look))
        return tuple(self.look[(day.toordinal() * POINTS + n) % len(self.look)] for n in range(most))

    def slogan_of(self, day: date) -> str:
        """The slogan of a day."""
        return self.slogans[day.toordinal() % len(self.slogans)] if self.slogans else ""


def read_meeting(folder: Path, notes: Notes) -> Sayings:
    """What meeting.yaml says; nothing where a folder has none."""
    root = mapping(folder, FILE, notes) if (folder / FILE).exists() else None
    if root is None:
        return Sayings()
    said = Sayings(*(tuple(_line(entry) for entry in root.entries(key)) for key in ("look", "slogans")))
    root.finish()
    return said


def _line(entry: Entry) -> str:
    text = entry.text("text")
    entry.text("source")
    entry.finish()
    if len(text) > WIDTH:
        entry.note("long-saying", "text", width=WIDTH, length=len(text))
    return text


def sayings_to_json(sayings: Sayings) -> dict[str, Any]:
    """As an edition keeps it."""
    return {"look": list(sayings.look), "slogans": list(sayings.slogans)}


def sayings_from_json(body: dict[str, Any]) -> Sayings:
    """From an edition; one that is older than the meeting has none."""
    return Sayings(tuple(body.get("look", ())), tuple(body.get("slogans", ())))
