"""How updates reach a webhook: one at a time in each lane, lanes side by side, again until taken (§2.8)."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from random import Random

import aiohttp

from tests.fakes.bell import Bell
from tests.fakes.telegram.updates import Pending, Updates

CAP = 60
LONGEST_RETRY_AFTER = 3600
SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as it was set."""

    url: str
    secret: str
    connections: int


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: the status, 0 if there was none; `pause` is how many of Telegram's seconds follow before the next
    one, None after the last."""

    update_id: int
    status: int
    pause: float | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong last, and when."""

    said: str
    at: float


class Delivery:
    """Brings updates to the webhook.

    `roads` says where a public address really is: `{"https://bank.example.cn": "http://127.0.0.1:8000"}`. With
    `speed=100` the pauses between tries are a hundredth as long. `patience` is how many real seconds an answer may
    take. The next `deaf` answers are lost on the way, whatever they said.
    """

    def __init__(self, updates: Updates, now: Callable[[], float]) -> None:
        self._updates = updates
        self._now = now
        self._dice = Random(1)
        self._lanes: dict[Hashable, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore()
        self._in_flight = 0
        self.hook: Hook | None = None
        self.roads: dict[str, str] = {}
        self.speed = 1.0
        self.patience = 60.0
        self.deaf = 0
        self.tries: list[Try] = []
        self.most_at_once = 0
        self.trouble: Trouble | None = None
        self.bell = Bell()

    @property
    def delivered(self) -> list[int]:
        """The updates that were taken, in that order."""
        return [one.update_id for one in self.tries if 200 <= one.status < 300 and one.pause is None]

    def point(self, hook: Hook | None) -> None:
        """Deliver there from now on; None: nowhere."""
        for task in self._tasks:
            task.cancel()
        self._lanes = {}
        self.hook, self.trouble = hook, None
        self._updates.taker = None
        target = self._target()
        if hook and target:
            self._slots = asyncio.Semaphore(hook.connections)
            self._updates.taker = self._take
            for one in list(self._updates.waiting()):
                self._take(one)

    async def close(self) -> None:
        self._updates.taker = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    async def wait_idle(self, timeout: float = 20) -> None:  # noqa: ASYNC109 - the words of asyncio.wait_for
        """Until every update has been taken."""
        if await self.bell.until(lambda: None if self._updates.waiting() else True, timeout) is None:
            left = [one.update for one in self._updates.waiting()]
            raise AssertionError(f"{len(left)} updates were not taken within {timeout} s: {left[:3]} {self.trouble}")

    def _target(self) -> str:
        """Where the webhook really is; "" if no road leads there."""
        url = self.hook.url if self.hook else ""
        for public, real in self.roads.items():
            if url.startswith(public):
                return real + url.removeprefix(public)
        return url if url.startswith("http://") else ""

    def _take(self, one: Pending) -> None:
        lane = self._lanes.setdefault(one.lane, deque())
        lane.append(one)
        if len(lane) == 1:
            task = asyncio.get_running_loop().create_task(self._work(one.lane, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, key: Hashable, lane: deque[Pending]) -> None:
        """Bring a lane's updates one after another, until there are none left."""
        while lane:
            await self._bring(lane[0])
            self._updates.drop(lane.popleft())
            self.bell.ring()
        self._lanes.pop(key, None)

    async def _bring(self, one: Pending) -> None:
        """Try until it is taken or has expired. The first new try comes at once, then after 2, 4, 8 … seconds."""
        fails, delay = 0, 1.0
        while one.expires > self._now():
            status, retry_after = await self._post(one)
            if 200 <= status < 300:
                self.tries.append(Try(one.update["update_id"], status, None))
                return
            pause = float(min(max(retry_after, 0), LONGEST_RETRY_AFTER))
            if not pause and fails:
                pause = delay = min(self._dice.uniform(CAP, CAP * 2), delay * 2)
            fails += 1
            expired = self._now() + pause > one.expires
            self.tries.append(Try(one.update["update_id"], status, None if expired else pause))
            self.bell.ring()
            if expired:
                return
            await asyncio.sleep(pause / self.speed)

    async def _post(self, one: Pending) -> tuple[int, int]:
        """Status and Retry-After of one attempt."""
        async with self._slots:
            self._in_flight += 1
            self.most_at_once = max(self.most_at_once, self._in_flight)
            try:
                return await self._ask(one)
            except TimeoutError:
                return self._failed("Read timeout expired")
            except aiohttp.ClientConnectorError:
                return self._failed("Connection refused")
            except (aiohttp.ClientError, OSError):
                return self._failed("Webhook connection closed")
            finally:
                self._in_flight -= 1

    async def _ask(self, one: Pending) -> tuple[int, int]:
        assert self.hook
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        headers = {SECRET: self.hook.secret} if self.hook.secret else {}
        async with (
            asyncio.timeout(self.patience),
            self._session.post(self._target(), json=one.update, headers=headers, allow_redirects=False) as answer,
        ):
            await answer.read()
        if not 200 <= answer.status < 300:
            wait = answer.headers.get("Retry-After", "")
            self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
            return answer.status, int(wait) if wait.isdigit() else 0
        if self.deaf:
            self.deaf -= 1
            return self._failed("Webhook connection closed")
        return answer.status, 0

    def _failed(self, said: str) -> tuple[int, int]:
        self.trouble = Trouble(said, self._now())
        return 0, 0
