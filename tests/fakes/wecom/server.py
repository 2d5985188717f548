"""The fake as tests hold it."""

import asyncio
from collections.abc import Callable
from typing import Self

from tests.fakes.wecom.agents import CONTACTS, Agent, Profile
from tests.fakes.wecom.bot_people import BotFake
from tests.fakes.wecom.bots import Bot
from tests.fakes.wecom.callbacks import Callbacks
from tests.fakes.wecom.calls import Call
from tests.fakes.wecom.contacts import Person
from tests.fakes.wecom.crypt import Seal
from tests.fakes.wecom.faults import Faults
from tests.fakes.wecom.front import PREFIX, Front
from tests.fakes.wecom.groups import Group
from tests.fakes.wecom.limits import Limits, Meter
from tests.fakes.wecom.people import User
from tests.fakes.wecom.socket import Sockets
from tests.fakes.wecom.staff import Staff
from tests.fakes.wecom.world import World

A_DAY_IN_2026 = 1_795_392_000


class WeComFake:
    """A WeCom for one corp, in the test's own loop.

    `now` moves every life time and limit, and so does `pass_time`; unix time is `epoch` + `now()`. Only how long an
    answer to a callback may take is real time.
    """

    corp_id = "wwfake0chenlian01"
    agent_id = 1_000_002
    secret = "the-apps-secret-of-the-chenlian-tests-00000"
    contacts_secret = "the-contacts-secret-of-the-chenlian-tests-0"

    def __init__(
        self, now: Callable[[], float] | None = None, *, epoch: int = A_DAY_IN_2026, limits: Limits | None = None
    ) -> None:
        self.url = ""
        self.faults = Faults()
        self._clock = now or _real
        self._epoch = epoch
        self._ahead = 0.0
        self.world = World(self.corp_id, self.now, limits or Limits())
        self.world.add_agent(self.agent_id, "晨练", self.secret)
        self.world.add_agent(CONTACTS, "通讯录同步", self.contacts_secret)
        self.staff = Staff(self.world)
        self._sockets = Sockets(self.faults)
        self._front = Front(self.world, self.faults, self._sockets.serve)

    async def __aenter__(self) -> Self:
        self.url = await self._front.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.world.callbacks.close()
        await self._sockets.close()
        await self._front.close()

    # ---- the clock

    def now(self) -> float:
        """Unix seconds, as WeCom counts them."""
        return self._epoch + self._clock() + self._ahead

    def pass_time(self, seconds: float) -> None:
        """Everything that lives or counts runs on by so much at once."""
        self._ahead += seconds

    # ---- the console

    @property
    def app(self) -> Agent:
        """Our app: its visible range, its switches."""
        return self.world.agents[self.agent_id]

    def another_app(self, number: int, secret: str) -> Agent:
        return self.world.add_agent(number, f"应用{number}", secret)

    async def set_callback(self, url: str, token: str, aes_key: str, *, agent: int = agent_id) -> None:
        """Enter an app's URL, Token and EncodingAESKey; NotVerified if the address does not answer as it must.
        `agent=CONTACTS` for the contacts-sync assistant."""
        profile = Profile(url, Seal(token, aes_key, self.corp_id))
        await self.world.callbacks.verify(profile)
        self.world.agents[agent].profile = profile

    def point_callback(self, url: str, token: str, aes_key: str, *, agent: int = agent_id) -> None:
        """The same without verifying, as if long ago."""
        self.world.agents[agent].profile = Profile(url, Seal(token, aes_key, self.corp_id))

    @property
    def callbacks(self) -> Callbacks:
        """How events reach the apps: `patience`, `deaf`, `doubled`, `hold()`, `wait_idle()`."""
        return self.world.callbacks

    @property
    def trusted_ips(self) -> set[str] | None:
        """From where the apps may call; None: from anywhere."""
        return self.world.trusted

    @trusted_ips.setter
    def trusted_ips(self, addresses: set[str] | None) -> None:
        self.world.trusted = addresses

    @property
    def limits(self) -> Limits:
        """The rates in force; a test may lower one before it is first needed."""
        return self.world.limits

    def revoke_tokens(self) -> None:
        """WeCom ends every token early: 40014."""
        self.world.tokens.revoke()

    # ---- who is there

    def user(self, userid: str, name: str = "王芳", department: int = 1) -> User:
        """This member with our app; made at the first call, as if they had always been there."""
        key = userid.lower()
        person = self.world.directory.people.setdefault(key, Person(userid, name, [department]))
        return User(self.world, person, self.app)

    def group(self, name: str) -> Group:
        """An ordinary group with a webhook; its `url` holds the secret key."""
        key = f"00000000-{self.world.number():04d}-4000-8000-0123456789ab"
        url = f"{self.url}{PREFIX}webhook/send?key={key}"
        group = self.world.groups[key] = Group(name, key, url, Meter(self.world.limits.webhook_minute, slides=True))
        return group

    def bot(self, bot_id: str = "aib0chenlian", secret: str = "the-bots-secret") -> BotFake:
        """The smart bot of this id; made at the first call. It connects to `socket_url`."""
        bot = self._sockets.bots.get(bot_id)
        if bot is None:
            bot = self._sockets.bots[bot_id] = Bot(bot_id, secret, self.now, self.world.limits)
        return BotFake(bot, self.url)

    @property
    def socket_url(self) -> str:
        return self.url.replace("http://", "ws://")

    # ---- what the app did

    @property
    def calls(self) -> list[Call]:
        """Every request so far, oldest first, with its errcode and answer."""
        return self._front.calls

    def called(self, path: str) -> list[Call]:
        """The requests for one path, such as "message/send"."""
        return [one for one in self._front.calls if one.path == path]

    async def wait_called(
        self,
        path: str,
        times: int = 1,
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> list[Call]:
        """The requests for one path, once there are so many; the newest may still be unanswered."""
        found = await self._front.bell.until(
            lambda: calls if len(calls := self.called(path)) >= times else None, timeout
        )
        if found is None:
            raise AssertionError(f"{path} was called {len(self.called(path))} times in {timeout} s, not {times}")
        return found


def _real() -> float:
    return asyncio.get_running_loop().time()
