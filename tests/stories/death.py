"""Sudden death at a chosen step: while a Turn decides, after it has committed, after letters have arrived."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.chat.channel import Letter, Receipt
from bot.services import courier
from bot.store.store import Store
from bot.store.turn import Turn
from tests.stories.bank import Bank, Phones
from tests.stories.people import text_of

P = ParamSpec("P")
R = TypeVar("R")


class Death(BaseException):
    """The process is gone: nothing after this point happened."""


class Reaper:
    """Counts the steps of the program and kills its process at one of them, or at every so-manieth. Between two steps
    nothing is decided, said or kept, so dying before the next is dying after the last. `unheard` are letters on the
    phones whose receipt is not kept yet; `repeatable` how often it died with the process."""

    def __init__(self, at: int | None = None, every: int = 0) -> None:
        self.at, self.every = at, every
        self.points: list[str] = []
        self.dead = False
        self.unheard: set[int] = set()
        self.repeatable: Counter[int] = Counter()

    def step(self, name: str) -> None:
        """One step of the program. Raises Death if it is a chosen one, or if the process is dead already."""
        if self.dead:
            raise Death(name)
        self.points.append(name)
        if len(self.points) - 1 == self.at:
            self.at = self.at + self.every if self.every else None
            self.dead = True
            self.repeatable.update(self.unheard)
            raise Death(name)

    def bury(self) -> None:
        """Another process begins."""
        self.dead = False
        self.unheard.clear()


class MortalStore(Store):
    """A store whose process may die while a Turn is at work (which undoes it), or as soon as it has committed."""

    def __init__(self, reaper: Reaper, url: str, **kwargs: Any) -> None:  # noqa: ANN401 -- a store's own
        super().__init__(url, **kwargs)
        self._reaper = reaper

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case, if the process lives to do it."""
        name = " ".join([verb.__name__, *(str(a.step) for a in args if hasattr(a, "step"))])

        def mortal(turn: Turn) -> R:
            result = verb(turn, *args, **kwargs)
            if result or verb is courier.close:  # else nothing was done, and nothing can be lost
                self._reaper.step(f"within {name}")
            return result

        try:
            result = await super().do(mortal)
        except RuntimeError as error:
            if isinstance(error.__cause__, Death):
                raise error.__cause__ from None
            raise
        if verb is courier.close:
            self._reaper.unheard.clear()
        if result or verb is courier.close:
            self._reaper.step(f"after {name}")
        return result


class MortalPhones(Phones):
    """Phones to which letters come while the process may die before it hears that they arrived."""

    def __init__(self, clock: Callable[[], datetime], reaper: Reaper) -> None:
        super().__init__(clock)
        self.reaper = reaper

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """Deliver, if the process lives."""
        if self.reaper.dead:
            raise Death("nobody sends any more")
        receipts = await super().send(letters)
        self.reaper.unheard |= {letter.id for letter in letters if letter.id}
        self.reaper.step("after send")
        return receipts


async def survive(bank: Bank, reaper: Reaper, work: Callable[[], Awaitable[R]]) -> R:
    """Do something, again by the next process when one dies over it."""
    while True:
        try:
            return await work()
        except Death:
            await bank.restart()
            reaper.bury()


def letters_of(bank: Bank) -> Counter[tuple[str, str]]:
    """How often each letter came to each phone."""
    return Counter((seen.address, text_of(seen)) for seen in bank.channel.record)
