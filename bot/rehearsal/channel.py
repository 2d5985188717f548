"""A channel that keeps what it was given: the phones of a rehearsal, and the auditor's only witness."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.channel import Letter, Limits, Receipt, SendError
from bot.chat.message import Button, Message

NAME = "rehearsal"
KEPT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One letter as it arrived: which outbox letter, at whom, when, what, and the event it answers, if it does."""

    letter: int
    address: str
    at: datetime
    message: Message | None
    toast: str
    event: str = ""


@dataclass(slots=True)
class Phone:
    """What one person's chat shows: messages by their number, edited in place."""

    messages: dict[int, Message] = field(default_factory=dict)
    changed: dict[int, datetime] = field(default_factory=dict)

    def show(self, number: int, message: Message, at: datetime) -> None:
        """Put a message on the screen, or another in its place; only the last ones are kept."""
        self.messages[number], self.changed[number] = message, at
        if len(self.messages) > KEPT:
            oldest = min(self.messages)
            del self.messages[oldest], self.changed[oldest]

    def find(self, verb: str, since: datetime | None = None) -> tuple[int, Button] | None:
        """The newest message (changed since an instant) that has a button with this verb, and the button."""
        for number in sorted(self.messages, reverse=True):
            if since is not None and self.changed[number] < since:
                continue
            for row in self.messages[number].buttons:
                for button in row:
                    if button.data.partition(":")[0] == verb:
                        return number, button
        return None

    def holding(self, data: str) -> int:
        """The number of the newest message with a button whose data begin like this; 0 if there is none."""
        for number in sorted(self.messages, reverse=True):
            if any(b.data.startswith(data) for row in self.messages[number].buttons for b in row):
                return number
        return 0


class RecordingChannel:
    """Takes every letter, writes it down, and shows it on the phone of its address. A new message has its letter's
    number."""

    limits = Limits(text=100_000, button_data=64, row=8)

    def __init__(self, clock: Callable[[], datetime], name: str = NAME) -> None:
        self._clock = clock
        self.name = name
        self.record: list[Delivered] = []
        self.phones: dict[str, Phone] = defaultdict(Phone)
        self.files: dict[str, bytes] = {}
        self._count = 0

    def unrecorded(self) -> int:
        """A number for something that is not in the outbox: below zero, so that it never meets a letter's."""
        self._count -= 1
        return self._count

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """Deliver; the handle of a receipt is the message's number on that phone."""
        return [self._show(letter) for letter in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        """A file somebody sent: what `files` holds under that name."""
        if media not in self.files or len(self.files[media]) > most:
            raise SendError("no such file, or too large", permanent=True)
        return self.files[media]

    def _show(self, letter: Letter) -> Receipt:
        at = self._clock()
        seen = Delivered(
            letter=letter.id,
            address=letter.address,
            at=at,
            message=letter.message,
            toast=letter.toast,
            event=letter.handle.get("event", ""),
        )
        self.record.append(seen)
        if letter.message is None:
            return Receipt(letter.id)
        number = int(letter.handle["message"]) if letter.replaces and "message" in letter.handle else 0
        number = number or letter.id or self.unrecorded()
        self.phones[letter.address].show(number, letter.message, at)
        return Receipt(letter.id, {"message": str(number)})
