"""Who may be written to when. WeCom drops what is too much without a word, so nothing may be too much. Arithmetic only:
nothing here waits or reads a clock; instants are in seconds."""

from bisect import bisect_right, insort
from collections import deque
from dataclasses import dataclass
from math import inf

FORGET_FROM = 256
"""Fewer people than this are not worth looking through for idle ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What WeCom shows one member of one app's messages. Some of it is kept for those who wait for an answer. `day` is
    what the whole app may send in a day for each account of the corp (0: no such limit)."""

    minute: int = 30
    minute_kept: int = 6
    hour: int = 1000
    hour_kept: int = 100
    day: int = 0
    patience: float = 5.0  # nobody waits longer in here: better to give way and come again
    refused: float = 60.0  # the first pause after WeCom said that all of us are too many; they double
    longest: float = 3600.0


APP = Rates(day=200)
_MINUTE, _HOUR, _HOURS = 60.0, 3600.0, 24
_DAY_KEPT = 10
"""One part in so many of a day's messages is kept for who waits for an answer."""


@dataclass(slots=True)
class _Hour:
    """What the whole app sent until this instant, within an hour."""

    ends: float
    sent: int = 0


class Traffic:
    """What went to whom within the hour, by the instant at which WeCom may have counted it last."""

    def __init__(self, rates: Rates = APP) -> None:
        self.rates = rates
        self._hours: deque[_Hour] = deque(maxlen=_HOURS + 1)
        self._people: set[str] = set()
        self._sent: dict[str, list[float]] = {}
        self._paused_until = -inf
        self._pause = 0.0
        self._forget_from = FORGET_FROM

    def __len__(self) -> int:
        """How many people are remembered."""
        return len(self._sent)

    def opens(self, person: str, *, reply: bool, times: int = 1) -> float:
        """From when on so many more may go there."""
        sent, rates = self._sent.get(person, ()), self.rates
        opens = self._paused_until
        for most, kept, span in ((rates.minute, rates.minute_kept, _MINUTE), (rates.hour, rates.hour_kept, _HOUR)):
            room = most if reply else most - kept
            if sent and len(sent) + times > room:
                opens = max(opens, sent[-max(room - times + 1, 1)] + span)
        return max(opens, self._day_opens(person, reply=reply, times=times))

    def _day_opens(self, person: str, *, reply: bool, times: int) -> float:
        """How many accounts the corp has is not told to an app; they are no fewer than the people we write to. Any 24
        hours are counted as if they were a day."""
        people = len(self._people) + (person not in self._people)
        room = people * self.rates.day * (_DAY_KEPT if reply else _DAY_KEPT - 1) // _DAY_KEPT
        over = sum(hour.sent for hour in self._hours) + times - room
        opens = -inf
        for hour in self._hours:
            if over <= 0 or not self.rates.day:
                break
            opens, over = hour.ends + _HOURS * _HOUR, over - hour.sent
        return opens

    def leave(self, person: str, now: float) -> None:
        """One goes there."""
        if person not in self._sent:
            self._forget(now)
        sent = self._sent.setdefault(person, [])
        del sent[: bisect_right(sent, now - _HOUR)]
        insort(sent, now)
        if not self._hours or now >= self._hours[-1].ends:
            self._hours.append(_Hour(now - now % _HOUR + _HOUR))
        self._hours[-1].sent += 1
        self._people.add(person)

    def arrive(self, person: str, left: float, now: float) -> None:
        """What left then has its answer. WeCom may have counted it as late as now, so that is when it counts."""
        sent = self._sent.get(person, [])
        if left in sent:
            sent.remove(left)
            insort(sent, now)

    def refuse(self, now: float) -> float:
        """WeCom takes nothing from us for a while: how long is not said. Seconds until it is tried again."""
        if now >= self._paused_until:  # one pause for all that were under way together
            lately = now - self._paused_until < 2 * self._pause
            self._pause = min(self.rates.longest, 2 * self._pause) if lately else self.rates.refused
            self._paused_until = now + self._pause
        return self._paused_until - now

    def _forget(self, now: float) -> None:
        if len(self._sent) < self._forget_from:
            return
        self._sent = {person: sent for person, sent in self._sent.items() if sent and sent[-1] > now - _HOUR}
        self._forget_from = max(FORGET_FROM, 2 * len(self._sent))
