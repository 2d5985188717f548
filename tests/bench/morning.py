"""A bank whose morning has begun: its people have got their questions and pressed Start, and are about to answer.

All by the real services and the shipped content, but for the phones."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

from bot.chat.incoming import Incoming, Tap
from bot.chat.message import Message
from bot.content import digest, load, shipped
from bot.main import now
from bot.rehearsal.channel import RecordingChannel
from bot.rehearsal.town import build, link_groups, plain
from bot.rehearsal.troupe import ZONE
from bot.router import hear
from bot.services import courier, day
from bot.store import editions
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.telegram.render import render
from bot.views import catalogue

TODAY = date(2026, 11, 23)
PUSH, ANSWERING = (datetime.combine(TODAY, at, ZONE) for at in (time(8, 3), time(8, 10)))
BRANCH = 50
"""So many people has a branch."""
CARD = 4000
"""The number of every card. Each stands in a chat of its own."""
JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody is about to press an option of their first question."""

    chat: int
    update: JSON


async def prepared(database: Path, people: int) -> list[Press]:
    """A database with the morning in it, and a press for each of so many people: right, wrong, as the dice say."""
    url = f"sqlite:///{database}"
    await asyncio.to_thread(migrate, url)
    async with Store(url, clock=lambda: PUSH, wall=now, words=catalogue(), process="founder") as store:
        content = load(shipped()).body
        await store.do(editions.publish, content, digest(content))
        # a card whose answer is written or ticked has no single button to press, hence a few more
        town = await store.do(build, plain(1 + people * 3 // 2 // BRANCH, BRANCH), channel="telegram", joined=TODAY)
        await store.do(link_groups, town, channel="telegram")
        phones = RecordingChannel(lambda: PUSH, "telegram")
        await day.tick(store)
        await courier.deliver(store, {"telegram": phones})
        starts = [
            _start(address, found[1].data) for address, phone in phones.phones.items() if (found := phone.find("sd"))
        ]
        cards = await asyncio.gather(*(_begin(store, phones, start) for start in starts))
    presses = list(_presses(dict(zip((int(start.address) for start in starts), cards, strict=True)), Random(1)))
    if len(presses) < people:
        raise RuntimeError(f"only {len(presses)} of {people} have a button to press")
    return presses[:people]


def _start(address: str, data: str) -> Incoming:
    return Incoming(channel="telegram", event=f"start-{address}", address=address, said=Tap(data))


async def _begin(store: Store, phones: RecordingChannel, start: Incoming) -> Message:
    (letter,) = await hear(store, start)
    await courier.answer(store, {"telegram": phones}, [letter])
    if letter.message is None:
        raise RuntimeError("no card")
    return letter.message


def _presses(cards: dict[int, Message], dice: Random) -> Iterator[Press]:
    for chat, card in cards.items():
        options = [button.data for row in card.buttons for button in row if button.data.startswith("a:")]
        if len(options) > 1:
            yield Press(chat, _update(chat, card, dice.choice(options)))


def _update(chat: int, card: Message, data: str) -> JSON:
    """What Telegram tells of a press, the card with it. The press has the number of its chat: there is one in each."""
    html, keyboard = render(card)
    person = {"id": chat, "is_bot": False, "first_name": "王芳", "language_code": "zh-hans"}
    message = {
        "message_id": CARD,
        "from": {"id": 7_000_000_001, "is_bot": True, "first_name": "晨练", "username": "chenlian_bot"},
        "chat": {"id": chat, "type": "private", "first_name": "王芳"},
        "date": 1_795_392_000,
        "edit_date": 1_795_392_100,
        "text": re.sub(r"<[^>]*>", "", html),
        "reply_markup": keyboard.to_dict() if keyboard else None,
    }
    query = {"id": str(chat), "from": person, "message": message, "chat_instance": str(chat * 31), "data": data}
    return {"update_id": 900_000_000 + chat, "callback_query": query}
