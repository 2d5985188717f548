"""A voice, video or photo as proof of an evening: fetched at once, outside any Turn, and only where it may be kept."""

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import sha256

from bot.chat.channel import SendError
from bot.chat.incoming import File, Incoming, Other
from bot.chat.message import Reply
from bot.files import Vault
from bot.router.verbs import Words, number
from bot.services import consenting, proving, viewing
from bot.services.caller import Caller
from bot.services.proving import Clip, Wanted
from bot.store.store import Store
from bot.store.turn import Reader, Turn
from drills.proofs import MEGA, Kind, type_of
from drills.refused import Refused

Fetch = Callable[[str, str, int], Awaitable[bytes]]
"""Brings a file of a channel, by its media, of at most so many bytes. Raises SendError."""
FETCHING = 40
"""Seconds: under the minute after which a platform calls again."""


def may_prove(said: object) -> bool:
    """Whether this is something an evening could be proved by, as far as its kind says."""
    return isinstance(said, File) or (isinstance(said, Other) and said.kind in set(Kind))


async def bring(store: Store, incoming: Incoming, fetch: Fetch) -> Clip | Refused | None:
    """What somebody sent, checked and sealed, or what is wrong with it; None where no file of theirs is wanted, and
    then nothing was fetched. No name, no byte of it is ever logged."""
    said, vault = incoming.said, store.vault
    if vault is None or not isinstance(said, File | Other) or not may_prove(said):
        return None
    wanted = await store.look(proving.wanted, incoming)
    if wanted is None:
        return None
    if not said.media:
        return Refused("proof-no-sound")
    megabytes = wanted.most // MEGA
    if said.size > wanted.most:
        return Refused("proof-too-large", most=megabytes)
    async with vault.room:
        try:
            async with asyncio.timeout(FETCHING):
                data = await fetch(incoming.channel, said.media, wanted.most)
        except (TimeoutError, SendError):
            return Refused("proof-unfetched", most=megabytes)
        return await asyncio.to_thread(_sealed, vault, wanted, data)


def _sealed(vault: Vault, wanted: Wanted, data: bytes) -> Clip | Refused:
    kind = type_of(data)
    if kind is None:
        return Refused("proof-type")
    digest = sha256(data).hexdigest()
    return Clip(kind, len(data), digest, vault.seal(data, proving.about(wanted.person, digest)))


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "pfy": lambda turn, who, _args: consenting.agree(turn, who),
    "pfn": lambda turn, who, _args: consenting.refuse(turn, who),
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "pfm": lambda turn, who, _args: consenting.page(turn, who),
    "pfs": lambda turn, who, args: viewing.show(turn, who, number(args)),
}
