"""The fake Telegram on a loop of its own, for programs that run as processes while the test waits."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fakes.telegram import TelegramFake

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Line:
    """The fake, and a way to have something done beside it."""

    fake: TelegramFake
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return self.fake.url

    def do(self, work: Callable[[TelegramFake], Coroutine[Any, Any, Result]]) -> Result:
        """What comes of it."""
        return asyncio.run_coroutine_threadsafe(work(self.fake), self.loop).result(60)


@contextmanager
def telegram_in_a_thread() -> Iterator[Line]:
    """A fake Telegram that is there while the block runs."""
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()

        def wait(work: Coroutine[Any, Any, Result]) -> Result:
            return asyncio.run_coroutine_threadsafe(work, loop).result(60)

        fake = TelegramFake()
        wait(fake.__aenter__())
        try:
            yield Line(fake, loop)
        finally:
            try:
                wait(fake.__aexit__())
            finally:
                loop.call_soon_threadsafe(loop.stop)
                thread.join()
