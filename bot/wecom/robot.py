"""A smart bot as a Channel: an event is answered over its req_id while that holds, everything else is pushed."""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aiohttp import ClientSession

from bot.chat.channel import Letter, Limits, Receipt, SendError
from bot.chat.message import Message, marked, plain
from bot.edge.fault import place
from bot.wecom.cards import Speech, grey, render
from bot.wecom.channel import to_write
from bot.wecom.files import bring
from bot.wecom.fit import CUT, FORM_TITLE, ROBOT, cleaned, first_words, shorten
from bot.wecom.frames import PUSH, REPLY, UPDATE, WELCOME
from bot.wecom.gate import Gate
from bot.wecom.hearing import CHANNEL, GROUP
from bot.wecom.markdown import markdown
from bot.wecom.request import JSON
from bot.wecom.socket import Socket
from bot.wecom.traffic import Rates
from bot.wecom.trouble import MINUTE, RATE, Refused, WeComTrouble, send_error

log = logging.getLogger(__name__)
LIMITS = Limits(text=20_480, button_data=64, row=6, together=1, changes=False)
"""Text is counted in bytes of UTF-8. A card changes only while whoever pressed it waits, and so can't be told anew."""
ALREADY, SAME_TASK, CLOSED = 846606, 846625, 846607
"""That event was answered, that card was sent: by us, on a connection that broke before we knew. Closed is a chat that
has had too much, or in which nobody has written to the bot."""
LATE = frozenset({846604, 846605, 846608})
"""The event can't be answered any more, or WeCom no longer knows it."""
SINGLE, IN_GROUP = 1, 2
DONE = "✓"


class SmartBotChannel:
    """Sends letters. A handle says which frame answers the event (`answer`), its `req_id`, and the `task_id` of the
    pressed card."""

    name = CHANNEL
    limits = LIMITS

    def __init__(self, socket: Socket, session: ClientSession, choose: str, gate: Gate | None = None) -> None:
        self._socket = socket
        self._session = session
        self._choose = choose
        self._gate = gate or Gate(Rates())
        self._began = self._gate.now()
        self._mine = secrets.token_hex(8)

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """A receipt for each letter, in their order."""
        return list(await asyncio.gather(*(self._send(letter) for letter in letters)))

    async def fetch(self, media: str, most: int) -> bytes:
        """The bytes of what somebody sent, within five minutes. Raises SendError."""
        return await bring(self._session, media, most)

    async def _send(self, letter: Letter) -> Receipt:
        try:
            await self._write(letter)
        except Refused as refused:
            return Receipt(letter.id, error=self._refused(letter.address, refused))
        except Exception as error:  # noqa: BLE001 - a letter never breaks its neighbours
            if not isinstance(error, WeComTrouble | SendError):
                log.error("letter %s could not be written (%s)", letter.id, place(error))  # noqa: TRY400 - no content here
            return Receipt(letter.id, error=send_error(error))
        return Receipt(letter.id)

    async def _write(self, letter: Letter) -> None:
        """In place of the card that was pressed where that is all there is to say; else that one is frozen, and the
        rest comes below."""
        message = to_write(letter)
        if message is None:
            return
        bodies = list(self._bodies(letter, message))
        if letter.replaces and letter.handle.get("answer") == UPDATE:
            card, is_all = in_place(message, render(message, self._choose, ROBOT))
            if await self._changed(letter, card) and is_all:
                return
        await self._gate.carry(letter.address, letter.urgency, lambda: self._say(letter, bodies), len(bodies))

    def _bodies(self, letter: Letter, message: Message) -> Iterator[JSON]:
        """What is said, one after another. A group takes no cards but in answer to somebody."""
        speech = render(message, self._choose, ROBOT)
        answering = letter.handle.get("answer") in {REPLY, WELCOME}
        in_group = letter.address.startswith(GROUP)
        cards = speech.cards if answering or not in_group else ()
        if speech.texts or not cards:
            pages = tuple(tuple(button for button in row if button.url) for row in message.buttons)
            told = replace(message, buttons=pages) if cards or not in_group else message
            yield {"msgtype": "markdown", "markdown": {"content": markdown(told, self.limits.text)}}
        for number, card in enumerate(cards):
            task = {"task_id": self._task(letter, number)}
            yield {"msgtype": "template_card", "template_card": card | task}

    def _task(self, letter: Letter, number: int) -> str:
        """The same for a letter that this process sends again, so that WeCom knows the card."""
        if not letter.id:
            return secrets.token_hex(16)
        return hashlib.sha256(f"{self._mine}/{letter.id}/{number}".encode()).hexdigest()[:32]

    async def _changed(self, letter: Letter, card: JSON) -> bool:
        """Whether the pressed card is this one now. WeCom gives five seconds for it: there is no time to wait in line,
        and what should stand there is said anew if it comes too late."""
        card = card | {"task_id": letter.handle["task_id"]}
        change = {"response_type": "update_template_card", "template_card": card}
        self._gate.count(letter.address)
        try:
            await self._socket.ask(UPDATE, change, letter.handle["req_id"])
        except Refused as refused:
            if refused.errcode != ALREADY:
                log.info("letter %s: the card stays as it was (%s)", letter.id, refused)
            return refused.errcode == ALREADY
        return True

    async def _say(self, letter: Letter, bodies: Sequence[JSON]) -> None:
        first, *rest = bodies
        if letter.handle.get("answer") in {REPLY, WELCOME} and await self._answered(letter, first):
            bodies = rest
        for body in bodies:
            await self._pushed(letter.address, body)

    async def _answered(self, letter: Letter, body: JSON) -> bool:
        """Whether the event has its answer. A greeting is a card or bare text."""
        answer = letter.handle["answer"]
        if answer == WELCOME and "markdown" in body:
            message = to_write(letter) or Message()
            body = {"msgtype": "text", "text": {"content": plain(replace(message, lead=marked(message))) or CUT}}
        try:
            await self._socket.ask(answer, body, letter.handle["req_id"])
        except Refused as refused:
            if refused.errcode not in LATE | {ALREADY}:
                raise
            return refused.errcode == ALREADY
        return True

    async def _pushed(self, address: str, body: JSON) -> None:
        chat_type = IN_GROUP if address.startswith(GROUP) else SINGLE
        try:
            await self._socket.ask(PUSH, {"chatid": address.removeprefix(GROUP), "chat_type": chat_type} | body)
        except Refused as refused:
            if refused.errcode != SAME_TASK:
                raise

    def _refused(self, address: str, refused: Refused) -> SendError:
        """Where our own count leaves room, a closed chat is one in which nobody has written to the bot. In the first
        minute we can't tell: another process may have filled it."""
        if refused.errcode == CLOSED and self._gate.now() - self._began >= MINUTE:
            return SendError("nobody has written to the bot in this chat yet (846607)", permanent=True, gone=True)
        if refused.errcode == CLOSED or refused.errcode in RATE:
            self._gate.shut(address)
            return SendError(f"too much for this chat ({refused})", permanent=False, retry_after=MINUTE)
        return send_error(refused)


def in_place(message: Message, speech: Speech) -> tuple[JSON, bool]:
    """What the pressed card becomes, and whether that says it all: another card to press, or one that is over."""
    if speech.in_place:
        return speech.in_place, True
    whole = plain(replace(message, lead=marked(message)))
    pages = any(button.url for row in message.buttons for button in row)
    if speech.cards or pages or speech.goes_on or message.stamp or len(whole) > ROBOT.body:
        return frozen(message.stamp or marked(message) or message.title or message.body, grey(message)), False
    return frozen(whole, grey(message) if message.lead else DONE), True


def frozen(said: str, word: str) -> JSON:
    """An answered card: how it was, and one line that is ticked for good. A bot's card has no grey button."""
    title, rest = first_words(cleaned(said).strip() or CUT, FORM_TITLE)
    heading = {"title": title} | ({"desc": rest} if 0 < len(rest) <= ROBOT.body else {})
    done = {"id": "done", "text": shorten(word, ROBOT.tick), "is_checked": True}
    box = {"question_key": "done", "mode": 0, "option_list": [done], "disable": True}
    return {"card_type": "vote_interaction", "main_title": heading, "checkbox": box}
