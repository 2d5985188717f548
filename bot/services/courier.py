"""The courier takes letters that are due, speaks outside any transaction, and closes them with the receipts."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.channel import Channel, Receipt
from bot.services import reaching
from bot.store import groups, outbox
from bot.store.outbox import Claimed
from bot.store.presence import STALE, beat
from bot.store.store import Store
from bot.store.turn import Turn

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
    """Record the receipts; the trainers hear once of somebody who can no longer be reached. What a group was told
    under its new address is closed under that."""
    by_id = {letter.id: letter for letter in letters}
    told = [(by_id[receipt.letter], receipt) for receipt in receipts if receipt.letter in by_id]
    for letter, receipt in told:
        if receipt.moved:
            groups.move(turn, letter.channel, letter.address, receipt.moved)
    outbox.close(turn, letters, receipts)
    for letter, receipt in told:
        if receipt.error and receipt.error.gone:
            log.info("letter %s: nobody can be reached there any more", letter.id)
            reaching.lost(turn, letter.channel, letter.address)
