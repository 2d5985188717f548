"""A made-up stage for the page alone: three seats, a few letters, a clock with six stops. It knows no rules."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from bot.chat.channel import Letter
from bot.chat.message import Button, Message, Tone
from bot.chat.words import Words
from bot.rehearsal.stage import NOTHING, Bubble, Player, Scene, State, Stop, Told
from bot.views import catalogue
from tests.web.letters import GREETING, KEYS, LIST, QUESTIONS, REASONS, SUMMARY

WANG, LI, SUN, ZHAO, CHEN, ZHENG = 1, 2, 3, 11, 12, 21
YESTERDAY, TODAY = "11月20日", "11月23日"

PLAYERS = (
    Player(id=WANG, name="王芳", seat="staff", title="柜员 · 城东支行", face="王", menu=(Button("我的", "/me"),)),
    Player(id=LI, name="李强", seat="staff", title="柜员 · 城东支行", face="李"),
    Player(id=SUN, name="孙丽", seat="staff", title="大堂经理 · 城东支行", face="孙"),
    Player(id=ZHAO, name="赵敏", seat="trainer", title="培训师 · 城东支行", face="赵"),
    Player(id=CHEN, name="陈主任", seat="trainer", title="网点负责人 · 城东支行", face="陈"),
    Player(id=ZHENG, name="郑总", seat="manager", title="分管经理 · 县联社", face="郑"),
)
STOPS = (
    ("push", "推送", "08:03"),
    ("meeting", "晨会", "08:15"),
    ("close", "收卷", "08:45"),
    ("list", "名单", "09:00"),
    ("evening", "补练", "17:40"),
    ("summary", "次日汇报", "07:40"),
)


def words() -> Words:
    return catalogue()["zh-CN"]


@dataclass
class Canned:
    """The stage: letters in memory, changed by taps, texts and the clock."""

    at: int = 0
    players: tuple[Player, ...] = PLAYERS
    threads: dict[int, list[Bubble]] = field(default_factory=dict)
    letters: dict[int, list[Told]] = field(default_factory=dict)
    pressed: Mapping[str, str] = field(default_factory=dict)
    listeners: list[asyncio.Queue[int | None]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    last: int = 100
    asked: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in (WANG, LI, SUN):
            self._past(
                person,
                Message(lead="✓ 完成 4/5，2 分 10 秒。", tone=Tone.RIGHT, body="连续 12 个工作日。", buttons=GREETING),
            )
        self._past(ZHENG, SUMMARY)
        self._past(
            ZHAO,
            Message(title="收卷", body="城东支行已答 6/6，答对 26/30。", buttons=((Button("今日看板", "/board"),),)),
        )
        self._past(CHEN, Message(title="收卷", body="城东支行已答 6/6，答对 26/30。"))
        self.post(WANG, QUESTIONS[0])
        self.post(LI, Message(body="早上好。今天 5 题，约 3 分钟，08:45 前都算。", buttons=GREETING))
        self.post(SUN, Message(body="早上好。今天 5 题，约 3 分钟，08:45 前都算。", buttons=GREETING))
        self.post(
            ZHAO,
            Message(
                title="晨会 08:15",
                body="今天由您主持。点评 1 件，情景 1 个。",
                buttons=((Button("看流程", "meeting:1"), Button("今日看板", "/board")),),
            ),
        )

    def _past(self, person: int, message: Message) -> None:
        self.last += 1
        bubble = Bubble(id=self.last, version=self.last, mine=False, at="08:21", day=YESTERDAY, message=message)
        self.threads.setdefault(person, []).append(bubble)
        self._told(person, bubble, bubble.id)

    def _told(self, person: int, bubble: Bubble, root: int, *, replaces: bool = False) -> None:
        letter = Letter(
            address=str(person), message=bubble.message, toast=bubble.toast, handle=self.pressed, replaces=replaces
        )
        at = datetime.combine(datetime(2026, 11, 23, tzinfo=UTC), time.fromisoformat(bubble.at), UTC)
        number = bubble.id if bubble.mine else bubble.version
        told = Told(id=number, root=root, at=at, day=bubble.day, letter=letter, mine=bubble.mine)
        self.letters.setdefault(person, []).append(told)

    def post(self, person: int, message: Message, *, mine: bool = False) -> None:
        self.last += 1
        number = -self.last if mine else self.last
        clock = STOPS[self.at][2]
        bubble = Bubble(id=number, version=self.last, mine=mine, at=clock, day=TODAY, message=message)
        self.threads.setdefault(person, []).append(bubble)
        self._told(person, bubble, number)
        self.wake(person)

    def edit(self, person: int, letter: int, message: Message) -> None:
        self.last += 1
        self.threads[person] = [
            replace(b, version=self.last, message=message) if b.id == letter else b for b in self.threads[person]
        ]
        changed = next(b for b in self.threads[person] if b.id == letter)
        self._told(person, changed, letter, replaces=True)
        self.wake(person)

    def wake(self, person: int) -> None:
        for queue in self.listeners:
            queue.put_nowait(person)

    async def scene(self) -> Scene:
        def state(index: int) -> State:
            return "done" if index < self.at else "now" if index == self.at else "ahead"

        stops = tuple(Stop(key=k, label=n, at=t, state=state(i)) for i, (k, n, t) in enumerate(STOPS))
        ahead = [f"{s.label} {s.at}" for s in stops if s.state == "ahead"]
        return Scene(
            day="11月24日 星期二" if self.at == len(STOPS) - 1 else f"{TODAY} 星期一",
            clock=STOPS[self.at][2],
            stops=stops,
            players=self.players,
            next_label=ahead[0] if ahead else "",
            done=not ahead,
        )

    async def thread(self, person: int) -> tuple[Bubble, ...]:
        return tuple(self.threads.get(person, ())[-40:])

    async def told(self, person: int) -> tuple[Told, ...]:
        return tuple(self.letters.get(person, ()))

    async def tap(self, person: int, letter: int, data: str, handle: Mapping[str, str] = NOTHING) -> str:
        self.pressed = handle
        if data == "crash":
            raise RuntimeError("王芳 chose B")
        verb, *rest = data.split(":")
        bubble = next((b for b in self.threads[person] if b.id == letter), None)
        if bubble is None and not data.startswith("/"):
            return "这张卡不是您的"
        if verb == "a":
            return self._answer(person, letter, int(rest[0]), rest[1])
        if verb in {"start", "next"}:
            number = self.asked.get(person, 0) + (verb == "next")
            self.asked[person] = number
            self.edit(person, letter, QUESTIONS[number % len(QUESTIONS)])
        elif verb == "confirm":
            self.edit(
                person,
                letter,
                Message(lead="✓ 已确认 1 人。", tone=Tone.RIGHT, body="王芳已收到通知：今晚 17:40，约 15 分钟。"),
            )
            self.post(WANG, REASONS)
        else:
            self.post(person, Message(title="我的", rows=(("本月", "46/48"), ("连续", "12 个工作日"))))
        return ""

    def _answer(self, person: int, letter: int, number: int, choice: str) -> str:
        after = QUESTIONS[(number + 1) % len(QUESTIONS)]
        if choice != KEYS[number]:
            wrong = Message(
                lead=f"✗ 应是 {KEYS[number]}。您选了 {choice}：那是换残币的规定。",
                tone=Tone.WRONG,
                body="为什么：钞票离柜后说不清，当面清点既护客户也护您。",
                note="依据:《柜面服务规范》第 12 条，2025-01-01 起。",
                buttons=((Button("记住了，下一题", f"next:{number}"),), (Button("题目有误", f"flaw:{number}"),)),
            )
            self.edit(person, letter, wrong)
            return ""
        self.edit(person, letter, replace(after, lead="✓ 对。钞票当面点清，离柜后说不清。", tone=Tone.RIGHT))
        return ""

    async def say(self, person: int, text: str) -> str:
        self.post(person, Message(body=text), mine=True)
        self.post(person, Message(lead="✓ 对。12.5 元。", tone=Tone.RIGHT, body=f"您写的是「{text}」。"))
        return ""

    async def advance(self, stop: str | None = None) -> Scene:
        keys = [key for key, _, _ in STOPS]
        self.at = keys.index(stop) if stop else self.at + 1
        if keys[self.at] == "list":
            self.post(ZHAO, LIST)
        elif keys[self.at] == "summary":
            self.post(ZHENG, SUMMARY)
        else:
            self.post(WANG, Message(body="还有 3 题没答，约 2 分钟，08:45 收。", buttons=((Button("继续", "start"),),)))
            self.post(LI, Message(body="还有 5 题没答，约 3 分钟，08:45 收。", buttons=((Button("继续", "start"),),)))
        self.wake(0)
        return await self.scene()

    async def listen(self) -> AsyncIterator[int]:
        queue: asyncio.Queue[int | None] = asyncio.Queue()
        self.listeners.append(queue)
        try:
            while (person := await queue.get()) is not None:
                yield person
        finally:
            self.listeners.remove(queue)
            self.left.set()

    def hush(self) -> None:
        for queue in self.listeners:
            queue.put_nowait(None)
