"""How events reach an app: the address is verified, then each is sealed, brought, and brought again (§2, §3)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import aiohttp

from tests.fakes.bell import Bell
from tests.fakes.wecom import xml
from tests.fakes.wecom.agents import Profile
from tests.fakes.wecom.crypt import Broken
from tests.fakes.wecom.refusals import JSON

OK = 200
REPLIED = frozenset({"subscribe", "enter_agent", "LOCATION", "click", "view", "view_miniprogram"}) | {
    "scancode_waitmsg",
    "template_card_menu_event",
}
"""Events whose passive reply is used [path/90241]; template_card_event is not among them (§3.4)."""


class NotVerified(Exception):
    """The console does not take the address (40057)."""


@dataclass
class Delivery:
    """One event on its way. `tries` are the statuses it met (0: nobody answered in time); `taken` is None until it is
    decided, `reply` the passive answer as it was opened, `objection` why it could not be."""

    fields: JSON
    plain: str
    profile: Profile | None
    tries: list[int] = field(default_factory=list)
    taken: bool | None = None
    reply: JSON = field(default_factory=dict)
    objection: str = ""
    bell: Bell = field(default_factory=Bell)

    async def wait(self, timeout: float = 20) -> "Delivery":  # noqa: ASYNC109 - the words of asyncio.wait_for
        """Until it was taken or given up."""
        if await self.bell.until(lambda: None if self.taken is None else True, timeout) is None:
            raise AssertionError(f"{self.fields} is still on its way after {timeout} s; tries so far: {self.tries}")
        return self


class Callbacks:
    """Brings events, side by side and in no promised order.

    `patience` is how many real seconds an answer may take (5), `verifying` the same for an address (1). After the first
    try there are up to `retries` more, at once. `on_status`: whether an answer other than 200 is a failure, as
    [path/90238] says and [path/90930] does not. The next `deaf` answers are lost on the way; the next `doubled` events
    come twice. `passive_card_update`: whether a passive reply to a card's event changes it, which §3.4 leaves open.
    While `held`, events queue; `release` lets them go, the last first if wanted.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._dice = Random(1)
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.apply: Callable[[JSON, JSON], None] = lambda _event, _reply: None
        self.every: list[Delivery] = []
        self.patience = 5.0
        self.verifying = 1.0
        self.retries = 3
        self.on_status = True
        self.deaf = 0
        self.doubled = 0
        self.passive_card_update = False
        self.held: list[Delivery] | None = None

    async def verify(self, profile: Profile) -> None:
        """The console's GET with a sealed echostr; the answer is its plain text and nothing else (§2.2)."""
        echo = str(self._dice.randrange(10**18, 10**19)).encode()
        sealed = profile.seal.seal(echo, self._noise())
        query = self._query(profile, sealed) | {"echostr": sealed}
        try:
            async with asyncio.timeout(self.verifying), self._client().get(profile.url, params=query) as answer:
                body = await answer.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotVerified(f"no answer within {self.verifying} s: {error!r}") from None
        if answer.status != OK or body != echo:
            raise NotVerified(f"{answer.status} {body[:80]!r} instead of the opened echostr")

    def send(self, profile: Profile | None, fields: JSON) -> Delivery:
        """On its way from now; an app without an address is told nothing."""
        delivery = Delivery(fields, xml.write(fields), profile)
        self.every.append(delivery)
        if profile is None:
            delivery.taken, delivery.objection = False, "the app has no callback"
        elif self.held is not None:
            self.held.append(delivery)
        else:
            self._start(delivery)
        return delivery

    def hold(self) -> None:
        """Keep what happens from now on until `release`."""
        self.held = []

    def release(self, *, backwards: bool = False) -> None:
        held, self.held = self.held or [], None
        for delivery in reversed(held) if backwards else held:
            self._start(delivery)

    def redeliver(self, delivery: Delivery) -> None:
        """Bring an event again, although it was taken."""
        delivery.taken = None
        self._start(delivery)

    async def wait_idle(self, timeout: float = 20) -> None:  # noqa: ASYNC109 - the words of asyncio.wait_for
        """Until nothing is on its way."""
        async with asyncio.timeout(timeout):
            while self._tasks:
                await asyncio.wait(self._tasks)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _start(self, delivery: Delivery) -> None:
        times = 1
        if self.doubled:
            self.doubled, times = self.doubled - 1, 2
        for _ in range(times):
            task = asyncio.get_running_loop().create_task(self._bring(delivery))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bring(self, delivery: Delivery) -> None:
        """Try until it is taken: the same words each time, sealed anew."""
        for _ in range(1 + self.retries):
            status, body = await self._post(delivery)
            delivery.tries.append(status)
            if status == OK or (status and not self.on_status):
                if body:
                    self._hear(delivery, body)
                delivery.taken = True
                break
        else:
            delivery.taken = False
        delivery.bell.ring()

    async def _post(self, delivery: Delivery) -> tuple[int, bytes]:
        profile = delivery.profile
        assert profile
        sealed = profile.seal.seal(delivery.plain.encode(), self._noise())
        agent = delivery.fields.get("AgentID")
        outside = {
            "ToUserName": delivery.fields["ToUserName"],
            "AgentID": None if agent is None else str(agent),
            "Encrypt": sealed,
        }
        query, data = self._query(profile, sealed), xml.write(outside).encode()
        try:
            async with (
                asyncio.timeout(self.patience),
                self._client().post(
                    profile.url, params=query, data=data, headers={"Content-Type": "text/xml"}
                ) as answer,
            ):
                body = await answer.read()
        except (TimeoutError, aiohttp.ClientError, OSError):
            return 0, b""
        if self.deaf:
            self.deaf -= 1
            return 0, b""
        return answer.status, body

    def _hear(self, delivery: Delivery, body: bytes) -> None:
        """Open a passive reply, and use it where it is used."""
        assert delivery.profile
        try:
            sealed = xml.read(body)
            said = (sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"])
            delivery.reply = xml.read(delivery.profile.seal.open(sealed["Encrypt"], *said))
        except (Broken, xml.Unreadable, KeyError) as error:
            delivery.objection = f"the answer is no passive reply: {error!r}"
            return
        event = delivery.fields.get("Event")
        if event is None or event in REPLIED or self.passive_card_update:
            self.apply(delivery.fields, delivery.reply)

    def _query(self, profile: Profile, sealed: str) -> dict[str, str]:
        timestamp, nonce = str(int(self._now())), str(self._dice.randrange(10**9, 10**10))
        return {"msg_signature": profile.seal.sign(timestamp, nonce, sealed), "timestamp": timestamp, "nonce": nonce}

    def _noise(self) -> bytes:
        return self._dice.randbytes(16)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._session
