"""A file sent in a private chat: fetched and read outside any Turn, and only from those whose list it may be, or who
may prove their evening by it."""

import asyncio
from collections.abc import Callable

from bot.chat.channel import SendError
from bot.chat.incoming import File, Incoming
from bot.chat.message import Reply
from bot.router import proofs
from bot.router.proofs import Fetch
from bot.router.verbs import Words, long_number
from bot.services import proving, uploading
from bot.services.caller import Caller
from bot.services.proving import Clip
from bot.sheets.reading import LARGEST
from bot.sheets.sent import Sent, too_large, understand, unfetched
from bot.store.store import Store
from bot.store.turn import Turn
from drills.refused import Refused

Brought = Sent | Clip | Refused
"""A list, a proof, or why it is neither."""
FETCHING = 15
"""Seconds. With those that reading may take it stays under the minute after which a platform calls again."""


async def bring(store: Store, incoming: Incoming, fetch: Fetch) -> Brought | None:
    """What somebody sent, read; None for what is no file, and for a file of somebody from whom we take none."""
    file = incoming.said
    today = await store.look(uploading.day_of_sender, incoming) if isinstance(file, File) else None
    if today is None or not isinstance(file, File):
        return await proofs.bring(store, incoming, fetch)
    if file.size > LARGEST:
        return too_large()
    try:
        async with asyncio.timeout(FETCHING):
            data = await fetch(incoming.channel, file.media, LARGEST)
    except TimeoutError:
        return unfetched(for_good=False)
    except SendError as error:
        return unfetched(for_good=error.permanent)
    return await asyncio.to_thread(understand, file.name, data, today)


def done(turn: Turn, who: Caller, brought: Brought) -> Reply:
    """What comes of it. Raises Refused."""
    if isinstance(brought, Sent):
        return uploading.show(turn, who, brought)
    if isinstance(brought, Refused):
        raise brought
    return proving.keep(turn, who, brought)


def _import(turn: Turn, who: Caller, args: Words) -> Reply:
    return uploading.take(turn, who, long_number(args), args[1] if len(args) > 1 else "")


def _import_and_let_go(turn: Turn, who: Caller, args: Words) -> Reply:
    return uploading.take(turn, who, long_number(args), args[1] if len(args) > 1 else "", leavers=True)


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "fi": _import,
    "fl": _import_and_let_go,
    "fx": lambda turn, who, args: uploading.drop(turn, who, long_number(args)),
}
