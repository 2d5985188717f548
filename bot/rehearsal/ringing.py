"""The demo's phones as a channel: they ring, and keep what is in no outbox."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.chat.channel import Letter, Receipt
from bot.chat.message import Message
from bot.rehearsal.channel import RecordingChannel
from bot.rehearsal.phones import Unrecorded, message_number
from bot.store.tables import LetterRow

CHANNEL = "web"


def _silent(_person: int) -> None:
    """Nobody listens yet."""


class DemoChannel(RecordingChannel):
    """Phones that ring: whoever listens hears whose changed. Pure readings live here only, and go with the process."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock, CHANNEL)
        self.rings: Callable[[int], None] = _silent
        self.readings: dict[str, list[Unrecorded]] = {}
        self.newest = 0

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """Show the letters and ring."""
        receipts = await super().send(letters)
        for letter, receipt in zip(letters, receipts, strict=True):
            self.newest = max(self.newest, letter.id)
            if not letter.id:
                self.keep(letter, number=int(receipt.handle.get("message", 0)))
            self.rings(int(letter.address))
        return receipts

    def restore(self, letter: LetterRow) -> None:
        """Put a letter of an earlier run back on its phone."""
        if letter.body is None or letter.sent_at is None or letter.id is None:
            return
        self.newest = max(self.newest, letter.id)
        self.phones[letter.address].show(message_number(letter), Message.from_json(letter.body), letter.sent_at)

    def keep(self, letter: Letter, *, number: int = 0, mine: bool = False) -> None:
        """Remember something that is not in the outbox, after the newest letter."""
        serial = self.unrecorded()
        seen = Unrecorded(number or serial, self.newest, self._clock(), letter, mine, serial)
        self.readings.setdefault(letter.address, []).append(seen)
