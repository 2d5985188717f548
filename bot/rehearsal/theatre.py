"""The theatre: a real store, the real router and courier, a recording channel and a clock, driven step by step."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.incoming import Incoming, Tap, Text
from bot.rehearsal.channel import RecordingChannel
from bot.rehearsal.clock import Clock
from bot.rehearsal.faults import Crash
from bot.rehearsal.stage import NOTHING
from bot.router import hear
from bot.services.courier import answer, deliver
from bot.services.day import tick
from bot.store import sittings
from bot.store.store import Store
from bot.store.turn import Reader
from drills.marking import Shown

Restart = Callable[[], Awaitable[Store]]


@dataclass(slots=True)
class Theatre:
    """Everything a rehearsed day runs on. When its process dies, `restart` gives the store of the next one; whatever
    the dead one had not acknowledged is handed in again, as a platform would."""

    store: Store
    clock: Clock
    channel: RecordingChannel
    restart: Restart | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def wake(self) -> None:
        """What the scheduler does in a real process: take the steps that are due, then send what is due."""
        await self._survive(self._wake)

    async def wake_at(self, moment: datetime) -> None:
        """The same, at a moment."""
        self.clock.move(moment)
        await self.wake()

    async def post(self) -> None:
        """Send what is due, without looking at the clock's steps."""
        await self._survive(self._post)

    async def tap(self, address: str, data: str, message: int = 0, handle: Mapping[str, str] = NOTHING) -> None:
        """Press a button on a message."""
        await self._event(address, Tap(data), {**handle, "message": str(message)} if message else {})

    async def say(self, address: str, text: str) -> None:
        """Write something."""
        await self._event(address, Text(text), {})

    async def _event(self, address: str, said: Tap | Text, handle: dict[str, str]) -> None:
        event = f"{self.store.process}/{len(self.asked) + 1}"  # never met again, however often the demo is opened
        self.asked.append((event, address))
        incoming = Incoming(
            channel=self.channel.name, event=event, address=address, said=said, handle={**handle, "event": event}
        )

        async def handed_in() -> None:
            letters = await hear(self.store, incoming)
            await answer(self.store, {self.channel.name: self.channel}, letters)

        await self._survive(handed_in)

    async def _wake(self) -> None:
        await tick(self.store)
        await self._post()

    async def _post(self) -> None:
        await deliver(self.store, {self.channel.name: self.channel})

    async def _survive(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await work()
            except Crash:
                if self.restart is None:
                    raise
                await self.store.close()
                self.store = await self.restart()


@dataclass(frozen=True, slots=True)
class Question:
    """The question a simulated person has before them."""

    slot: int
    checkpoint: str
    shown: Shown


def before_them(turn: Reader, sitting_id: int) -> list[Question]:
    """The open questions of a sitting in order, as somebody will read them from the screen, one after another."""
    played = sittings.load(turn, sitting_id)
    slots = played.slots_by_id.items() if played else ()
    open_ = [(number, slot) for number, slot in slots if played and number not in played.answers]
    return [Question(number, slot.checkpoint, Shown.from_json(slot.shown)) for number, slot in open_]
