"""The one door to a platform: send letters, get a receipt each. What it lacks, its renderer degrades visibly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat.message import Message


class SendError(Exception):
    """A letter did not go out. `permanent`: trying again cannot help. `retry_after`: seconds the platform asks to wait.
    `gone`: the person can no longer be reached at this address."""

    def __init__(self, reason: str, *, permanent: bool, retry_after: float = 0.0, gone: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.permanent, self.retry_after, self.gone = reason, permanent, retry_after, gone


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform takes: characters of text, bytes of a button, buttons in a row, letters of the same body that one
    `send` takes together; whether a message that stands can be changed."""

    text: int
    button_data: int
    row: int
    together: int = 1000
    changes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to say to one address. `id` is the outbox row (0: not recorded). With `replaces` it takes the place of
    the message its `handle` names (falling back to a new one); `toast` is the short word over a pressed button. A
    letter with a toast and no message says only that. The lower the `urgency`, the sooner it goes; a reply has 0."""

    id: int = 0
    address: str
    message: Message | None = None
    toast: str = ""
    handle: Mapping[str, str] = field(default_factory=dict)
    replaces: bool = False
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a letter: the platform's handle of the message (for later changes), or the error. `moved` is the
    address under which a group goes on, where the letter has already gone."""

    letter: int
    handle: Mapping[str, str] = field(default_factory=dict)
    error: SendError | None = None
    moved: str = ""


class Channel(Protocol):
    """One platform. `send` takes letters of the same body, and never raises for a letter: it says so in the receipt.
    `fetch` brings the bytes of a file that was sent; it raises SendError, permanent when there are more than `most`."""

    name: str
    limits: Limits

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]: ...

    async def fetch(self, media: str, most: int) -> bytes: ...
