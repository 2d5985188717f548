"""Small notations that every file shares: a code, a source, a period, a sentence."""

import re
import unicodedata
from datetime import date

from bot.content.tree import Entry
from drills.questions import Source

VERIFIED = ("V1", "V2")
_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_ENDS = "。?!？！”"
_LOOSE = re.compile(r"[\s。,、;“”\"'‘’]")


def read_code(entry: Entry) -> str:
    """The entry's code, which other files and past answers point at."""
    code = entry.text("code")
    if code and not _CODE.fullmatch(code):
        entry.note("bad-code", "code", text=code)
    return code


def read_source(entry: Entry) -> Source:
    """Where the fact comes from; only verified facts may be scored."""
    inner = entry.entry("source")
    if inner is None:
        return Source(document="")
    source = Source(
        document=inner.text("document"),
        clause=inner.text("clause", needed=False),
        fact=inner.text("fact"),
        mark=inner.text("mark"),
    )
    if source.mark and source.mark not in VERIFIED:
        inner.note("unsourced", "mark", mark=source.mark)
    inner.finish()
    return source


def read_period(entry: Entry) -> tuple[date, date | None]:
    """From when, and until when if that is known, both days inclusive."""
    first, last = entry.day("valid_from"), entry.day("valid_to", needed=False)
    if first and last and last < first:
        entry.note("ends-before-begin", "valid_to")
    return first or date.min, last


def sentence(text: str) -> str:
    """With its full stop, so that whoever shows it need not look."""
    return text if not text or text[-1] in _ENDS else f"{text}。"


def loose(text: str) -> str:
    """What a reader in a hurry sees: without blanks and punctuation, full-width as half-width."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text)).replace(",", "").casefold()


def measured(entry: Entry, key: str, text: str, what: tuple[str, str], limit: int) -> None:
    """Tells when a text is longer than a card has room for."""
    if len(text) > limit:
        name = what[0] if entry.notes.language == "zh" else what[1]
        entry.note("too-long", key, what=name, count=len(text), limit=limit)
