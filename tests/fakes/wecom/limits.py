"""How much WeCom takes, and how long it takes nothing after too much ([path/90312], §4.1, §4.7, §7.1)."""

from collections import deque
from dataclasses import dataclass, field

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
CHINA = 8 * HOUR  # a "calendar day" is China's


@dataclass(kw_only=True)
class Limits:
    """The documented numbers; a test may lower them at any time before they are first needed."""

    member_minute: int = 30  # from one app to one member; the excess is dropped silently
    member_hour: int = 1000
    api_minute: int = 10_000  # for each API but sending
    api_hour: int = 150_000
    account_cap: int = 200
    persons_per_account: int = 200  # person-sends a day for an app, for each account of the cap
    webhook_minute: int = 20  # for each key
    bot_minute: int = 30  # for each chat, replies and pushes together
    bot_hour: int = 1000


@dataclass
class Meter:
    """So many in any minute and hour; beyond that nothing at all for 60 s or 60 min, unless it only `slides`."""

    minute: int
    hour: int | None = None
    slides: bool = False
    closed_until: float = 0.0
    _last_minute: deque[float] = field(default_factory=deque)
    _last_hour: deque[float] = field(default_factory=deque)

    def take(self, now: float) -> bool:
        """Whether there is still room for one; what is refused does not count."""
        for times, span in ((self._last_minute, MINUTE), (self._last_hour, HOUR)):
            while times and times[0] <= now - span:
                times.popleft()
        if now < self.closed_until:
            return False
        if self.hour is not None and len(self._last_hour) >= self.hour:
            return self._close(now, HOUR)
        if len(self._last_minute) >= self.minute:
            return self._close(now, MINUTE)
        self._last_minute.append(now)
        self._last_hour.append(now)
        return True

    def _close(self, now: float, seconds: float) -> bool:
        self.closed_until = 0.0 if self.slides else now + seconds
        return False


@dataclass
class Quota:
    """Person-sends of one app in a calendar day."""

    most: int
    day: int = -1
    used: int = 0

    def take(self, persons: int, now: float) -> bool:
        today = int((now + CHINA) // DAY)
        if today != self.day:
            self.day, self.used = today, 0
        if self.used + persons > self.most:
            return False
        self.used += persons
        return True
