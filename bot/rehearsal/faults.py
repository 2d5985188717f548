"""Sudden death, on purpose: a store and a channel that may kill the process at every step around them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from bot.chat.channel import Letter, Receipt
from bot.rehearsal.channel import RecordingChannel
from bot.services import courier
from bot.store.store import Store
from bot.store.turn import Turn

P = ParamSpec("P")
R = TypeVar("R")


class Crash(BaseException):
    """The process is gone: nothing after this point happened."""


class Faults:
    """Decides where to die: at the first visit of every named point, later by the dice. Remembers how often each letter
    had been sent when its receipt was destroyed."""

    def __init__(self, rng: Random, rate: float) -> None:
        self._rng, self._rate = rng, rate
        self._dead = False
        self.visits: Counter[str] = Counter()
        self.killed: Counter[str] = Counter()
        self.unclosed: set[int] = set()
        self.destroyed: Counter[int] = Counter()

    def point(self, name: str) -> None:
        """A step of the program. Raises Crash when the process dies here; what is still at work in a process that has
        died takes no further step."""
        if self._dead:
            raise Crash(name)
        self.visits[name] += 1
        if self.visits[name] == 1 or self._rng.random() < self._rate:
            self._dead = True
            self.killed[name] += 1
            self.destroyed.update(self.unclosed)
            self.unclosed.clear()
            raise Crash(name)

    def revive(self) -> None:
        """Another process has started."""
        self._dead = False


class FragileStore(Store):
    """A store whose process may die just before a Turn, or after it has committed and before anybody heard of it."""

    faults: Faults | None = None

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case, if the process lives to do it."""
        if self.faults is None:
            return await super().do(verb, *args, **kwargs)
        self.faults.point(f"before {verb.__name__}")
        result = await super().do(verb, *args, **kwargs)
        if verb is courier.close:
            self.faults.unclosed.clear()
        self.faults.point(f"after {verb.__name__}")
        return result


class FragileChannel(RecordingChannel):
    """A channel whose process may die before letters leave, or when they have arrived and their receipts have not."""

    def __init__(self, clock: Callable[[], datetime], faults: Faults) -> None:
        super().__init__(clock)
        self._faults = faults

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """Deliver, if the process lives to do it."""
        self._faults.point("before send")
        receipts = await super().send(letters)
        self._faults.unclosed |= {letter.id for letter in letters if letter.id}
        self._faults.point("after send")
        return receipts
