"""The alarm clock with real seconds made short: it rings again and again, never twice at a time, and stops cleanly."""

import asyncio
import logging
from collections.abc import Callable

import pytest

from bot import jobs
from bot.jobs import awake

SHORT = 0.03


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "TICK_SECONDS", SHORT)
    monkeypatch.setattr(jobs, "COURIER_SECONDS", SHORT)


class Job:
    """Counts its calls and does what the test says."""

    def __init__(self, does: Callable[[int], object] = lambda _: None) -> None:
        self.calls = self.ended = self.at_once = self.most_at_once = 0
        self._does = does
        self._rang = asyncio.Event()

    async def __call__(self) -> None:
        self.calls += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self._rang.set()
        try:
            done = self._does(self.calls)
            if asyncio.iscoroutine(done):
                await done
        finally:
            self.at_once -= 1
            self.ended += 1

    async def rings(self, times: int) -> None:
        async with asyncio.timeout(20):
            while self.calls < times:
                self._rang.clear()
                await self._rang.wait()


async def test_both_are_called_again_and_again() -> None:
    tick, deliver = Job(), Job()
    async with awake(tick, deliver):
        await asyncio.gather(tick.rings(4), deliver.rings(4))
    after = tick.calls, deliver.calls
    await asyncio.sleep(SHORT * 4)
    assert (tick.calls, deliver.calls) == after, "nobody is woken after the end"


async def test_a_slow_one_is_not_started_beside_itself_and_holds_up_nobody() -> None:
    slow, quick = Job(lambda _: asyncio.sleep(SHORT * 6)), Job()
    async with awake(slow, quick):
        await asyncio.gather(slow.rings(3), quick.rings(12))
    assert slow.most_at_once == 1
    assert quick.calls > slow.calls


async def test_being_skipped_while_at_work_is_no_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    slow = Job(lambda _: asyncio.sleep(SHORT * 6))
    async with awake(slow, Job()):
        await slow.rings(3)
    assert not [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def test_one_that_fails_is_called_again(caplog: pytest.LogCaptureFixture) -> None:
    def fails(call: int) -> None:
        if call < 3:
            raise RuntimeError("no database")

    job, other = Job(fails), Job()
    async with awake(job, other):
        await asyncio.gather(job.rings(4), other.rings(4))
    assert "no database" in caplog.text


async def test_what_is_at_work_when_we_leave_is_waited_for() -> None:
    job = Job(lambda _: asyncio.sleep(SHORT * 6))
    async with awake(job, Job()):
        await job.rings(1)
    assert (job.calls, job.ended, job.at_once) == (1, 1, 0)


async def test_what_never_ends_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FAREWELL_SECONDS", SHORT)
    job = Job(lambda _: asyncio.sleep(600))
    async with asyncio.timeout(20), awake(job, Job()):
        await job.rings(1)
    await asyncio.sleep(SHORT)
    assert (job.calls, job.at_once) == (1, 0), "it was ended"


async def test_the_first_call_comes_at_once_after_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that starts at 08:04 must not wait for the next interval: its people wait for questions."""
    monkeypatch.setattr(jobs, "TICK_SECONDS", 600)
    monkeypatch.setattr(jobs, "COURIER_SECONDS", 600)
    tick, deliver = Job(), Job()
    async with awake(tick, deliver):
        await asyncio.gather(tick.rings(1), deliver.rings(1))


def test_the_real_pauses_are_short_enough_for_a_morning() -> None:
    assert jobs.COURIER_SECONDS <= 2
    assert jobs.TICK_SECONDS <= 60
