"""One person's chat as the outbox tells it: letters by the message they made or changed, and what is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.channel import Letter
from bot.chat.message import Message
from bot.chat.words import Words
from bot.rehearsal.stage import Bubble, Told
from bot.rehearsal.troupe import ZONE
from bot.store import outbox
from bot.store.tables import LetterRow
from bot.store.turn import Reader
from bot.views.text import clock, day_name

SHOWN = 40
DAYS = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A reading or an own text: its number (below zero, or the message it changed), the newest letter before it, when,
    what, whether typed, and a number of its own (below zero)."""

    number: int
    after: int
    at: datetime
    letter: Letter
    mine: bool
    serial: int


def thread_of(
    turn: Reader, person: int, channel: str, readings: Sequence[Unrecorded], words: Words
) -> tuple[Bubble, ...]:
    """The last messages, oldest first; each stands where it first appeared and shows its newest state."""
    roots: dict[int, list[LetterRow]] = {}
    for letter in outbox.of_person(turn, person, turn.now - DAYS):
        if letter.channel == channel and letter.body is not None and letter.sent_at is not None:
            roots.setdefault(message_number(letter), []).append(letter)
    placed: dict[int, tuple[tuple[int, int], Bubble]] = {}
    for number, letters in roots.items():
        placed[number] = ((number, 0), _bubble(words, number, letters))
    for seen in readings:
        if seen.letter.message is None:
            continue
        here, shown = placed.get(seen.number, ((seen.after, -seen.number), None))
        if seen.number < 0:
            here = min(here, (seen.after, -seen.number)) if here[0] > 0 else (seen.after, -seen.number)
        newest = shown is None or seen.after >= shown.version
        placed[seen.number] = (here, _reading(words, seen) if newest or shown is None else shown)
    return tuple(bubble for _, bubble in sorted(placed.values(), key=lambda pair: pair[0])[-SHOWN:])


def told_of(turn: Reader, person: int, channel: str, readings: Sequence[Unrecorded], words: Words) -> tuple[Told, ...]:
    """Every letter of the last days as it was said, oldest first."""
    recorded = [
        ((row.id or 0, 0), _told(words, row))
        for row in outbox.of_person(turn, person, turn.now - DAYS)
        if row.channel == channel and row.sent_at is not None
    ]
    beside = [((seen.after, -seen.serial), _aside(words, seen)) for seen in readings]
    return tuple(told for _, told in sorted([*recorded, *beside], key=lambda pair: pair[0]))


def message_number(letter: LetterRow) -> int:
    """The message a letter made or changed."""
    return int(letter.handle["message"]) if letter.replaces and "message" in letter.handle else letter.id or 0


def _bubble(words: Words, number: int, letters: Sequence[LetterRow]) -> Bubble:
    first, last = letters[0], letters[-1]
    at = (first.sent_at or first.created_at).astimezone(ZONE)
    return Bubble(
        id=number,
        version=last.id or 0,
        mine=False,
        at=clock(at.time()),
        day=day_name(words, at.date()),
        message=Message.from_json(last.body or {}),
        toast=last.toast,
    )


def _reading(words: Words, seen: Unrecorded) -> Bubble:
    at = seen.at.astimezone(ZONE)
    return Bubble(
        id=seen.number,
        version=seen.number,
        mine=seen.mine,
        at=clock(at.time()),
        day=day_name(words, at.date()),
        message=seen.letter.message or Message(),
    )


def _told(words: Words, row: LetterRow) -> Told:
    at = (row.sent_at or row.created_at).astimezone(ZONE)
    letter = Letter(
        id=row.id or 0,
        address=row.address,
        message=Message.from_json(row.body) if row.body is not None else None,
        toast=row.toast,
        handle=row.handle,
        replaces=row.replaces,
    )
    return Told(id=letter.id, root=message_number(row), at=at, day=day_name(words, at.date()), letter=letter)


def _aside(words: Words, seen: Unrecorded) -> Told:
    at = seen.at.astimezone(ZONE)
    day = day_name(words, at.date())
    return Told(id=seen.serial, root=seen.number, at=at, day=day, letter=seen.letter, mine=seen.mine)
