"""What shall go wrong, said by the test beforehand: `fake.faults.…_next("message/send", …)`."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.fakes.wecom.refusals import Refused


@dataclass(frozen=True, slots=True)
class Odd:
    """An answer that is not WeCom's, such as a proxy's page."""

    status: int
    body: bytes


@dataclass
class _Plan:
    """What waits to go wrong with one path."""

    refusals: deque[Refused] = field(default_factory=deque)
    odd: deque[Odd] = field(default_factory=deque)
    silences: int = 0
    delays: deque[float] = field(default_factory=deque)
    meanwhile: deque[Callable[[], Awaitable[object]]] = field(default_factory=deque)


class Faults:
    """Faults by the path after /cgi-bin/, one for each of its next calls."""

    def __init__(self) -> None:
        self._plans: defaultdict[str, _Plan] = defaultdict(_Plan)

    def fail_next(self, path: str, errcode: int, times: int = 1) -> None:
        """Refuse without acting, e.g. -1 (busy) or 45009."""
        self._plans[path].refusals.extend(Refused(errcode, "ordered by the test") for _ in range(times))

    def answer_next(self, path: str, status: int, body: bytes = b"", times: int = 1) -> None:
        """Do not act; answer with something that is not WeCom's: 502 and a page, or half a JSON."""
        self._plans[path].odd.extend(Odd(status, body) for _ in range(times))

    def drop_response_next(self, path: str, times: int = 1) -> None:
        """Act, but hang up instead of answering."""
        self._plans[path].silences += times

    def delay_next(self, path: str, seconds: float, times: int = 1) -> None:
        """Act and answer only after so many real seconds."""
        self._plans[path].delays.extend([seconds] * times)

    def meanwhile(self, path: str, act: Callable[[], Awaitable[object]]) -> None:
        """Act, then do this, and only then answer: a person may press a button before the app knows its msgid."""
        self._plans[path].meanwhile.append(act)

    def refuse(self, path: str) -> None:
        plan = self._plans.get(path)
        if plan and plan.refusals:
            raise plan.refusals.popleft()

    def odd(self, path: str) -> Odd | None:
        plan = self._plans.get(path)
        return plan.odd.popleft() if plan and plan.odd else None

    async def before(self, path: str) -> None:
        plan = self._plans.get(path)
        if plan and plan.delays:
            await asyncio.sleep(plan.delays.popleft())

    async def after(self, path: str) -> None:
        plan = self._plans.get(path)
        if plan and plan.meanwhile:
            await plan.meanwhile.popleft()()

    def silent(self, path: str) -> bool:
        """Whether to hang up instead of answering this call."""
        plan = self._plans.get(path)
        if plan is None or not plan.silences:
            return False
        plan.silences -= 1
        return True
