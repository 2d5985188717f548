"""Telegram's limits on sending, as far as they are known (§2.5), and the 429 beyond them."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0
LIMITED = frozenset(
    {
        "deletemessage",
        "editmessagecaption",
        "editmessagereplymarkup",
        "editmessagetext",
        "sendchataction",
        "senddocument",
        "sendmessage",
        "sendphoto",
    }
)
"""Methods that count. Answers to presses, menus, files, getUpdates and questions about chats do not. That deleting and
chat actions count is UNVERIFIED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much Telegram takes. The true numbers are not published; these are its FAQ's. With `speed=60` a minute passes
    in a second, for these limits only; the `retry_after` it gives is in real seconds, at least 1."""

    chat: float = 1.0  # a second, to one private chat
    chat_burst: int = 3
    group: int = 20  # in any minute, to one group
    overall: float = 30.0  # a second, to all together
    overall_burst: int = 30
    speed: float = 1.0


class Bucket:
    """Full at first; each request takes one, and `rate` a second come back."""

    __slots__ = ("at", "left", "most", "rate")

    def __init__(self, rate: float, most: int, now: float) -> None:
        self.rate, self.most = rate, most
        self.left, self.at = float(most), now

    def wait(self, now: float) -> float:
        """Seconds until there is one to take; 0 if there is."""
        self.left = min(self.most, self.left + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.rate

    def take(self, now: float) -> None:
        self.left -= 1


class Window:
    """At most `most` in any minute."""

    __slots__ = ("most", "times")

    def __init__(self, most: int) -> None:
        self.most = most
        self.times: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self.times and self.times[0] <= now - MINUTE:
            self.times.popleft()
        return 0.0 if len(self.times) < self.most else self.times[0] + MINUTE - now

    def take(self, now: float) -> None:
        self.times.append(now)


class Gate:
    """Counts what is sent, and tells how long to wait where it is too much."""

    def __init__(self, limits: Limits | None, now: Callable[[], float]) -> None:
        self.limits = limits
        self._now = now
        self._overall: Bucket | None = None
        self._chats: dict[object, Bucket | Window] = {}
        self._webhook: Bucket | None = None

    def wait_for_webhook(self) -> int:
        """The same for setWebhook, which may be called once a second [server]."""
        if self.limits is None:
            return 0
        now = self._now() * self.limits.speed
        bucket = self._webhook = self._webhook or Bucket(1.0, 1, now)
        if bucket.wait(now):
            return 1
        bucket.take(now)
        return 0

    def wait(self, chat: object, *, group: bool) -> int:
        """0, and the request counts; or the whole seconds of `retry_after`, and it does not."""
        limits = self.limits
        if limits is None:
            return 0
        now = self._now() * limits.speed
        overall = self._overall = self._overall or Bucket(limits.overall, limits.overall_burst, now)
        of_chat = self._chats.get(chat)
        if of_chat is None:
            fresh = Window(limits.group) if group else Bucket(limits.chat, limits.chat_burst, now)
            of_chat = self._chats[chat] = fresh
        if seconds := max(overall.wait(now), of_chat.wait(now)):
            return max(1, math.ceil(seconds / limits.speed))
        overall.take(now)
        of_chat.take(now)
        return 0
