"""WeCom as a Channel: letters go out as cards and texts, and an answered card becomes what came of it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.channel import Letter, Receipt, SendError
from bot.chat.message import Message
from bot.edge.fault import place
from bot.wecom.cards import Speech, answered, render
from bot.wecom.client import Client
from bot.wecom.fit import LIMITS
from bot.wecom.order import Order
from bot.wecom.post import REPLY, Post
from bot.wecom.request import JSON, TooMuch
from bot.wecom.traffic import Traffic
from bot.wecom.trouble import WeComTrouble, send_error

log = logging.getLogger(__name__)
CHANNEL = "wecom"
PIECE = 16 << 20
"""Bytes of a file brought at a time: WeCom gives at most 20 MiB, and of a sealed file only multiples of 16."""


class WeComChannel:
    """Sends letters; addresses are userids in small letters. The handle of a press is its `response_code`, which
    changes that card once, within 72 hours, for whoever pressed."""

    name = CHANNEL
    limits = LIMITS

    def __init__(
        self, client: Client, choose: str, traffic: Traffic | None = None, now: Callable[[], float] | None = None
    ) -> None:
        self._client = client
        self._choose = choose
        clock = now or (lambda: asyncio.get_running_loop().time())
        self._post = Post(client, Traffic() if traffic is None else traffic, clock)
        self._order = Order()

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """A receipt for each letter, in their order. Those of one body and without a history go in one call."""
        if len(letters) > 1 and any(letter.handle or letter.toast for letter in letters):
            return [receipt for each in letters for receipt in await self.send([each])]
        if any(rounds := _rounds(letters)):
            sent = [await self.send(_of(letters, rounds, number)) for number in range(max(rounds) + 1)]
            told = [iter(receipts) for receipts in sent]
            return [next(told[number]) for number in rounds]
        try:
            return await self._sent(letters)
        except Exception as error:  # noqa: BLE001 - a letter never breaks its neighbours
            if not isinstance(error, WeComTrouble | SendError):
                log.error("letters %s could not be written (%s)", [each.id for each in letters], place(error))  # noqa: TRY400 - no content here
            return [Receipt(letter.id, error=send_error(error)) for letter in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        """The bytes of what somebody sent, piece by piece. Raises SendError; permanent when there are more than `most`
        or WeCom no longer has it (it keeps them for three days)."""
        try:
            return await self._whole(media, most)
        except TooMuch:
            raise SendError(f"a file of more than {most} bytes", permanent=True) from None
        except WeComTrouble as error:
            raise send_error(error) from None

    async def _whole(self, media: str, most: int) -> bytes:
        held, more = bytearray(), True
        while more:
            piece = await self._client.piece(media, len(held), PIECE)
            held += piece.data
            more = piece.more and bool(piece.data)
            if len(held) > most:
                raise TooMuch
        return bytes(held)

    async def _sent(self, letters: Sequence[Letter]) -> list[Receipt]:
        first = letters[0]
        message = to_write(first)
        if message is None:
            return [Receipt(letter.id) for letter in letters]
        speech = render(message, self._choose)
        if len(letters) > 1:
            return await self._said(letters, speech)
        async with self._order.turn((first.address.lower(), first.urgency <= REPLY)):
            return [await self._answered(first, message, speech)]

    async def _answered(self, letter: Letter, message: Message, speech: Speech) -> Receipt:
        """Change the card that was pressed, and say below what that does not."""
        code = letter.handle.get("response_code", "") if changes(letter) else ""
        change, is_all = answered(message, speech)
        if code and is_all:
            if await self._changed(letter, code, change):
                return Receipt(letter.id)
        elif code:
            frozen = self._frozen(letter, code, change)
            (receipt,), _ = await asyncio.gather(self._said([letter], speech), frozen)
            return receipt
        return (await self._said([letter], speech))[0]

    async def _changed(self, letter: Letter, code: str, change: JSON) -> bool:
        """Whether the card has changed. If it can't be any more, what it should say is said anew."""
        target = {"userids": [letter.address], "agentid": self._client.keys.agent_id, "response_code": code}
        try:
            answer = await self._client.call("message/update_template_card", target | change)
        except WeComTrouble as error:
            if not send_error(error).permanent:
                raise
            log.info("letter %s goes out anew, the card can't be changed (%s)", letter.id, error)
            return False
        return not answer.get("invaliduser")

    async def _frozen(self, letter: Letter, code: str, change: JSON) -> None:
        """Welcome, never vital: an answered card that can still be pressed says that it was answered."""
        try:
            await self._changed(letter, code, change)
        except (WeComTrouble, SendError) as error:
            log.info("letter %s: the card before it stays as it was (%s)", letter.id, error)

    async def _said(self, letters: Sequence[Letter], speech: Speech) -> list[Receipt]:
        answer, errors = await self._post.say(letters, speech)
        handle = {name: str(answer[name]) for name in ("msgid", "response_code") if answer.get(name)}

        def receipt(letter: Letter) -> Receipt:
            error = errors.get(letter.address.lower())
            return Receipt(letter.id, error=error) if error else Receipt(letter.id, handle)

        return [receipt(letter) for letter in letters]


def _rounds(letters: Sequence[Letter]) -> list[int]:
    """In which call each goes: of two letters that say the same to one person they shall see both, and one call shows
    them one."""
    before: Counter[str] = Counter()
    rounds = []
    for letter in letters:
        rounds.append(before[letter.address.lower()])
        before[letter.address.lower()] += 1
    return rounds


def _of(letters: Sequence[Letter], rounds: Sequence[int], number: int) -> list[Letter]:
    return [letter for letter, its in zip(letters, rounds, strict=True) if its == number]


def changes(letter: Letter) -> bool:
    """Whether it changes the card that was pressed. A word over the button alone leaves that as it is."""
    return letter.replaces and letter.message is not None


def to_write(letter: Letter) -> Message | None:
    """What has to stand in the chat. WeCom shows no word over a button, so that is written too."""
    if not letter.toast:
        return letter.message
    if letter.message is None:
        return Message(body=letter.toast)
    lead = "\n".join(part for part in (letter.toast, letter.message.lead) if part)
    return replace(letter.message, lead=lead)
