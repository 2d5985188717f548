"""The post office in figures: what waits and why, what has gone, what has not."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select

from bot.store.tables import LetterRow
from bot.store.tables.post import OPEN
from bot.store.turn import Reader

_SECONDS = re.compile(r"\d+(\.\d+)?(?= s\b| seconds\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """So many letters wait for the same reason (none: it is not their time yet, or they are on their way): since when
    the oldest was promised, and when the next is due."""

    letters: int
    reason: str
    oldest: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """One channel's letters: those that ended since an instant, by state, and all that wait."""

    ended: Mapping[str, int]
    waiting: tuple[Waiting, ...]


def post(turn: Reader, since: datetime) -> dict[str, Post]:
    """By channel, in their order."""
    ended, waiting = _ended(turn, since), _waiting(turn)
    return {name: Post(ended[name], tuple(waiting[name])) for name in sorted(ended.keys() | waiting.keys())}


def _ended(turn: Reader, since: datetime) -> dict[str, Counter[str]]:
    lately = or_(col(LetterRow.sent_at) >= since, col(LetterRow.created_at) >= since)
    query = (
        select(LetterRow.channel, LetterRow.state, func.count())
        .where(col(LetterRow.state).not_in(OPEN), lately)
        .group_by(col(LetterRow.channel), col(LetterRow.state))
    )
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for channel, state, letters in turn.session.exec(query):
        ended[channel][state] = letters
    return ended


def _waiting(turn: Reader) -> dict[str, list[Waiting]]:
    """A wait of so many seconds is the same reason as one of so many others."""
    query = select(LetterRow.channel, LetterRow.trouble, LetterRow.created_at, LetterRow.due_at)
    alike: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
    for channel, trouble, promised, due in turn.session.exec(query.where(col(LetterRow.state).in_(OPEN))):
        alike[channel, _SECONDS.sub("…", trouble)].append((promised, due))
    waiting: dict[str, list[Waiting]] = defaultdict(list)
    for (channel, reason), times in sorted(alike.items()):
        oldest, due = min(promised for promised, _ in times), min(due for _, due in times)
        waiting[channel].append(Waiting(letters=len(times), reason=reason, oldest=oldest, due=due))
    return waiting
