"""What shall go wrong, said by the test beforehand: `fake.faults.…_next(method, …)`."""

import asyncio
import math
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import JSON, Refused, too_many_requests


@dataclass(frozen=True, slots=True)
class Odd:
    """An answer that is not Telegram's, such as a proxy's page."""

    status: int
    body: bytes


@dataclass(slots=True)
class _Flood:
    """Everything (or all for one chat) is answered 429 until then, or so many times."""

    until: float
    seconds: int
    times: int | None


@dataclass
class _Plan:
    """What waits to go wrong with one method."""

    refusals: deque[Refused] = field(default_factory=deque)
    odd: deque[Odd] = field(default_factory=deque)
    silences: int = 0
    delays: deque[float] = field(default_factory=deque)
    drips: deque[float] = field(default_factory=deque)
    meanwhile: deque[Callable[[], Awaitable[object]]] = field(default_factory=deque)


class Faults:
    """Faults by method, one for each of its next calls; the name of a method in any letters."""

    def __init__(self) -> None:
        self._plans: defaultdict[str, _Plan] = defaultdict(_Plan)
        self._floods: dict[int | None, _Flood] = {}

    def fail_next(
        self, method: str, status: int, description: str, parameters: JSON | None = None, times: int = 1
    ) -> None:
        """Refuse without acting, e.g. 429 with {"retry_after": 1}."""
        self._plans[method.lower()].refusals.extend(Refused(status, description, parameters) for _ in range(times))

    def drop_response_next(self, method: str, times: int = 1) -> None:
        """Act, but hang up instead of answering."""
        self._plans[method.lower()].silences += times

    def answer_next(self, method: str, status: int, body: bytes, times: int = 1) -> None:
        """Do not act; answer with something that is not Telegram's, such as 502 and a page of HTML."""
        self._plans[method.lower()].odd.extend(Odd(status, body) for _ in range(times))

    def delay_next(self, method: str, seconds: float, times: int = 1) -> None:
        """Act and answer only after so many real seconds."""
        self._plans[method.lower()].delays.extend([seconds] * times)

    def drip_next(self, method: str, pause: float = 0.05, times: int = 1) -> None:
        """Act, then answer one byte at a time, with a pause before each."""
        self._plans[method.lower()].drips.extend([pause] * times)

    def meanwhile(self, method: str, act: Callable[[], Awaitable[object]]) -> None:
        """Act, then do this, and only then answer: a person may press a button before the bot knows it was sent."""
        self._plans[method.lower()].meanwhile.append(act)

    def flood(self, retry_after: int = 3, chat: int | None = None, times: int | None = None) -> None:
        """From now on 429 for what is sent to this chat (or to any): so many times, or for `retry_after` seconds."""
        until = math.inf if times else asyncio.get_running_loop().time() + retry_after
        self._floods[chat] = _Flood(until, retry_after, times)

    def flooded(self, chat: object) -> Refused | None:
        """The 429 that the test ordered for a message to this chat."""
        if not self._floods:
            return None
        for key in (None, chat):
            if not isinstance(key, int | None) or (flood := self._floods.get(key)) is None:
                continue
            left = flood.until - asyncio.get_running_loop().time()
            if left <= 0 or flood.times == 0:
                del self._floods[key]
                continue
            if flood.times is not None:
                flood.times -= 1
                return too_many_requests(flood.seconds)
            return too_many_requests(max(1, math.ceil(left)))
        return None

    def refusal(self, method: str) -> Refused | None:
        plan = self._plans.get(method)
        return plan.refusals.popleft() if plan and plan.refusals else None

    def odd(self, method: str) -> Odd | None:
        plan = self._plans.get(method)
        return plan.odd.popleft() if plan and plan.odd else None

    def drip(self, method: str) -> float | None:
        plan = self._plans.get(method)
        return plan.drips.popleft() if plan and plan.drips else None

    async def before(self, method: str) -> None:
        plan = self._plans.get(method)
        if plan and plan.delays:
            await asyncio.sleep(plan.delays.popleft())

    async def after(self, method: str) -> None:
        plan = self._plans.get(method)
        if plan and plan.meanwhile:
            await plan.meanwhile.popleft()()

    def silent(self, method: str) -> bool:
        """Whether to hang up instead of answering this call."""
        plan = self._plans.get(method)
        if plan is None or not plan.silences:
            return False
        plan.silences -= 1
        return True
