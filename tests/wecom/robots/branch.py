"""A small branch without a public address: the real store and switchboard, a smart bot's socket and a group's webhook
against the fake, on a clock of our own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random

from bot.edge.pace import Tries
from bot.main import Switchboard
from bot.services import joining
from bot.store.presence import beat, leave, living
from bot.wecom.gate import Gate
from bot.wecom.posts import TWENTY, GroupPosts
from bot.wecom.request import Line
from bot.wecom.robot_start import BotEdge, Hands, bot_edge
from bot.wecom.traffic import Rates
from tests.fakes.wecom import BotFake, BotRoom, Shown, WeComFake
from tests.stories.living import Living
from tests.stories.people import Before
from tests.wecom.lines import OURS, SWIFT


@dataclass(slots=True)
class Branch(Living[WeComFake]):
    """A bank whose people talk with a smart bot."""

    bot: BotFake = field(init=False)
    edge: BotEdge = field(init=False)

    def __post_init__(self) -> None:
        self.bot = self.fake.bot()

    async def start(self) -> None:
        """Start a process, wired as `serve` wires it, but for the web."""
        await self._open()
        enter = self._process.enter_async_context
        posts = GroupPosts(await enter(Line(self.fake.url, 5, 10)), Gate(TWENTY, self.fake.now))
        gate = Gate(Rates(), self.fake.now)
        hands = Hands(Random(1), self._elsewhere, Tries(retry=0.01, longest=0.05, tries=3))
        self.edge = await enter(bot_edge(OURS, self.fake.socket_url, "确定", hands, pace=SWIFT, gate=gate))
        self._run(Switchboard(self.store, channels={posts.name: posts}), self.edge, self._stop_waits())
        await self.connected()

    async def _elsewhere(self) -> bool:
        """Whether another process is alive, as `serve` asks."""
        return len(await self.store.look(living)) > 1

    @asynccontextmanager
    async def another_process(self) -> AsyncIterator[None]:
        """A second process beats its heart while the block runs."""
        async with self._another() as other:
            await other.do(beat)
            yield
            await other.do(leave)

    async def _stop_waits(self) -> None:
        """In place of the web."""
        await self._stop.wait()

    async def connected(self) -> None:
        """The bot is ours, and heard."""
        await self.until_so(lambda: self.bot.is_connected and not self.edge.pulse.trouble)

    def _move(self, moment: datetime) -> None:
        """WeCom's clock moves on as well."""
        self.fake.pass_time((moment - self.clock()).total_seconds())
        self.clock.move(moment)

    async def until_so(self, true: Callable[[], bool]) -> None:
        """Wait until this is so."""
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110 - a connection rings no bell
                await asyncio.sleep(0.005)

    # ---- people

    async def joined(self, *names: str) -> "list[Someone]":
        """These people, let in by an invitation each."""
        people = []
        for name in names:
            person = self.town.people[name]
            someone = Someone(self, person, self.bot.alone(self.fake.user(f"User{person}", name)))
            await someone.joins()
            people.append(someone)
        return people


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the cast, alone with the bot."""

    branch: Branch
    id: int
    room: BotRoom

    async def joins(self) -> None:
        """Write an invitation's code to the bot."""
        code = f"wb{self.id:010d}"
        await self.branch.store.do(joining.invite, self.id, code)
        await self.room.say(code)
        await self.sees(self.room.person.name, "晨练从这里开始")

    async def sees(self, *words: str) -> Shown:
        """The newest message with all these words, waited for."""
        return await self.room.wait_for(lambda message: all(word in seen(message) for word in words))

    def has(self, *words: str) -> list[Shown]:
        """The messages that now show all these words."""
        return [message for message in self.room.messages if all(word in seen(message) for word in words)]

    async def taps(self, label: str) -> Shown:
        """Press the newest button that says this or carries it, as soon as there is one."""
        card = await self.room.wait_for(lambda message: label in pressable(message))
        await self.room.tap(label, card)
        return card

    async def question(self) -> Before | None:
        """The question before them."""
        return await self.branch.question_of(self.id)

    async def starts(self, label: str = "开始") -> Before:
        """Press start, and have the first question before them."""
        await self.taps(label)
        return await self.next_question(None)

    async def next_question(self, last: Before | None) -> Before:
        """Another question than that, once its card is there."""
        now = await self.branch.next_question(self.id, last)
        await self.room.wait_for(lambda message: now.shown.stem in seen(message))
        return now

    async def gives(self, question: Before, said: str) -> None:
        """Answer a question, and wait until that is on disk."""
        if question.shown.answer is not None:
            await self.room.say(said)
        elif question.shown.kind == "several":
            key = f"a:{question.slot}"
            form = await self.room.wait_for(lambda shown: shown.card.get("submit_button", {}).get("key") == key)
            await self.room.vote(said.split(","), form)
        else:
            await self.taps(f"a:{question.slot}:{said}")
        await self.branch.is_past(self.id, question)

    async def answers(self, *, wrong: str = "") -> int:
        """Answer what is open, wrongly where this checkpoint is asked; how often that was."""
        missed = 0
        while (question := await self.question()) is not None:
            await self.room.wait_for(partial(_asks, question.shown.stem))
            is_wrong = question.checkpoint == wrong
            missed += is_wrong
            await self.gives(question, question.wrong() if is_wrong else question.right())
            if is_wrong:
                card = await self.room.wait_for(lambda message: any("记住了" in word for word in pressable(message)))
                await self.taps(next(word for word in pressable(card) if "记住了" in word))
                await self.room.wait_for(lambda message: not any("记住了" in word for word in pressable(message)))
        return missed


def _asks(stem: str, message: Shown) -> bool:
    return stem in seen(message)


def pressable(message: Shown) -> list[str]:
    """What can be pressed now, by what it says and by what it carries."""
    buttons = [] if message.frozen else message.card.get("button_list", [])
    return [word for button in buttons for word in (button["text"], button["key"])]


def seen(message: Shown) -> str:
    """A message with what it quotes and its buttons, as read."""
    quote = message.card.get("quote_area", {}).get("quote_text", "")
    return "\n".join((quote, message.text, *(f"[{label}]" for label in message.buttons)))
