"""A branch on WeCom: the real store, switchboard, web server and edge on a clock of our own, against the fake over real
HTTP."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from bot.lines import CONTACTS_PATH, WECOM_PATH, Lines, said_in
from bot.main import Switchboard
from bot.services import joining
from bot.web.app import build as build_web
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from bot.wecom.pace import Pace
from bot.wecom.start import WeComEdge, wecom_edge
from bot.wecom.traffic import Rates
from tests.fakes.wecom import CONTACTS, Delivery, Shown, User, WeComFake, vectors
from tests.stories.living import Living
from tests.stories.people import Before
from tests.wecom.conftest import KEYS, shown
from tests.wecom.door import CONTACTS_DOOR, DOOR

QUICK = Pace(retry=0.01, longest=0.05, tries=3, rates=Rates(minute=1000, hour=10_000, patience=0.1, refused=0.05))


@dataclass(slots=True)
class Branch(Living[WeComFake]):
    """A bank on WeCom."""

    pace: Pace = QUICK
    _port: int = 0

    async def start(self) -> None:
        """Start a process, wired as `serve` wires it, and enter its address in the console if it is the first."""
        await self._open()
        up = asyncio.Event()
        said = said_in(self.words["zh-CN"])
        line = wecom_edge(
            KEYS, DOOR, self.fake.url, said, dice=Random(1), clock=self._now, contacts=CONTACTS_DOOR, pace=self.pace
        )
        edge: WeComEdge = await self._process.enter_async_context(line)
        board = Switchboard(self.store, contacts=edge.contacts)
        listening = self._process.enter_context(reserve("127.0.0.1", self._port))
        first, self._port = not self._port, listening.getsockname()[1]
        app = build_web(None, self.words["zh-CN"], board.ready, Lines(wecom=edge).hooks)
        serving = serve_web(app, listening, self._stop, lambda _port: up.set())
        self._run(board, edge, serving)
        await up.wait()
        if first:
            await self.fake.set_callback(f"http://127.0.0.1:{self._port}{WECOM_PATH}", vectors.TOKEN, vectors.AES_KEY)

    async def enter_contacts(self) -> None:
        """Enter the address of the contacts-sync assistant in the console."""
        url = f"http://127.0.0.1:{self._port}{CONTACTS_PATH}"
        await self.fake.set_callback(url, vectors.OTHER_TOKEN, vectors.OTHER_AES_KEY, agent=CONTACTS)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.fake.now(), UTC)

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


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the cast and their phone."""

    branch: Branch
    id: int
    user: User

    async def joins(self) -> str:
        """Write the code of an invitation; the code."""
        code = f"wc{self.id:010d}"
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
        return await self.branch.question_of(self.id)

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
        await self.branch.is_past(self.id, question)

    async def starts(self, label: str = "开始") -> Before:
        """Press start, and have the first question before them."""
        await (await self.taps(label)).wait()
        question = await self.branch.next_question(self.id)
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
