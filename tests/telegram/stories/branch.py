"""A branch on Telegram: the real store, switchboard and edge on a clock of our own, against the fake over real HTTP."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from bot.chat.words import Words
from bot.lines import TELEGRAM_PATH, Lines
from bot.main import Switchboard
from bot.rehearsal.clock import Clock
from bot.rehearsal.town import Town
from bot.rehearsal.troupe import ZONE
from bot.services import joining
from bot.store.store import Store
from bot.store.turn import Look, Turn
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.webhook import Hook
from bot.web.app import build as build_web
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.world import Query
from tests.stories.people import Before, before
from tests.telegram.conftest import QUICK

P = ParamSpec("P")
R = TypeVar("R")
MONDAY = date(2026, 11, 23)
PUBLIC = "https://drill.example.com"
DEAD = timedelta(minutes=2)
"""Longer than a heartbeat may be silent."""


class GatedStore(Store):
    """A store at whose door a use case can be held: just before its Turn, or when it is on disk and nobody knows."""

    held_before: str = ""
    held_after: str = ""

    async def do(self, verb: Callable[Concatenate[Turn, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        if verb.__name__ == self.held_before:
            self.holding.set()
            await asyncio.Event().wait()
        result = await super().do(verb, *args, **kwargs)
        self.done.append(verb.__name__)
        if verb.__name__ == self.held_after:
            self.holding.set()
            await asyncio.Event().wait()
        return result

    async def start(self) -> None:
        self.holding = asyncio.Event()
        self.done: list[str] = []
        await super().start()


@dataclass(slots=True)
class Branch:
    """The bank, its processes one after another, and its people's phones."""

    url: str
    town: Town
    fake: TelegramFake
    words: Mapping[str, Words]
    mode: str = "polling"
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
        """Start a process, wired as `serve` wires it."""
        gc.freeze()  # the program looks through all that is not, as it starts: here that is every test
        self._stop = asyncio.Event()
        self._process = AsyncExitStack()
        self.store = await self._process.enter_async_context(self._another())
        hook = Hook(PUBLIC + TELEGRAM_PATH, "a-secret") if self.mode == "webhook" else None
        line = telegram_edge(self.fake.token, self.fake.url, Random(1), pace=QUICK, hook=hook)
        edge = await self._process.enter_async_context(line)
        self.board = Switchboard(self.store)
        self._running = asyncio.create_task(self.board.run([edge], self._web(edge), self._stop))

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

    def _web(self, edge: TelegramEdge) -> Coroutine[None, None, None]:
        listening = self._process.enter_context(reserve("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]  # the next process is found at the same door
        self.fake.resolve(PUBLIC, f"http://127.0.0.1:{self._port}")
        self.fake.delivery.speed = 100
        app = build_web(None, self.words["zh-CN"], self.board.ready, Lines(edge).hooks)
        return serve_web(app, listening, self._stop, lambda _port: None)

    def is_forgotten(self, update: int) -> bool:
        """Whether Telegram takes this update for heard."""
        return update in self.fake.delivery.delivered if self.mode == "webhook" else update < self.fake.confirmed

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
        """Somebody with a phone; their number on Telegram has nothing to do with our id."""
        person = self.town.people[name]
        return Someone(self, person, self.fake.user(5000 + person, name))

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
        """Use an invitation; the code."""
        code = f"an-invitation-{self.id:04d}"
        await self.branch.store.do(joining.invite, self.id, code)
        await self.user.start(code)
        await self.sees(self.user.name, "晨练从这里开始")
        return code

    async def sees(self, *words: str) -> Message:
        """The newest message with all these words, waited for."""
        return await self.user.wait_for(lambda message: all(word in shown(message) for word in words))

    def has(self, *words: str) -> list[Message]:
        """The messages that now show all these words."""
        return [message for message in self.user.messages if all(word in shown(message) for word in words)]

    async def taps(self, label: str) -> Query:
        """Press the newest button that says this, as soon as there is one."""
        await self.user.wait_for(lambda message: bool(message.button(label)))
        newest = next(message for message in reversed(self.user.messages) if message.button(label))
        return await self.user.tap(label, newest)

    async def question(self) -> Before | None:
        """The question before them."""
        today = self.branch.clock().astimezone(ZONE).date()
        return await self.branch.look(before, self.id, today)

    async def gives(self, question: Before, said: str) -> None:
        """Answer a question, and wait until its verdict has come."""
        if question.shown.answer is not None:
            await self.user.say(said)
        else:
            if question.shown.kind == "several":
                await self._ticks([int(index) for index in said.split(",")])
            await self.taps(f"a:{question.slot}:{said}")
        await self.branch.until(partial(self._is_past, question))

    async def _ticks(self, chosen: Sequence[int]) -> None:
        """Tick options on the newest card, each of which changes it."""
        card = next(message for message in reversed(self.user.messages) if message.button("提交"))
        for index in chosen:
            before = card.labels
            letter = chr(ord("A") + index)
            await self.user.tap(next(label for row in before for label in row if letter in label), card)
            await self.user.wait_for(partial(_differs, card, before))

    async def _is_past(self, question: Before) -> bool:
        now = await self.question()
        return now is None or now.slot != question.slot

    async def _has_a_question(self) -> bool:
        return await self.question() is not None

    async def starts(self, label: str = "开始") -> Before:
        """Press start, and have the first question before them."""
        query = await self.taps(label)
        assert await query.wait() == "", "the spinner stops, and no word is needed"
        await self.branch.until(self._has_a_question)
        question = await self.question()
        assert question is not None
        await self._has_before_them(question)
        return question

    async def answers(self, *, wrong: str = "") -> int:
        """Answer what is open, wrongly where this checkpoint is asked; how often that was."""
        missed = 0
        while (question := await self.question()) is not None:
            is_wrong = question.checkpoint == wrong
            missed += is_wrong
            await self._has_before_them(question)
            await self.gives(question, question.wrong() if is_wrong else question.right())
            if is_wrong:
                await self.sees("✗", "为什么")
                await self._next()
        return missed

    async def _next(self) -> None:
        message = next(
            m for m in reversed(self.user.messages) if m.button("记住了，下一题") or m.button("记住了，看结果")
        )
        label = "记住了，下一题" if message.button("记住了，下一题") else "记住了，看结果"
        await self.user.tap(label, message)
        await self.user.wait_for(lambda shown_now: shown_now.id == message.id and not message.button(label))

    async def _has_before_them(self, question: Before) -> None:
        """The card of the question is on the phone."""
        stem = question.shown.stem
        await self.user.wait_for(lambda message: stem in message.text)


def _differs(card: Message, before: list[list[str]], message: Message) -> bool:
    return message is card and message.labels != before


def shown(message: Message) -> str:
    """A message with its buttons, as read."""
    return message.text + "".join(f"[{label}]" for row in message.labels for label in row)
