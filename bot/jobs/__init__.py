"""The alarm clock: APScheduler wakes the program; what is due is read from the database, never from its memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK_SECONDS = 20
COURIER_SECONDS = 1
FAREWELL_SECONDS = 5
"""How long what is at work may take to its end when everything stops: letters sent should still get their receipts."""

Job = Callable[[], Awaitable[object]]


class _Alone:
    """A job that is never started beside itself."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._at_work = asyncio.Lock()

    async def ring(self) -> None:
        """Do the job, unless it is still being done."""
        if not self._at_work.locked():
            async with self._at_work:
                await self._job()

    async def rest(self) -> None:
        """Wait for the end of what is being done, and let nothing begin after it."""
        await self._at_work.acquire()


@asynccontextmanager
async def awake(tick: Job, deliver: Job, *others: Job) -> AsyncIterator[None]:
    """Call `tick` and `deliver` (and the others, as often as `tick`) at once and then again and again while inside. A
    late wake-up still wakes, several missed ones are one, a job that is still at work is not started beside itself, and
    is waited for at the end."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 2}
    )
    every = {_Alone(tick): TICK_SECONDS, _Alone(deliver): COURIER_SECONDS}
    every |= {_Alone(job): TICK_SECONDS for job in others}
    for job, seconds in every.items():
        scheduler.add_job(job.ring)
        scheduler.add_job(job.ring, IntervalTrigger(seconds=seconds))
    scheduler.start()
    try:
        yield
    finally:
        await asyncio.wait([asyncio.create_task(job.rest()) for job in every], timeout=FAREWELL_SECONDS)
        scheduler.shutdown()
        await asyncio.sleep(0)  # it stops in the loop's next round
