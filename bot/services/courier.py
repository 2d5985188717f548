"""The courier takes letters that are due, speaks outside any transaction, and closes them with the receipts."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.channel import Channel, Receipt
from bot.services import reaching
from bot.services.parcels import Packing, Parcel, packed
from bot.store import groups, outbox
from bot.store.outbox import Claimed
from bot.store.presence import STALE, beat
from bot.store.store import Store
from bot.store.turn import Turn

BATCH = 100
"""So many letters of a channel are in hand at a time: more than a platform takes in the time of one round. Where one
call tells many, there is room for such a call beside them. No Turn takes more of a channel."""
ROUND = 0.25
"""Seconds after which what has its receipt is closed, and as many new letters are taken."""
LATE = 1
"""The urgency of a reply that the courier sends."""
log = logging.getLogger(__name__)
Sending = dict["asyncio.Task[list[Receipt]]", Parcel]
"""The letters in hand, by what sends them."""


async def deliver(
    store: Store,
    channels: Mapping[str, Channel],
    *,
    stale: timedelta = STALE,
    ending: asyncio.Event | None = None,
    more: Callable[[], bool] = lambda: False,
) -> int:
    """Send everything that is due, round after round; how many letters were taken. A slow letter keeps its own place
    only: the others are closed, and more urgent ones overtake it. While `more` are being promised, those that can go in
    one call wait for each other. Once `ending` is set, no more are taken. A crash on the way leaves letters claimed,
    and the silence of this process's heartbeat gives them back."""
    taken, packing = 0, Packing(_together(channels))
    sending: Sending = {}
    try:
        while True:
            is_end = ending is not None and ending.is_set()
            are_more = more() and not is_end  # asked first: what is promised until now is taken now
            taken += await _fill(packing, store, {} if is_end else _room(channels, packing, sending), stale)
            _begin(sending, channels, packing.ready(more=are_more))
            if not sending and not packing:
                return taken
            await (asyncio.wait(sending, timeout=ROUND) if sending else asyncio.sleep(ROUND))
            await _close_sent(store, sending)
    except Exception:  # the database is unwell: what we have still goes out and gets its receipt, if it can be written
        _begin(sending, channels, packing.ready(more=False))
        if sending:
            await asyncio.wait(sending)
            await _close_sent(store, sending)
        raise
    finally:
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)


def _together(channels: Mapping[str, Channel]) -> dict[str, int]:
    return {name: channel.limits.together for name, channel in channels.items()}


def _room(channels: Mapping[str, Channel], packing: Packing, sending: Sending) -> dict[str, int]:
    """How many more letters each channel may have in hand."""
    in_hand = packing.inside() + Counter(letter.channel for parcel in sending.values() for letter in parcel)
    return {name: BATCH + together - 1 - in_hand[name] for name, together in _together(channels).items()}


async def _fill(packing: Packing, store: Store, room: Mapping[str, int], stale: timedelta) -> int:
    """Take what is due where there is room, a batch after the other, so that no Turn holds up an answer; how many."""
    taken = 0
    while True:
        wanted = {name: min(BATCH, most) for name, most in room.items() if most > 0}
        batch = await store.do(_claim, wanted, stale)
        packing.add(batch)
        taken += len(batch)
        came = Counter(letter.channel for letter in batch)
        room = {name: room[name] - most for name, most in wanted.items() if came[name] == most > 0}
        if not any(room.values()):
            return taken


def _begin(sending: Sending, channels: Mapping[str, Channel], parcels: Iterable[Parcel]) -> None:
    for parcel in parcels:
        sending[asyncio.create_task(channels[parcel[0].channel].send(parcel))] = parcel


async def _close_sent(store: Store, sending: Sending) -> None:
    """Close what has its receipts; it is no longer in hand once that is on disk."""
    done = [task for task in sending if task.done()]
    well = [task for task in done if task.exception() is None]
    if well:
        receipts = [receipt for task in well for receipt in task.result()]
        await store.do(close, [letter for task in well for letter in sending[task]], receipts)
    for task in well:
        del sending[task]
    for task in done:
        task.result()  # a channel that broke its promise never to raise


class Replies:
    """Sends replies at once: recorded ones (born claimed by this process) and pure readings (id 0)."""

    def __init__(self, store: Store, channels: Mapping[str, Channel]) -> None:
        self._store = store
        self._channels = channels
        self._letters: list[Claimed] = []
        self._receipts: list[Receipt] = []
        self._closing = asyncio.Lock()

    async def send(self, letters: Sequence[Claimed]) -> None:
        """Return when they are sent and closed. While some are being closed, those that come are gathered: whoever is
        next closes them all, in one Turn."""
        receipts = await send(self._channels, letters)
        self._letters += [letter for letter in letters if letter.id]
        self._receipts += [receipt for receipt in receipts if receipt.letter]
        async with self._closing:
            sent, self._letters = self._letters, []
            receipts, self._receipts = self._receipts, []
            if sent:
                await self._store.do(close, sent, receipts)


async def answer(store: Store, channels: Mapping[str, Channel], letters: Sequence[Claimed]) -> None:
    """Send a few replies, and close them."""
    await Replies(store, channels).send(letters)


async def send(channels: Mapping[str, Channel], letters: Sequence[Claimed]) -> list[Receipt]:
    """Hand letters to their channels, those with the same body together."""
    parcels = packed(_together(channels), letters)
    sent = await asyncio.gather(*(channels[parcel[0].channel].send(parcel) for parcel in parcels))
    return [receipt for receipts in sent for receipt in receipts]


def _claim(turn: Turn, wanted: Mapping[str, int], stale: timedelta) -> list[Claimed]:
    """A reply that could not go out at once is no longer waited for: it stands first in the line, but in the line."""
    beat(turn)
    letters = [letter for name, most in wanted.items() for letter in outbox.claim(turn, most, [name], stale)]
    return [replace(letter, urgency=max(LATE, letter.urgency)) for letter in letters]


def close(turn: Turn, letters: Sequence[Claimed], receipts: Sequence[Receipt]) -> None:
    """Record the receipts; the trainers hear once of somebody who can no longer be reached. What a group was told
    under its new address is closed under that."""
    by_id = {letter.id: letter for letter in letters}
    told = [(by_id[receipt.letter], receipt) for receipt in receipts if receipt.letter in by_id]
    for letter, receipt in told:
        if receipt.moved:
            groups.move(turn, letter.channel, letter.address, receipt.moved)
    outbox.close(turn, letters, receipts)
    gone = [letter for letter, receipt in told if receipt.error and receipt.error.gone]
    for channel in {letter.channel for letter in gone}:
        theirs = [letter for letter in gone if letter.channel == channel]
        log.info("letters %s: nobody can be reached there any more", [letter.id for letter in theirs])
        reaching.lost(turn, channel, sorted({letter.address for letter in theirs}))
