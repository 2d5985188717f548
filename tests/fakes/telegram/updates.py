"""The queue of updates and the one poll that may wait at it (§2.8)."""

import asyncio
import itertools
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from tests.fakes.bell import Bell
from tests.fakes.telegram.refusals import JSON, OTHER_POLLER, Refused

DAY = 24 * 3600.0
LONGEST_POLL = 50
LARGEST_BATCH = 100
ONLY_WHEN_LISTED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(eq=False)
class Pending:
    """An update that was not confirmed yet; one sent `again` stays until a poll after the one that took it. Updates of
    one `lane` reach a webhook one after another."""

    update: JSON
    expires: float
    lane: Hashable
    again: bool = False
    handed: bool = False


@dataclass
class _Poll:
    """A getUpdates request that waits; ended by whoever takes its place."""

    ended: tuple[int, str] | None = None


class Updates:
    """Sequential ids, confirmation by offset, one poller, life times."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._bell = Bell()
        self._ids = itertools.count(730_000_001)
        self._pending: list[Pending] = []
        self._poll: _Poll | None = None
        self._closed = False
        self.every: dict[int, JSON] = {}
        self.allowed: frozenset[str] | None = None
        self.confirmed = 0
        self.judge: Callable[[JSON], None] | None = None
        self.taker: Callable[[Pending], None] | None = None
        self.real: Callable[[], float] = lambda: asyncio.get_running_loop().time()
        self._last: tuple[int, float] = (-1, 0.0)

    def push(self, kind: str, body: JSON, lifetime: float = DAY) -> int:
        """Queue an update unless the bot asked not to hear of its kind."""
        number = next(self._ids)
        update = self.every[number] = {"update_id": number, kind: body}
        if self.judge:
            self.judge(update)
        if kind in self.allowed if self.allowed else kind not in ONLY_WHEN_LISTED:
            self._add(Pending(update, self._now() + lifetime, _lane(kind, body)))
        return number

    def redeliver(self, update_id: int) -> None:
        """Send an update once more, although it may have been confirmed."""
        update = self.every[update_id]
        _, (kind, body) = update.items()
        self._add(Pending(update, self._now() + DAY, _lane(kind, body), again=True))

    def waiting(self) -> list[Pending]:
        """The updates that are neither confirmed nor expired, oldest first."""
        now = self._now()
        self._pending = [one for one in self._pending if one.expires > now]
        return self._pending

    def drop(self, one: Pending) -> None:
        """An update has arrived, or has expired."""
        if one in self._pending:
            self._pending.remove(one)

    def forget_all(self) -> None:
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float, *, strict: bool = False) -> list[JSON]:
        """Confirm what lies below the offset and give what is left, waiting for it if need be. A `strict` Telegram
        slows down whoever asks with the same offset again at once."""
        if strict:
            limit, seconds = self._slowed(offset, limit, seconds)
        self._confirm(offset)
        self.interrupt(OTHER_POLLER)
        mine = self._poll = _Poll()
        size = min(max(limit, 1), LARGEST_BATCH)
        try:
            batch = await self._bell.until(lambda: self._outcome(mine, size), min(seconds, LONGEST_POLL))
        finally:
            if self._poll is mine:
                self._poll = None
        if mine.ended:
            raise Refused(*mine.ended)
        return batch or []

    def interrupt(self, why: tuple[int, str]) -> None:
        """End the poll that waits."""
        if self._poll:
            self._poll.ended = why
            self._bell.ring()

    def close(self) -> None:
        """Send the poll that waits away with nothing: the server stops."""
        self._closed = True
        self._bell.ring()

    def _slowed(self, offset: int, limit: int, seconds: float) -> tuple[int, float]:
        now = self.real()
        (before, at), self._last = self._last, (offset, now)
        if offset != before:
            return limit, seconds
        return 1 if now < at + 0.5 else limit, max(seconds, 3) if now < at + 3 else seconds

    def _add(self, one: Pending) -> None:
        if one.again:
            self._pending.insert(0, one)
        else:
            self._pending.append(one)
        self._bell.ring()
        if self.taker:
            self.taker(one)

    def _outcome(self, poll: _Poll, size: int) -> list[JSON] | None:
        if poll.ended or self._closed:
            return []
        self.waiting()
        batch = self._pending[:size]
        for one in batch:
            one.handed = True
        return [one.update for one in batch] or None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset > 0:
            self.confirmed = max(self.confirmed, offset)
            self._pending = [one for one in self._pending if _stays(one, offset)]


def _lane(kind: str, body: JSON) -> Hashable:
    """Presses queue by person, messages by chat, each kind for itself [server]."""
    if kind == "callback_query":
        return kind, body["from"]["id"]
    return kind.removeprefix("edited_"), body["chat"]["id"]


def _stays(one: Pending, offset: int) -> bool:
    return bool(one.update["update_id"] >= offset or (one.again and not one.handed))
