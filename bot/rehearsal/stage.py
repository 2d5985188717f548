"""What the demo page needs from whoever plays the bank: people, a clock, threads, and hands to tap and type."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.chat.channel import Letter
from bot.chat.message import Button, Message

Seat = Literal["staff", "trainer", "manager"]
State = Literal["done", "now", "ahead"]
NOTHING: Mapping[str, str] = {}
SEATS: tuple[Seat, ...] = ("staff", "trainer", "manager")


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A person whose phone can be held: `title` is post and branch, `face` one character, `menu` the commands."""

    id: int
    name: str
    seat: Seat
    title: str
    face: str
    menu: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A step of the day, such as 推送 at 08:03."""

    key: str
    label: str
    at: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The bank at one instant. `next_label` is where the clock goes next ("晨会 08:15"); `done`: nothing is ahead."""

    day: str
    clock: str
    stops: tuple[Stop, ...]
    players: tuple[Player, ...]
    next_label: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message in a thread. `id` is the root letter's (negative: not recorded, own text or a pure reading),
    `version` the latest letter shown in it, `mine` what the person typed, `toast` the latest letter's short word."""

    id: int
    version: int
    mine: bool
    at: str
    day: str
    message: Message
    toast: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One letter as it was said, for a platform that shows it its own way. `id` is the letter's number, below zero
    where it is not recorded; `root` the message it made or changed, by which a tap names it; `at` the time at the bank;
    `mine` is what the person typed."""

    id: int
    root: int
    at: datetime
    day: str
    letter: Letter
    mine: bool = False


class Stage(Protocol):
    """Whoever plays the bank."""

    async def scene(self) -> Scene: ...

    async def thread(self, person: int) -> tuple[Bubble, ...]:
        """The last forty or so, oldest first."""
        ...

    async def told(self, person: int) -> tuple[Told, ...]:
        """Everything of the last days in the order it was said."""
        ...

    async def tap(self, person: int, letter: int, data: str, handle: Mapping[str, str] = NOTHING) -> str:
        """Presses a button; gives the toast, or nothing. The letter that answers keeps the handle."""
        ...

    async def say(self, person: int, text: str) -> str:
        """Sends a typed text; gives the toast, or nothing."""
        ...

    async def advance(self, stop: str | None = None) -> Scene:
        """Moves the clock to the next step, or to a named one further on."""
        ...

    def listen(self) -> AsyncIterator[int]:
        """The person (0: the scene) each time something changed. Its end ends the stream to the page."""
        ...
