"""The demo's bank: fourteen days of history, then a day that moves when somebody presses the button. Whoever's phone is
not touched acts by themselves."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from bot.chat.channel import Letter
from bot.chat.message import Button, Message
from bot.chat.words import Words
from bot.rehearsal.mind import Mind
from bot.rehearsal.phones import Unrecorded, thread_of, told_of
from bot.rehearsal.ringing import CHANNEL, DemoChannel
from bot.rehearsal.stage import NOTHING, Bubble, Player, Scene, Seat, Stop, Told
from bot.rehearsal.theatre import Theatre
from bot.rehearsal.town import Cast, Town
from bot.rehearsal.troupe import ZONE, Agenda, Troupe
from bot.router import READS, commands_for
from bot.services.caller import caller
from bot.store import people
from bot.store.turn import Reader
from bot.views.text import clock as clock_text
from bot.views.text import long_day
from drills.calendar import Calendar
from drills.people import Role
from drills.policy import Policy, plan

TODAY = date(2026, 11, 23)
HISTORY = 14
RESTORED = timedelta(days=3)
"""How far back letters are put on the phones of those who act by themselves."""
READINGS = ("/", *(f"{verb}:" for verb in READS))
STUMBLERS = ("王芳", "李强")
"""Who gets a critical item wrong on the last day of the history, and again today: somebody to keep tonight."""


@dataclass(slots=True)
class DemoStage:
    """What the demo page looks at and presses."""

    theatre: Theatre
    channel: DemoChannel
    troupe: Troupe
    calendar: Calendar
    words: Words
    agenda: Agenda
    players: tuple[Player, ...]
    held: dict[str, date] = field(default_factory=dict)
    _listeners: list[asyncio.Queue[int]] = field(default_factory=list)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.channel.rings = self._ring
        self.troupe.acts = lambda address: self.held.get(address) != self.local().date()

    def local(self) -> datetime:
        """The time at the bank."""
        return self.theatre.clock().astimezone(ZONE)

    def _ring(self, person: int) -> None:
        for queue in self._listeners:
            queue.put_nowait(person)

    def _ring_again(self, before: int) -> None:
        """Who has got letters: they rang as they were sent, when a page that looked at once could not yet find them
        closed, and so did not see them."""
        for address in dict.fromkeys(seen.address for seen in self.channel.record[before:]):
            self._ring(int(address))

    def hush(self) -> None:
        """Nobody listens any more: every stream to a page ends."""
        for queue in self._listeners:
            queue.put_nowait(-1)

    async def listen(self) -> AsyncIterator[int]:
        """The person (0: the scene) each time something changed."""
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._listeners.append(queue)
        try:
            while (person := await queue.get()) >= 0:
                yield person
        finally:
            self._listeners.remove(queue)

    async def scene(self) -> Scene:
        """The bank as it is now."""
        now = self.local()
        stops = self._stops(now)
        ahead = next((s for s in stops if s.state == "ahead"), None)
        return Scene(
            day=long_day(self.words, now.date()),
            clock=clock_text(now.time()),
            stops=stops,
            players=self.players,
            next_label=f"{ahead.label} {ahead.at}" if ahead else self._stop_text("push"),
            done=False,
        )

    def _stops(self, now: datetime) -> tuple[Stop, ...]:
        moments = stop_times(self.troupe.policy)
        after_summary = now.time() < self.troupe.policy.push
        keys = list(moments)
        current = (
            "summary" if after_summary else max((k for k in keys[:-1] if moments[k] <= now.time()), key=keys.index)
        )
        at = keys.index(current)
        return tuple(
            Stop(
                key=key,
                label=self.words(f"web.stop.{key}"),
                at=clock_text(moments[key]),
                state="done" if i < at else "now" if i == at else "ahead",
            )
            for i, key in enumerate(keys)
        )

    def _stop_text(self, key: str) -> str:
        return f"{self.words(f'web.stop.{key}')} {clock_text(stop_times(self.troupe.policy)[key])}"

    async def thread(self, person: int) -> tuple[Bubble, ...]:
        """One person's chat."""
        return await self.theatre.store.look(thread_of, person, CHANNEL, self._readings(person), self.words)

    async def told(self, person: int) -> tuple[Told, ...]:
        """The same, letter by letter."""
        return await self.theatre.store.look(told_of, person, CHANNEL, self._readings(person), self.words)

    def _readings(self, person: int) -> list[Unrecorded]:
        return self.channel.readings.get(str(person), [])[-20:]

    async def tap(self, person: int, letter: int, data: str, handle: Mapping[str, str] = NOTHING) -> str:
        """Press a button on somebody's phone; from now on today they are yours."""
        address = str(person)
        if not data.startswith(READINGS):
            self.held[address] = self.local().date()
        async with self._moving:  # a tap while the clock is moved comes after it
            before = len(self.channel.record)
            self.theatre.clock.pass_by(7)
            await self.theatre.tap(address, data, letter, handle)
            await self.theatre.wake()  # a step whose time a slow reader has passed is taken
            self._ring_again(before)
            said = (seen.toast for seen in self.channel.record[before:] if seen.address == address and seen.toast)
            return next(said, "")

    async def say(self, person: int, text: str) -> str:
        """Write something on somebody's phone."""
        address = str(person)
        self.held[address] = self.local().date()
        async with self._moving:
            before = len(self.channel.record)
            self.theatre.clock.pass_by(9)
            self.channel.keep(Letter(address=address, message=Message(body=text)), mine=True)
            self._ring(person)
            await self.theatre.say(address, text)
            await self.theatre.wake()
            self._ring_again(before)
        return ""

    async def advance(self, stop: str | None = None) -> Scene:
        """Move to the next step of the day, or to a named one further on; everybody not held by hand lives on."""
        async with self._moving:
            scene = await self.scene()
            ahead = [s.key for s in scene.stops if s.state == "ahead"]
            key = stop if stop in ahead else (ahead[0] if ahead else "push")
            before = len(self.channel.record)
            await self._live_until(self._moment(key))
            self._ring_again(before)
            self._ring(0)
            return await self.scene()

    def _moment(self, key: str) -> datetime:
        now = self.local()
        day = now.date()
        if key == "summary":
            day = self.calendar.next_working(day)
        return datetime.combine(day, stop_times(self.troupe.policy)[key], ZONE)

    async def _live_until(self, moment: datetime) -> None:
        """Take every step of the way, evening and next morning included."""
        now = self.local()
        for slot in sorted(plan(self.troupe.policy), key=lambda s: s.start):
            at = datetime.combine(now.date(), slot.start, ZONE)
            if now < at <= moment:
                await self.agenda.run(at)
                await self.theatre.wake()
        if moment.date() > now.date():
            await self.agenda.run(datetime.combine(now.date(), time(22, 0), ZONE))
            await self.theatre.post()
            for mind in self.troupe.minds.values():
                mind.sleep()
            self.agenda = Agenda(self.theatre)
            self.troupe.enter(self.agenda, moment.date())
        await self.agenda.run(moment)
        await self.theatre.wake()


def stop_times(policy: Policy) -> dict[str, time]:
    """The stops of the demo's day, the last one next morning."""
    return {
        "push": policy.push,
        "meeting": policy.review,
        "close": policy.close,
        "list": policy.propose,
        "evening": policy.evening,
        "summary": policy.summary,
    }


def player(words: Words, member: Cast, person: int, commands: Sequence[str]) -> Player:
    """A person of the cast as the page shows them."""
    seat: Seat = "staff" if member.post else "trainer" if member.role is Role.TRAINER else "manager"
    work = words(f"post.{member.post}") if member.post else words(f"role.{member.role}")
    menu = tuple(Button(words(f"menu.{name}"), f"/{name}") for name in commands)
    return Player(
        id=person, name=member.name, seat=seat, title=f"{work} · {member.unit}", face=member.name[0], menu=menu
    )


def minds(town: Town) -> Mapping[str, Mind]:
    """How much everybody knows, and how reliably they answer."""
    made = {}
    for member in town.plan.cast:
        if member.post:
            made[str(town.people[member.name])] = Mind(Random(f"demo/{member.name}"), member.ability, diligence=0.96)
    return made


def history_days(calendar: Calendar) -> tuple[date, ...]:
    """The working days before the demo's today."""
    days: list[date] = []
    day = TODAY
    for _ in range(HISTORY):
        day = calendar.previous_working(day)
        days.append(day)
    return tuple(reversed(days))


def opening(day: date, policy: Policy) -> datetime:
    """The instant a rehearsed day begins: just before the summary."""
    return datetime.combine(day, policy.summary, ZONE) - timedelta(minutes=5)


async def stage(troupe: Troupe, channel: DemoChannel, calendar: Calendar, words: Words) -> DemoStage:
    """Everything in its place, with today's plans made for whoever acts by themselves."""
    theatre, town = troupe.theatre, troupe.town
    commands = await theatre.store.look(_commands, list(town.people.values()))
    players = tuple(
        player(words, member, town.people[member.name], commands[town.people[member.name]]) for member in town.plan.cast
    )
    made = DemoStage(theatre, channel, troupe, calendar, words, Agenda(theatre), players)
    troupe.enter(made.agenda, made.local().date())
    return made


def _commands(turn: Reader, persons: Sequence[int]) -> dict[int, list[str]]:
    return {person: commands_for(caller(turn, people.get(turn, person))) for person in persons}
