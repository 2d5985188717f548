"""Somebody with a phone: taps, writes, answers, and sees what came."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.incoming import File, Incoming, Other, Tap, Text
from bot.chat.message import Button, Message, plain
from bot.rehearsal.channel import Delivered
from bot.store import editions, sittings
from bot.store.sittings import Played
from bot.store.turn import Reader
from drills.marking import Shown

if TYPE_CHECKING:
    from bot.store.store import Store
    from tests.stories.bank import Bank


def text_of(seen: Delivered) -> str:
    """What somebody reads: the message, its buttons, the word over the button."""
    return "\n".join(part for part in (seen.toast, text_of_message(seen.message)) if part)


def text_of_message(message: Message | None) -> str:
    """A message with its buttons."""
    if message is None:
        return ""
    buttons = " ".join(f"[{b.text}]" for row in message.buttons for b in row)
    return f"{plain(message)}\n{buttons}"


@dataclass(frozen=True, slots=True)
class Before:
    """The question somebody has before them."""

    slot: int
    question: str
    checkpoint: str
    reason: str
    shown: Shown

    def right(self) -> str:
        """The right answer: indexes parted by commas, or a number."""
        return str(self.shown.answer) if self.shown.answer is not None else _indexes(self.shown.right)

    def wrong(self) -> str:
        """A wrong one."""
        if self.shown.answer is not None:
            return str(self.shown.answer + Fraction(7))
        options = range(max(2, len(self.shown.options)))
        return next(str(i) for i in options if i not in self.shown.right)


def _indexes(chosen: Collection[int]) -> str:
    return ",".join(str(i) for i in sorted(chosen))


def before(turn: Reader, person_id: int, day: date) -> Before | None:
    """The open question of the sitting somebody began last; a retry begins by itself."""
    begun = [p for p in sittings.of_day(turn, person_id, day) if p.sitting.started_at or p.sitting.kind == "retry"]
    open_ = [p for p in begun if p.next_slot()]
    if not open_:
        return None
    played = max(open_, key=lambda p: (p.sitting.started_at or p.sitting.opened_at, p.sitting.id))
    slot = played.next_slot()
    assert slot is not None
    assert slot.id is not None
    checkpoints = editions.bank_of(turn, played.sitting.edition_id).checkpoints
    name = checkpoints[slot.checkpoint].name
    return Before(slot.id, slot.question, name, slot.reason, Shown.from_json(slot.shown))


@dataclass(frozen=True, slots=True, repr=False)
class Someone:
    """One of the cast. `address` is where their chat is."""

    bank: Bank
    name: str
    id: int
    address: str

    def __repr__(self) -> str:
        """What a failing story wants to know."""
        return f"{self.name}, who has just seen:\n{self.seen()}\n"

    # ---- what they do

    async def taps(self, words: str) -> None:
        """Press the newest button with these words."""
        number, button = self.button(words)
        await self.forges(button.data, number)

    async def forges(self, data: str, message: int = 0) -> None:
        """Send what no button of theirs need ever have carried."""
        await self.bank.hears(self.bank.event(self.address, Tap(data), message))

    async def says(self, text: str) -> None:
        """Write something."""
        await self.bank.hears(self.bank.event(self.address, Text(text)))

    async def sends(self, path: Path, *, named: str = "") -> None:
        """Send a file."""
        await self.bank.hears(self.file(path, named=named))

    async def shows(self, kind: str, data: bytes) -> None:
        """Send a voice, a video or a photo."""
        media = f"media-{len(self.bank.channel.files)}"
        self.bank.channel.files[media] = data
        await self.bank.hears(self.bank.event(self.address, Other(kind, media=media, size=len(data))))

    def file(self, path: Path, *, named: str = "") -> Incoming:
        """The event of a file, for the story to hand in as it likes."""
        data = path.read_bytes()
        media = f"media-{len(self.bank.channel.files)}"
        self.bank.channel.files[media] = data
        return self.bank.event(self.address, File(named or path.name, len(data), media))

    def tap(self, words: str) -> Incoming:
        """The event of a button, for the story to hand in as it likes."""
        number, button = self.button(words)
        return self.bank.event(self.address, Tap(button.data), number)

    async def starts(self, *, misses: str = "") -> None:
        """Press start and answer everything, one question of this checkpoint wrongly."""
        await self.taps("开始")
        assert await self.answers(wrong=[misses], faults=1) == bool(misses)

    async def answers(self, *, wrong: Collection[str] = (), faults: int = 99, most: int = 99) -> int:
        """Answer what is open, wrongly where the checkpoint is among `wrong`, at most so often; how often it was."""
        missed = 0
        for _ in range(most):
            question = await self.question()
            if question is None:
                break
            is_wrong = question.checkpoint in wrong and missed < faults
            missed += is_wrong
            await self.gives(question, question.wrong() if is_wrong else question.right())
            following = self.bank.channel.phones[self.address].find("n")
            if is_wrong and following:
                await self.forges(following[1].data, following[0])
        return missed

    async def gives(self, question: Before, said: str) -> None:
        """Answer one question as it wants to be answered."""
        if question.shown.answer is not None:
            return await self.says(said)
        card = self.bank.channel.phones[self.address].holding(f"a:{question.slot}:")
        return await self.forges(f"a:{question.slot}:{said}", card)

    # ---- what they have before them

    async def question(self, store: Store | None = None) -> Before | None:
        """The question before them."""
        return await (store or self.bank.store).look(before, self.id, self.bank.today)

    async def sittings(self, kind: str = "morning") -> list[Played]:
        """Their sittings of the day."""
        return await self.bank.look(sittings.of_day, self.id, self.bank.today, kind)

    def button(self, words: str) -> tuple[int, Button]:
        """The newest button that says this, and the number of its message."""
        messages = self.bank.channel.phones[self.address].messages
        for number in sorted(messages, reverse=True):
            for button in (b for row in messages[number].buttons for b in row):
                if words in (button.text, button.data, button.data.partition(":")[0]):
                    return number, button
        raise AssertionError(f"{self.name} has no button “{words}”; the phone shows:\n{self.phone()}")

    def has_button(self, words: str) -> bool:
        """Whether there is such a button on the phone."""
        return any(words == b.text for m in self._messages() for row in m.buttons for b in row)

    def sees(self, *words: str) -> bool:
        """Whether all these words came to the phone in what was last told."""
        return all(word in self.seen() for word in words)

    def seen(self) -> str:
        """What came to the phone in what was last told."""
        return "\n".join(text_of(seen) for seen in self.bank.came() if seen.address == self.address)

    def heard(self, words: str) -> int:
        """How many letters with these words have ever come."""
        return sum(words in text_of(seen) for seen in self.bank.channel.record if seen.address == self.address)

    def phone(self) -> str:
        """Everything the phone shows now."""
        return "\n----\n".join(text_of_message(m) for m in self._messages())

    def _messages(self) -> list[Message]:
        return [m for _, m in sorted(self.bank.channel.phones[self.address].messages.items())]
