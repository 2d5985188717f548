"""A branch on WeCom: the real store, switchboard, web server and edge on a clock of our own, against the fake over real
HTTP."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from bot.chat.words import Words
from bot.lines import WECOM_PATH, Lines, said_in
from bot.main import Switchboard
from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town
from bot.rehearsal.troupe import ZONE
from bot.services import joining
from bot.store.turn import Look
from bot.web.app import build as build_web
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from bot.wecom.pace import Pace
from bot.wecom.start import WeComEdge, wecom_edge
from bot.wecom.traffic import Rates
from tests.fakes.wecom import Delivery, Shown, User, WeComFake, vectors
from tests.stories.people import Before, before
from tests.telegram.stories.branch import GatedStore
from tests.wecom.conftest import KEYS, shown
from tests.wecom.door import DOOR

P = ParamSpec("P")
R = TypeVar("R")
MONDAY = date(2026, 11, 23)
DEAD = timedelta(minutes=2)
"""Longer than a heartbeat may be silent."""
QUICK = Pace(retry=0.01, longest=0.05, tries=3, rates=Rates(minute=1000, hour=10_000, patience=0.1, refused=0.05))


@dataclass(slots=True)
class Branch:
    """The bank, its processes one after another, and its people's phones."""

    url: str
    town: Town
    fake: WeComFake
    words: Mapping[str, Words]
    pace: Pace = QUICK
    clock: Clock = field(default_factory=lambda: Clock(datetime.combine(MONDAY, time(7), ZONE)))
    wall: Clock = field(default_factory=lambda: Clock(datetime.combine(MONDAY, time(7), ZONE)))
    store: GatedStore = field(init=False)
    board: Switchboard = field(init=False)
    _names: "count[int]" = field(default_factory=lambda: count(1))
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _process: AsyncExitStack = field(default_factory=AsyncExitStack)
    _running: "asyncio.Task[None] | None" = None
    _port: int = 0

    # ---- the program

    async def start(self) -> None:
        """Start a process, wired as `serve` wires it, and enter its address in the console if it is the first."""
        gc.freeze()  # the program looks through all that is not, as it starts: here that is every test
        self._stop, up = asyncio.Event(), asyncio.Event()
        self._process = AsyncExitStack()
        self.store = await self._process.enter_async_context(self._another())
        said = said_in(self.words["zh-CN"])
        line = wecom_edge(KEYS, DOOR, self.fake.url, said, dice=Random(1), clock=self._now, pace=self.pace)
        edge: WeComEdge = await self._process.enter_async_context(line)
        self.board = Switchboard(self.store)
        listening = self._process.enter_context(reserve("127.0.0.1", self._port))
        first, self._port = not self._port, listening.getsockname()[1]
        app = build_web(None, self.words["zh-CN"], self.board.ready, Lines(wecom=edge).hooks)
        serving = serve_web(app, listening, self._stop, lambda _port: up.set())
        self._running = asyncio.create_task(self.board.run([edge], serving, self._stop))
        await up.wait()
        if first:
            await self.fake.set_callback(f"http://127.0.0.1:{self._port}{WECOM_PATH}", vectors.TOKEN, vectors.AES_KEY)

    async def stop(self) -> None:
        """The process ends in good order."""
        self._stop.set()
        assert self._running is not None
        async with asyncio.timeout(10):
            await self._running
        await self._process.aclose()
        self._running = None

    async def die(self) -> None:
        """The process dies as it stands, and for so long that its heartbeat counts for nothing."""
        assert self._running is not None
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running
        await self._process.aclose()
        self._running = None
        self.wall.move(self.wall() + DEAD)

    async def end(self) -> None:
        """Whatever runs ends."""
        if self._running is not None:
            await self.stop()

    def _another(self) -> GatedStore:
        name = f"p{next(self._names)}"
        return GatedStore(self.url, clock=self.clock, wall=self.wall, words=self.words, process=name)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.now(), UTC)

    # ---- time

    async def at(self, when: str) -> None:
        """Move the clock to “08:03” today or “11-24 08:03”, and wake up there."""
        day, _, at = when.rpartition(" ")
        on = date.fromisoformat(f"2026-{day}") if day else self.clock().astimezone(ZONE).date()
        self.clock.move(datetime.combine(on, time.fromisoformat(at), ZONE))
        await self.wake()

    async def wake(self) -> None:
        """What the alarm clock does."""
        await self.board.tick()
        await self.board.deliver()

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Wait for a fact in the database."""
        async with asyncio.timeout(20):
            while not await true():  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.01)

    # ---- people

    def person(self, name: str) -> "Someone":
        """Somebody with a phone; their userid has capitals, as a console writes them."""
        person = self.town.people[name]
        return Someone(self, person, self.fake.user(f"Staff{person:03d}", name))

    async def joined(self, *names: str) -> "list[Someone]":
        """These people, let in by an invitation each."""
        people = [self.person(name) for name in names]
        for someone in people:
            await someone.joins()
        return people

    async def look(self, query: Callable[Concatenate[Look, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """A fact."""
        return await self.store.look(query, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the cast and their phone."""

    branch: Branch
    id: int
    user: User

    async def joins(self) -> str:
        """Write the code of an invitation; the code."""
        code = f"invitation-{self.id:05d}"
        await self.branch.store.do(joining.invite, self.id, code)
        await (await self.user.say(code)).wait()
        await self.sees(self.user.person.name, "晨练从这里开始")
        return code

    async def sees(self, *words: str) -> Shown:
        """The newest message with all these words, waited for."""
        return await self.user.wait_for(lambda message: all(word in shown(message) for word in words))

    def has(self, *words: str) -> list[Shown]:
        """The messages that now show all these words."""
        return [message for message in self.user.messages if all(word in shown(message) for word in words)]

    async def taps(self, label: str) -> Delivery:
        """Press the newest button with this text or key, as soon as there is one."""
        card = await self.user.wait_for(lambda message: is_on(message, label))
        return await self.user.tap(label, card)

    async def question(self) -> Before | None:
        """The question before them."""
        today = self.branch.clock().astimezone(ZONE).date()
        return await self.branch.look(before, self.id, today)

    async def gives(self, question: Before, said: str) -> None:
        """Answer a question, and wait until its verdict has come."""
        await self.sees(question.shown.stem)
        if question.shown.answer is not None:
            await self.user.say(said)
        elif question.shown.kind == "several":
            form = await self.user.wait_for(lambda message: "提交" in message.buttons)
            await self.user.vote(said.split(","), form)
        else:
            await self.taps(f"a:{question.slot}:{said}")
        await self.branch.until(partial(self._is_past, question))

    async def _is_past(self, question: Before) -> bool:
        now = await self.question()
        return now is None or now.slot != question.slot

    async def _has_a_question(self) -> bool:
        return await self.question() is not None

    async def starts(self, label: str = "开始") -> Before:
        """Press start, and have the first question before them."""
        await (await self.taps(label)).wait()
        await self.branch.until(self._has_a_question)
        question = await self.question()
        assert question is not None
        await self.sees(question.shown.stem)
        return question

    async def answers(self, *, wrong: str = "") -> int:
        """Answer what is open, wrongly where this checkpoint is asked; how often that was."""
        missed = 0
        while (question := await self.question()) is not None:
            is_wrong = question.checkpoint == wrong
            missed += is_wrong
            await self.gives(question, question.wrong() if is_wrong else question.right())
            if is_wrong:
                verdict = await self.sees("✗", "为什么", "[记住了")
                await (await self.user.tap(verdict.buttons[0], verdict)).wait()
        return missed


def is_on(message: Shown, label: str) -> bool:
    """Whether this can be pressed, by its text or its key."""
    keys = [button.get("key") for button in message.card.get("button_list", [])] if message.buttons else []
    return label in message.buttons or label in keys
