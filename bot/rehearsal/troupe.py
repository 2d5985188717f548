"""The troupe: simulated staff, trainers and heads who live through a working day on their phones."""

import heapq
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.chat.message import Button
from bot.rehearsal.mind import Mind
from bot.rehearsal.theatre import Question, Theatre, before_them
from bot.rehearsal.town import Town
from bot.router.verbs import day_of
from bot.services.caller import known
from bot.store import sittings
from bot.store.turn import Reader
from drills.policy import Policy, plan
from drills.sitting import Kind

Acting = AsyncIterator[float]
ZONE = ZoneInfo("Asia/Shanghai")
START, START_DAY, GO_ON_DAY = "s", "sd", "gd"
ACTED = 180  # seconds of a scene
PATIENCE = 3  # goes at a missed critical item before somebody leaves it for today


@dataclass(slots=True)
class Agenda:
    """Who acts next: the earliest first. An actor yields the seconds until they act again."""

    theatre: Theatre
    _waiting: list[tuple[datetime, int, Acting]] = field(default_factory=list)
    _count: int = 0

    def add(self, at: datetime, acting: Acting) -> None:
        """Somebody will act at this time."""
        self._count += 1
        heapq.heappush(self._waiting, (at, self._count, acting))

    async def run(self, until: datetime) -> None:
        """Let everybody act whose time comes before `until`, and leave the clock there."""
        while self._waiting and self._waiting[0][0] < until:
            at, _, acting = heapq.heappop(self._waiting)
            self.theatre.clock.move(at)
            try:
                pause = await anext(acting)
            except StopAsyncIteration:
                continue
            self.add(self.theatre.clock() + timedelta(seconds=pause), acting)
        self.theatre.clock.move(until)


@dataclass(slots=True)
class Log:
    """What the troupe did, for the auditor: answers by slot, who had finished the morning when, and on which days
    somebody answered the morning's questions, if only by the afternoon."""

    answered: set[int] = field(default_factory=set)
    right: dict[date, list[bool]] = field(default_factory=dict)
    finished: dict[tuple[date, str], datetime] = field(default_factory=dict)
    came: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))


def everybody(_address: str) -> bool:
    """Nobody is held by hand."""
    return True


@dataclass(slots=True)
class Troupe:
    """Everybody who acts by themselves. `acts` says whether an address does (in the demo, not those held by hand)."""

    theatre: Theatre
    town: Town
    minds: dict[str, Mind]
    rng: Random
    policy: Policy
    acts: Callable[[str], bool] = everybody
    log: Log = field(default_factory=Log)
    _busy: set[str] = field(default_factory=set)

    async def live(self, day: date, until: datetime | None = None) -> None:
        """A whole working day, step by step, up to an hour before midnight."""
        agenda = Agenda(self.theatre)
        self.enter(agenda, day)
        for slot in sorted(plan(self.policy), key=lambda s: s.start):
            moment = datetime.combine(day, slot.start, ZONE)
            await agenda.run(moment)
            await self.theatre.wake()
        await agenda.run(until or datetime.combine(day, self.policy.evening_until, ZONE) + timedelta(hours=2))
        await self.theatre.wake()
        for mind in self.minds.values():
            mind.sleep()

    def enter(self, agenda: Agenda, day: date) -> None:
        """Everybody's plans for a day; what they were at the day before is over."""
        self._busy.clear()
        policy = self.policy
        for member in self.town.plan.cast:
            address = str(self.town.people[member.name])
            if member.post:
                mind = self.minds[address]
                spread = self.rng.betavariate(1.6, 3.2)
                sets = [
                    (policy.remind, policy.close, 0.2 + 0.5 * spread, GO_ON_DAY),
                    (policy.propose, policy.makeup_until, spread, START_DAY),
                    (policy.evening, policy.evening_until, 0.5 * spread, START),
                    (policy.evening, policy.evening_until, 0.2 + 0.5 * spread, START),  # somebody may have two
                ]
                if mind.comes_today():
                    sets.append((policy.push, policy.close, spread, START_DAY))
                if mind.shirks_today():
                    sets = [each for each in sets if each[-1] == START]
                for first, last, share, verb in sets:
                    since = datetime.combine(day, first, ZONE)
                    agenda.add(_between(day, first, last, share), self.sit(address, day, verb, since))
                agenda.add(_between(day, policy.propose, policy.settle, spread), self.retry(address, day))
            else:
                agenda.add(_between(day, policy.review, policy.remind, 0.3), self.press(address, "rv"))
                agenda.add(_between(day, policy.propose, policy.settle, 0.1), self.press(address, "ok"))

    async def sit(self, address: str, day: date, verb: str, since: datetime) -> Acting:
        """Answer the newest set that came since then, if there is one, the way this mind answers."""
        found = self.theatre.channel.phones[address].find(verb, since)
        if found is None or address in self._busy or not self.acts(address):
            return
        self._busy.add(address)
        number, button = found
        sitting = await self._meant(address, button)
        await self.theatre.tap(address, button.data, number)
        yield self.rng.uniform(4, 12)
        for question in await self.theatre.store.look(before_them, sitting):
            if not self.acts(address):
                break
            await self._give(address, question, day)
            if verb != START:
                self.log.came[address].add(day)
            yield self.rng.uniform(6, 20)
            if await self._go_on(address, sitting):
                yield self.rng.uniform(3, 9)
        if verb == START:
            async for pause in self.act(address, since):
                yield pause
        self._busy.discard(address)
        self.log.finished.setdefault((day, address), self.theatre.clock())

    async def act(self, address: str, since: datetime) -> Acting:
        """Act the scene of the evening, if the questions have led to one, before the first colleague named: who ticks
        what they see, each point a little likelier than its actor knows the rest."""
        found = self.theatre.channel.phones[address].find("sce", since)
        if found is None or not self.acts(address):
            return
        number, button = found
        await self.theatre.tap(address, button.data, number)
        await self.theatre.post()
        yield ACTED
        observer = button.data.rpartition(":")[2]
        phone = self.theatre.channel.phones[observer]
        rubric = phone.find("sco", since)
        if rubric is None or not self.acts(observer):
            return
        _, run, _ = rubric[1].data.split(":")
        points = len(phone.messages[rubric[0]].options) - 1  # the last one says that nothing was shown
        likely = (1 + self.minds[address].ability) / 2
        shown = [i for i in range(points) if self.rng.random() < likely] or [points]
        places = ",".join(str(i) for i in shown)
        await self.theatre.tap(observer, f"sco:{run}:{places}", rubric[0])
        clean = phone.find("scm", since)
        if clean is not None:
            await self.theatre.tap(observer, clean[1].data, clean[0])
            await self.theatre.post()

    async def _meant(self, address: str, button: Button) -> int:
        """The sitting that a start button opens: its own, or that person's of a day."""
        verb, which, *kind = button.data.split(":")
        if verb == START:
            return int(which)
        played = await self.theatre.store.look(sittings.of_day, int(address), day_of([which], 0), kind[0])
        return known(played[0].sitting.id)

    async def _go_on(self, address: str, sitting: int) -> bool:
        """Press on after a wrong answer, if that is what the screen asks for."""
        data = f"n:{sitting}"
        card = self.theatre.channel.phones[address].holding(data)
        if card:
            await self.theatre.tap(address, data, card)
        return bool(card)

    async def _give(self, address: str, question: Question, day: date) -> None:
        mind = self.minds[address]
        said = mind.answer(question.shown, question.checkpoint)
        if question.shown.answer is not None:
            await self.theatre.say(address, said)
        else:
            card = self.theatre.channel.phones[address].holding(f"a:{question.slot}:")
            await self.theatre.tap(address, f"a:{question.slot}:{said}", card)
        self.log.answered.add(question.slot)

    async def retry(self, address: str, day: date) -> Acting:
        """Answer a missed critical item once more, until it is right, if a letter asks for it."""
        since = datetime.combine(day, self.policy.propose, ZONE)
        found = self.theatre.channel.phones[address].find("rc", since)
        if found is None or not self.acts(address):
            return
        await self.theatre.tap(address, found[1].data, found[0])
        yield self.rng.uniform(4, 12)
        for _ in range(PATIENCE):
            sitting = await self.theatre.store.look(_open_retry, int(address), day)
            questions = await self.theatre.store.look(before_them, sitting) if sitting else []
            if sitting is None or not questions or not self.acts(address):
                return
            await self._give(address, questions[0], day)
            yield self.rng.uniform(6, 20)
            if await self._go_on(address, sitting):
                yield self.rng.uniform(3, 9)

    async def press(self, address: str, verb: str) -> Acting:
        """Press the newest button of a kind, if there is one."""
        found = self.theatre.channel.phones[address].find(verb)
        if found is None or not self.acts(address):
            return
        await self.theatre.tap(address, found[1].data, found[0])
        await self.theatre.post()
        yield 1


def _open_retry(turn: Reader, person: int, day: date) -> int | None:
    played = sittings.of_day(turn, person, day, Kind.RETRY)
    return next((p.sitting.id for p in played if p.next_slot()), None)


def _between(day: date, first: time, last: time, share: float) -> datetime:
    begins, ends = datetime.combine(day, first, ZONE), datetime.combine(day, last, ZONE)
    return begins + (ends - begins) * share + timedelta(seconds=20)
