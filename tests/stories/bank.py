"""The driver of the stories: a bank on a clock, its people at their phones, and the processes that serve them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.chat.channel import Channel, Letter, Receipt, SendError
from bot.chat.incoming import File, Incoming, Moved, Other, Reach, Tap, Text
from bot.chat.site import Site
from bot.chat.words import Words
from bot.files import Vault
from bot.rehearsal.channel import NAME, Delivered, RecordingChannel
from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town
from bot.router import hear
from bot.services.courier import answer, deliver
from bot.services.day import tick
from bot.store.store import Store
from bot.store.turn import Look, Turn
from bot.views import catalogue
from drills.policy import Policy, plan
from tests.stories.people import Someone

P = ParamSpec("P")
R = TypeVar("R")
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
Said = Tap | Text | File | Other | Reach | Moved
SITE = Site("https://drill.test", b"sealed by the stories")
VAULT = Vault("the stories have a secret key as well")
LONG_DEAD = timedelta(minutes=2)
"""Longer than a heartbeat may be silent."""
TIMES = sorted({slot.start for slot in plan(Policy())})


class Phones(RecordingChannel):
    """The recording channel, which some people have blocked: the platform refuses what is sent there."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock)
        self.blocked: set[str] = set()
        self.down = False
        self.moved: dict[str, str] = {}

    def after(self, others: "Phones") -> None:
        """Show what these have shown."""
        self.record, self.phones = list(others.record), deepcopy(others.phones)
        self.blocked, self._count = set(others.blocked), others.count()

    def count(self) -> int:
        """The number of the newest message."""
        return self._count

    async def brings(self, incoming: Incoming) -> Incoming:
        """The event, as the platform brings it."""
        return incoming

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """Deliver where the platform lets us."""
        if self.down:
            return [Receipt(letter.id, error=SendError("timed out", permanent=False)) for letter in letters]
        gone = SendError("Forbidden: bot was blocked by the user", permanent=True, gone=True)
        taken = [await self._deliver(letter) for letter in letters if letter.address not in self.blocked]
        return taken + [Receipt(letter.id, error=gone) for letter in letters if letter.address in self.blocked]

    async def _deliver(self, letter: Letter) -> Receipt:
        """One letter; where a group goes on under another address, there."""
        to = self.moved.get(letter.address, "")
        (receipt,) = await super().send([replace(letter, address=to) if to else letter])
        return replace(receipt, moved=to)


@cache
def words() -> Mapping[str, Words]:
    """The real sentences."""
    return catalogue()


@dataclass(slots=True, repr=False)
class Bank:
    """A bank with everything real but its people, its clock and its channel. `begun` is where in the channel's record
    the last thing told began: what people see is what came since."""

    url: str
    clock: Clock
    wall: Clock = field(init=False)
    town: Town = field(init=False)
    channel: Phones = field(init=False)
    store: Store = field(init=False)
    opens: Callable[..., Store] = Store
    phones: Callable[..., Phones] = Phones
    begun: int = 0
    events: Iterator[int] = field(default_factory=lambda: count(1))
    _processes: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.wall = Clock(self.clock())
        self.channel = self.phones(self.clock)
        self.store = self.process()

    def __getattr__(self, name: str) -> Someone:
        """Somebody by name: bank.王芳."""
        if name.startswith("_") or name == "town" or name not in self.town.people:
            raise AttributeError(name)
        return self.person(name)

    def person(self, name: str) -> Someone:
        """Somebody by name."""
        return Someone(self, name, self.town.people[name], str(self.town.people[name]))

    def unit(self, name: str) -> int:
        """A unit's id."""
        return self.town.units[name]

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The one channel, as the courier wants it."""
        return {self.channel.name: self.channel}

    @property
    def now(self) -> datetime:
        """The time at the branch."""
        return self.clock().astimezone(ZONE)

    @property
    def today(self) -> date:
        """The day at the branch."""
        return self.now.date()

    # ---- time

    async def at(self, when: str, *, asleep: bool = False) -> None:
        """Live on until “08:03” or “11-24 08:03”, awake at every step of the day (of days between only at the first,
        the push and the last), or `asleep`: nothing is running."""
        self.begun = len(self.channel.record)
        moment, first = self.moment(when), self.today
        while not asleep and (following := self._next_step(first, moment.date())) < moment:
            self.clock.move(following)
            await self.wake()
        self.clock.move(moment)
        if not asleep:
            await self.wake()

    def moment(self, when: str) -> datetime:
        """“08:03” today, or “11-24 08:03” this year."""
        day, _, at = when.rpartition(" ")
        on = date.fromisoformat(f"{self.today.year}-{day}") if len(day) == len("11-24") else self.today
        on = date.fromisoformat(day) if len(day) > len("11-24") else on
        return datetime.combine(on, time.fromisoformat(at), ZONE)

    def _next_step(self, first: date, last: date) -> datetime:
        times = TIMES if self.today in {first, last} else [*TIMES[:2], TIMES[-1]]
        later = [t for t in times if t > self.now.time()]
        day = self.today if later else self.today + timedelta(days=1)
        return datetime.combine(day, later[0] if later else TIMES[0], ZONE)

    async def wake(self, *stores: Store) -> None:
        """What the scheduler does: take the steps that are due, send what is due. Several processes do it at once."""
        await asyncio.gather(*(self._wake(store) for store in stores or (self.store,)))

    async def _wake(self, store: Store) -> None:
        await tick(store)
        await self.post(store)

    async def post(self, store: Store | None = None) -> None:
        """What the courier does."""
        await deliver(store or self.store, self.channels)

    # ---- processes

    def process(self) -> Store:
        """Another process on the same database, not started."""
        name = f"p{next(self._processes)}"
        kept = {"site": SITE, "vault": VAULT}
        return self.opens(self.url, clock=self.clock, wall=self.wall, words=words(), process=name, **kept)

    async def restart(self, *, pause: timedelta = LONG_DEAD) -> None:
        """The process dies as it stands; another one starts when the heartbeat of the first has long been silent."""
        await self.store.close()
        self.wall.move(self.wall() + pause)
        self.store = self.process()
        await self.store.start()

    @asynccontextmanager
    async def another_process(self) -> AsyncIterator[Store]:
        """A second process beside the first."""
        async with self.process() as other:
            yield other

    # ---- events

    def event(self, address: str, said: Said, message: int = 0) -> Incoming:
        """An event as a platform gives it, with an id of its own."""
        name = f"e{next(self.events)}"
        handle = {"event": name} | ({"message": str(message)} if message else {})
        return Incoming(channel=NAME, event=name, address=address, said=said, handle=handle)

    async def hears(self, incoming: Incoming, store: Store | None = None) -> None:
        """An event comes in, the reply goes out, and the courier takes what it led to."""
        self.begun = len(self.channel.record)
        await self.takes(await self.channel.brings(incoming), store)
        await self.post(store)

    async def takes(self, incoming: Incoming, store: Store | None = None) -> None:
        """An event and its reply only."""
        letters = await hear(store or self.store, incoming, fetch=self.fetch)
        await answer(store or self.store, self.channels, letters)

    async def fetch(self, channel: str, media: str, most: int) -> bytes:
        """A file that somebody sent."""
        return await self.channels[channel].fetch(media, most)

    # ---- facts

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Something a story needs done that nobody in it does."""
        return await self.store.do(verb, *args, **kwargs)

    async def look(self, query: Callable[Concatenate[Look, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """A fact."""
        return await self.store.look(query, *args, **kwargs)

    def came(self, since: int | None = None) -> list[Delivered]:
        """What has reached any phone since the last thing told began (or since that place in the record)."""
        return self.channel.record[self.begun if since is None else since :]

    async def answer_all(self, *names: str) -> None:
        """These people press start and answer everything right."""
        for name in names:
            await self.person(name).starts()
