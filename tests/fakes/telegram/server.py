"""The fake as tests hold it."""

import asyncio
from collections.abc import Callable
from typing import Self

from tests.fakes.telegram.delivery import Delivery
from tests.fakes.telegram.faults import Faults
from tests.fakes.telegram.front import Call, Front
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.limits import Gate, Limits
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.oracle import Oracle
from tests.fakes.telegram.people import User
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.world import World

__all__ = ["METHODS", "Call", "TelegramFake"]

A_DAY_IN_2026 = 1_795_392_000
QUERY_LIFETIME = 150.0


class TelegramFake:
    """A Bot API server for one bot, in the test's own loop.

    `now` moves life times (queries 150 s, updates 24 h, deleting 48 h), and so does `pass_time`; a message's date is
    `epoch` + `now()`. How long a poll waits, and what `limits` allow, is always real time. Leaving it fails if the
    `oracle` found that the bot or the fake does not speak as Telegram does.
    """

    token = "7000000001:AAFakeTokenOfTheChenlianTests-000000"

    def __init__(
        self,
        now: Callable[[], float] | None = None,
        *,
        epoch: int = A_DAY_IN_2026,
        query_lifetime: float = QUERY_LIFETIME,
        limits: Limits | None = None,
        oracle: bool = True,
    ) -> None:
        self.url = ""
        self.faults = Faults()
        self._world = World(now or _real, epoch, query_lifetime)
        self._gate = Gate(limits, _real)
        self.oracle = Oracle() if oracle else None
        self._world.updates.judge = self.oracle.update if self.oracle else None
        self._front = Front(self.token, self._world, self.faults, self._gate, self.oracle)
        self._world.strict = limits is not None

    async def __aenter__(self) -> Self:
        self.url = await self._front.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._world.updates.close()
        await self._world.delivery.close()
        await self._front.close()
        if self.oracle:
            self.oracle.verdict()

    # ---- who is there

    def user(self, number: int, name: str = "王芳", language: str = "zh-hans") -> User:
        """The person of this id; made at the first call."""
        return User(self._world, self._world.private_chat(number, name, language))

    def group(self, title: str, *, supergroup: bool = True, number: int | None = None) -> Group:
        """A new group that nobody is in, not even the bot; its id is negative."""
        return Group(self._world, self._world.group_chat(title, supergroup=supergroup, number=number))

    @property
    def privacy(self) -> bool:
        """Privacy mode: in groups the bot hears only commands, answers to it and service messages. As BotFather has
        it at first: on."""
        return self._world.privacy

    @privacy.setter
    def privacy(self, on: bool) -> None:
        self._world.privacy = on

    # ---- what the bot did

    @property
    def calls(self) -> list[Call]:
        """Every request so far, oldest first."""
        return self._front.calls

    def called(self, method: str) -> list[Call]:
        """The requests for one method, oldest first."""
        return list(self._front.by_method.get(method.lower(), ()))

    async def wait_called(
        self,
        method: str,
        times: int = 1,
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> list[Call]:
        """The requests for one method, once there are so many; the newest may still be unanswered."""
        calls = self._front.by_method[method.lower()]
        if await self._front.bell.until(lambda: len(calls) >= times or None, timeout) is None:
            raise AssertionError(f"{method} was called {len(calls)} times in {timeout} s, not {times}")
        return list(calls)

    @property
    def floods(self) -> int:
        """How often the bot was told 429."""
        return self._front.floods

    @property
    def confirmed(self) -> int:
        """The highest offset asked for: every update below it is confirmed (0 at first)."""
        return self._world.updates.confirmed

    @property
    def updates(self) -> dict[int, JSON]:
        """Every update ever made, by id."""
        return self._world.updates.every

    @property
    def webhook(self) -> JSON:
        """`url` and `secret_token` as set; empty when there is none."""
        return self._world.webhook

    @property
    def delivery(self) -> Delivery:
        """How updates reach the webhook: `roads`, `speed`, `deaf`, `tries`, `wait_idle()`."""
        return self._world.delivery

    # ---- what happens to it

    @property
    def limits(self) -> Limits | None:
        """What is enforced; None: nothing. May be set at any time."""
        return self._gate.limits

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self._gate = self._front.gate = Gate(limits, _real)
        self._world.strict = limits is not None

    def resolve(self, public: str, real: str) -> None:
        """Lay a road from a public address to where its server really is, such as https://bank.example.cn to
        http://127.0.0.1:8000. Before setWebhook; without a road updates wait."""
        self._world.delivery.roads[public] = real

    @property
    def local(self) -> bool:
        """Whether this is a bank's own Bot API server (`--local`), which also calls plain HTTP webhooks."""
        return self._world.local

    @local.setter
    def local(self, on: bool) -> None:
        self._world.local = on

    def pass_time(self, seconds: float) -> None:
        """Life times run on by so much at once."""
        self._world.ahead += seconds

    def fail_next(
        self, method: str, status: int, description: str, parameters: JSON | None = None, times: int = 1
    ) -> None:
        """Refuse the next calls of a method without acting, e.g. 429 with {"retry_after": 1}."""
        self.faults.fail_next(method, status, description, parameters, times)

    def drop_response_next(self, method: str, times: int = 1) -> None:
        """Act on the next calls of a method, but hang up instead of answering."""
        self.faults.drop_response_next(method, times)

    def redeliver(self, update_id: int) -> None:
        """Give an update to the bot again, although it was confirmed."""
        self._world.updates.redeliver(update_id)


def _real() -> float:
    return asyncio.get_running_loop().time()
