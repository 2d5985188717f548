"""A fake platform on a loop of its own, for programs that run as processes while the test waits."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.main import now
from tests.fakes.telegram import TelegramFake
from tests.fakes.wecom import WeComFake

Result = TypeVar("Result")


Fake = TypeVar("Fake", TelegramFake, WeComFake)


@dataclass(frozen=True, slots=True)
class InThread(Generic[Fake]):
    """The fake, and a way to have something done beside it."""

    fake: Fake
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return self.fake.url

    def do(self, work: Callable[[Fake], Coroutine[Any, Any, Result]]) -> Result:
        """What comes of it."""
        return asyncio.run_coroutine_threadsafe(work(self.fake), self.loop).result(60)


Line = InThread[TelegramFake]


@contextmanager
def telegram_in_a_thread() -> Iterator[Line]:
    """A fake Telegram that is there while the block runs."""
    with _in_a_thread(TelegramFake()) as line:
        yield line


@contextmanager
def wecom_in_a_thread() -> Iterator[InThread[WeComFake]]:
    """A fake WeCom that is there while the block runs, by the real clock: the program looks at it."""
    with _in_a_thread(WeComFake(lambda: now().timestamp(), epoch=0)) as line:
        yield line


@contextmanager
def _in_a_thread(fake: Fake) -> Iterator[InThread[Fake]]:
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()

        def wait(work: Coroutine[Any, Any, Result]) -> Result:
            return asyncio.run_coroutine_threadsafe(work, loop).result(60)

        wait(fake.__aenter__())
        try:
            yield InThread(fake, loop)
        finally:
            try:
                wait(fake.__aexit__())
            finally:
                loop.call_soon_threadsafe(loop.stop)
                thread.join()
