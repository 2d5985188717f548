"""A list that somebody sent as a file: what is wrong with it, what it would change, what was done."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.sheets.problems import Problem, standing
from bot.sheets.saying import parts, unchanged
from bot.views.text import few
from drills.places import Chain
from drills.roster import Changes, Entry

MOST_PROBLEMS = 10
"""So many problems are told at once; the rest when these are mended."""


def problems(words: Words, found: Sequence[Problem], rows: int = 0) -> Message:
    """Nothing was done, and why: each problem by row and column, with how to mend it."""
    told = ["".join(problem.tell(words.language)) for problem in found[:MOST_PROBLEMS]]
    more = len(found) - len(told)
    if more:
        told.append(words("upload.more", n=more))
    return Message(body="\n".join(told), note=standing(found, rows, words.language))


def roster(
    words: Words,
    changes: Changes,
    units: Sequence[Chain],
    kept: Sequence[Entry],
    *,
    buttons: Sequence[Button],
    lead: str = "",
) -> Message:
    """What a staff list would change, with what can be done about it."""
    said = [
        words("upload.part", said=part.said, names=few(words, part.names))
        for part in parts(changes, units, words.language, leavers=False)
    ]
    if kept:
        said.append(words("upload.kept", names=few(words, [entry.name for entry in kept])))
    if changes.unchanged:
        said.append(unchanged(changes, words.language))
    title, note = words("upload.roster_title"), words("upload.until")
    if not buttons:
        title, note = words("upload.nothing"), ""
    return Message(lead=lead, title=title, body="\n".join(said), note=note, buttons=tuple((b,) for b in buttons))


def roster_done(words: Words, changes: Changes, units: Sequence[Chain], *, leavers: bool) -> Message:
    """What a staff list has changed, and what is to be done next."""
    shown = changes if leavers else replace(changes, leavers=())
    said = [part.said for part in parts(shown, units, words.language, leavers=True)]
    new = changes.joiners or changes.returners
    return Message(title=words("upload.done"), body="\n".join(said), note=words("upload.invite") if new else "")
