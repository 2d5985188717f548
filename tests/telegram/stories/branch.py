"""A branch on Telegram: the real store, switchboard and edge on a clock of our own, against the fake over real HTTP."""

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from bot.lines import TELEGRAM_PATH, Lines
from bot.main import Switchboard
from bot.services import joining
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.webhook import Hook
from bot.web.app import build as build_web
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from tests.fakes.telegram import TelegramFake, User
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.world import Query
from tests.stories.living import Living
from tests.stories.people import Before
from tests.telegram.conftest import QUICK

PUBLIC = "https://drill.example.com"


@dataclass(slots=True)
class Branch(Living[TelegramFake]):
    """A bank on Telegram."""

    mode: str = "polling"
    _port: int = 0

    async def start(self) -> None:
        """Start a process, wired as `serve` wires it."""
        await self._open()
        hook = Hook(PUBLIC + TELEGRAM_PATH, "a-secret") if self.mode == "webhook" else None
        line = telegram_edge(self.fake.token, self.fake.url, Random(1), pace=QUICK, hook=hook)
        edge = await self._process.enter_async_context(line)
        board = Switchboard(self.store)
        self._run(board, edge, self._web(edge, board))

    def _web(self, edge: TelegramEdge, board: Switchboard) -> Coroutine[None, None, None]:
        listening = self._process.enter_context(reserve("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]  # the next process is found at the same door
        self.fake.resolve(PUBLIC, f"http://127.0.0.1:{self._port}")
        self.fake.delivery.speed = 100
        app = build_web(None, self.words["zh-CN"], board.ready, Lines(edge).hooks)
        return serve_web(app, listening, self._stop, lambda _port: None)

    def is_forgotten(self, update: int) -> bool:
        """Whether Telegram takes this update for heard."""
        return update in self.fake.delivery.delivered if self.mode == "webhook" else update < self.fake.confirmed

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
        return await self.branch.question_of(self.id)

    async def gives(self, question: Before, said: str) -> None:
        """Answer a question, and wait until its verdict has come."""
        if question.shown.answer is not None:
            await self.user.say(said)
        else:
            if question.shown.kind == "several":
                await self._ticks([int(index) for index in said.split(",")])
            await self.taps(f"a:{question.slot}:{said}")
        await self.branch.is_past(self.id, question)

    async def _ticks(self, chosen: Sequence[int]) -> None:
        """Tick options on the newest card, each of which changes it."""
        card = next(message for message in reversed(self.user.messages) if message.button("提交"))
        for index in chosen:
            before = card.labels
            letter = chr(ord("A") + index)
            await self.user.tap(next(label for row in before for label in row if letter in label), card)
            await self.user.wait_for(partial(_differs, card, before))

    async def starts(self, label: str = "开始") -> Before:
        """Press start, and have the first question before them."""
        query = await self.taps(label)
        assert await query.wait() == "", "the spinner stops, and no word is needed"
        question = await self.branch.next_question(self.id)
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
