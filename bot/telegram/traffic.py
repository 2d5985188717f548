"""Who may write to Telegram when. Arithmetic only: nothing here waits or reads a clock; instants are in seconds."""

from bisect import insort
from dataclasses import dataclass, field, replace
from math import inf
from typing import Self

FORGET_FROM = 256
"""Fewer chats than this are not worth looking through for idle ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What Telegram takes by its FAQ, and a little less. The true numbers are not published: a 429 has the last word.
    `group_kept` and what lies between `overall_burst` and Telegram's own 30 are left to those who wait for an answer.
    """

    chat: float = 1.0  # a second, to one chat
    burst: int = 3  # at once to one chat, after a rest
    group: int = 20  # in any minute, to one group; a change of a message counts
    group_kept: int = 2  # of these, for answers
    minute: float = 60.0
    overall: float = 28.0  # a second, to everybody together
    overall_burst: int = 4
    debt: float = 1.0  # so long everybody else makes up for replies, and no longer
    patience: float = 5.0  # nobody waits longer for their own chat: better to give way and come again
    longest: float = 30.0  # nobody waits longer for whatever it is: far less than a claim lasts
    alarm: int = 3  # so many chats refused within `patience`: it is not the chats, but all of us

    def faster(self, times: float) -> Self:
        """The same with time running so many times as fast."""
        return replace(
            self,
            chat=self.chat * times,
            overall=self.overall * times,
            debt=self.debt / times,
            minute=self.minute / times,
            patience=self.patience / times,
            longest=self.longest / times,
        )


@dataclass(slots=True)
class _Chat:
    """`rested_at`: when a whole burst may go again. `pushes` and `replies` are under way. `sent`: when what counts in a
    group's minute went, in order."""

    rested_at: float = -inf
    paused_until: float = -inf
    pushes: int = 0
    replies: int = 0
    sent: list[float] = field(default_factory=list)


class Traffic:
    """What was sent, what is under way, who has to wait. A group is a chat whose address is negative."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._chats: dict[str, _Chat] = {}
        self._rested_at = self._paused_until = -inf
        self._refused: dict[str, float] = {}
        self._forget_from = FORGET_FROM

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def opens(self, chat: str, *, reply: bool) -> float:
        """From when on this chat takes one more, whatever else is under way."""
        known = self._chats.get(chat)
        if known is None:
            return self._paused_until
        rates = self.rates
        opens = known.rested_at - (rates.burst - 1) / rates.chat
        room = rates.group if reply else rates.group - rates.group_kept
        if len(known.sent) >= room:
            opens = max(opens, known.sent[-room] + rates.minute)
        return max(opens, known.paused_until, self._paused_until)

    def ready(self, chat: str, *, reply: bool) -> float:
        """From when on one more may go there; infinite while the chat is busy, so that all arrives in its order. A
        reply waits only for its own chat, and there only for replies: it counts, and others make up for it."""
        known = self._chats.get(chat)
        if known is not None and (known.replies or (known.pushes and not reply)):
            return inf
        opens = self.opens(chat, reply=reply)
        return opens if reply else max(opens, self._rested_at - (self.rates.overall_burst - 1) / self.rates.overall)

    def leave(self, chat: str, now: float, *, reply: bool) -> None:
        """Something goes there."""
        known = self._chats.get(chat)
        if known is None:
            self._forget(now)
            known = self._chats[chat] = _Chat()
        known.replies += reply
        known.pushes += not reply
        known.rested_at = max(known.rested_at, now) + 1 / self.rates.chat
        self._rested_at = min(max(self._rested_at, now) + 1 / self.rates.overall, now + self.rates.debt)
        if chat.startswith("-"):
            self._drop_old(known, now)
            insort(known.sent, now)

    def arrive(self, chat: str, left: float, now: float, *, reply: bool) -> None:
        """What left then has its answer. Telegram may have counted it as late as now, so that is when it counts."""
        known = self._chats[chat]
        known.replies -= reply
        known.pushes -= not reply
        known.rested_at = max(known.rested_at, now + 1 / self.rates.chat)
        if left in known.sent:
            known.sent.remove(left)
            insort(known.sent, now)

    def refuse(self, chat: str, seconds: float, now: float) -> None:
        """Telegram asks for a pause. It is this chat's, unless several chats are refused one after another."""
        known = self._chats.setdefault(chat, _Chat())
        known.paused_until = max(known.paused_until, now + seconds)
        lately = now - self.rates.patience
        self._refused = {other: at for other, at in self._refused.items() if at > lately} | {chat: now}
        if len(self._refused) >= self.rates.alarm:
            self._paused_until = max(self._paused_until, now + seconds)

    def _forget(self, now: float) -> None:
        """Let go of chats that nothing keeps from a whole burst."""
        if len(self._chats) < self._forget_from:
            return
        for known in self._chats.values():
            self._drop_old(known, now)
        self._chats = {
            chat: known
            for chat, known in self._chats.items()
            if known.pushes or known.replies or known.sent or max(known.rested_at, known.paused_until) > now
        }
        self._forget_from = max(FORGET_FROM, 2 * len(self._chats))

    def _drop_old(self, known: _Chat, now: float) -> None:
        while known.sent and known.sent[0] <= now - self.rates.minute:
            del known.sent[0]
