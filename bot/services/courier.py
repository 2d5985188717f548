"""The courier takes letters that are due, speaks outside any transaction, and closes them with the receipts."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.channel import Channel, Receipt
from bot.services.caller import known
from bot.services.duty import deciders
from bot.store import links, outbox, people, units
from bot.store.outbox import Claimed
from bot.store.presence import STALE, beat
from bot.store.store import Store
from bot.store.turn import Turn
from bot.views import people as views

BATCH = 100
log = logging.getLogger(__name__)


async def deliver(store: Store, channels: Mapping[str, Channel], *, stale: timedelta = STALE) -> int:
    """Send everything that is due, batch after batch; how many letters were taken. A crash on the way leaves letters
    claimed, and the silence of this process's heartbeat gives them back."""
    taken = 0
    while letters := await store.do(_claim, tuple(channels), stale):
        taken += len(letters)
        receipts = await send(channels, letters)
        await store.do(close, letters, receipts)
    return taken


async def answer(store: Store, channels: Mapping[str, Channel], letters: Sequence[Claimed]) -> None:
    """Send replies at once: recorded ones (born claimed by this process) and pure readings (id 0)."""
    receipts = await send(channels, letters)
    recorded = [letter for letter in letters if letter.id]
    if recorded:
        await store.do(close, recorded, [r for r in receipts if r.letter])


async def send(channels: Mapping[str, Channel], letters: Sequence[Claimed]) -> list[Receipt]:
    """Hand letters to their channels, those with the same body together."""
    groups: dict[tuple[str, int], list[Claimed]] = defaultdict(list)
    for letter in letters:
        alone = letter.id if letter.handle or letter.toast else 0
        groups[letter.channel, hash((letter.message, alone))].append(letter)
    sent = await asyncio.gather(*(channels[channel].send(group) for (channel, _), group in groups.items()))
    return [receipt for receipts in sent for receipt in receipts]


def _claim(turn: Turn, channels: Sequence[str], stale: timedelta) -> list[Claimed]:
    beat(turn)
    return outbox.claim(turn, BATCH, channels, stale)


def close(turn: Turn, letters: Sequence[Claimed], receipts: Sequence[Receipt]) -> None:
    """Record the receipts; the trainers hear once of somebody who can no longer be reached."""
    outbox.close(turn, letters, receipts)
    gone = {r.letter for r in receipts if r.error and r.error.gone}
    for letter in letters:
        if letter.id in gone:
            log.info("letter %s: nobody can be reached there any more", letter.id)
            _tell_unreachable(turn, letter)


def _tell_unreachable(turn: Turn, letter: Claimed) -> None:
    owner = links.owner_of(turn, letter.channel, letter.address)
    person = people.find(turn, owner) if owner else None
    if person is None:
        return
    unit = units.get(turn, person.unit_id)
    for trainer in deciders(turn, unit, known(person.id)):
        message = views.unreachable(turn.words[trainer.language], person.name)
        outbox.tell(turn, known(trainer.id), f"unreachable/{person.id}/{turn.now.date()}/{trainer.id}", message)
