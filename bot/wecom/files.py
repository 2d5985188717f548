"""A smart bot's files: down, sealed, under an address that lives five minutes; up, in pieces (wecom.md §7.1, §7.3). And
the app's way up, in one call (§5)."""

import asyncio
import base64
import binascii
import hashlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import PurePath

from aiohttp import ClientError, ClientSession
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.chat.channel import SendError
from bot.wecom.client import Client
from bot.wecom.crypt import BLOCK
from bot.wecom.request import JSON, Upload
from bot.wecom.trouble import WeComTrouble, send_error

INIT, CHUNK, FINISH = "aibot_upload_media_init", "aibot_upload_media_chunk", "aibot_upload_media_finish"
MEGA = 1 << 20
LARGEST = {"image": 2 * MEGA, "voice": 2 * MEGA, "video": 10 * MEGA, "file": 20 * MEGA}
"""Bytes that may go up, by kind; as transcribed from a table that the documents have lost."""
APP_LARGEST = LARGEST | {"image": 10 * MEGA}
"""The same by the app ([path/90253])."""
SMALLEST = 6
"""One page says five or more, all others more than five."""
PIECE = 512 << 10
NAME = 256
DEADLINE = 60.0
_AES = 16
Ask = Callable[[str, JSON], Awaitable[JSON]]
"""Says a frame and gives the body of its answer."""


async def bring(session: ClientSession, media: str, most: int) -> bytes:
    """The bytes of what somebody sent; `media` is the key and the address of a file. Raises SendError; permanent when
    there are more than `most`, when the five minutes are over, or when the seal does not hold."""
    key, _, address = media.partition(" ")
    try:
        async with asyncio.timeout(DEADLINE), session.get(address) as answer:
            if answer.status != HTTPStatus.OK:
                late = HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
                raise SendError(f"the file was not given (HTTP {answer.status})", permanent=late)
            sealed = bytearray()
            async for part in answer.content.iter_chunked(1 << 16):
                sealed += part
                if len(sealed) > most + BLOCK:
                    raise SendError(f"a file of more than {most} bytes", permanent=True)
    except (ClientError, OSError, TimeoutError, ValueError) as error:
        raise SendError(f"the file could not be brought ({type(error).__name__})", permanent=False) from None
    opened = unsealed(key, bytes(sealed))
    if len(opened) > most:
        raise SendError(f"a file of more than {most} bytes", permanent=True)
    return opened


def unsealed(key: str, sealed: bytes) -> bytes:
    """The bytes inside. The key may come without its last "=". Raises SendError where it does not open them."""
    broken = SendError("the file can't be opened with the key that came with it", permanent=True)
    try:
        raw = base64.b64decode(key + "=" * (-len(key) % 4), validate=True)
        opener = Cipher(algorithms.AES(raw), modes.CBC(raw[:_AES])).decryptor()
        padded = opener.update(sealed) + opener.finalize()
    except (binascii.Error, ValueError):
        raise broken from None
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise broken
    return padded[:-pad]


async def bring_up(ask: Ask, kind: str, name: str, data: bytes) -> str:
    """Upload a file; the media_id by which the bot may send it for three days. Raises SendError for one that WeCom
    does not take, and what `ask` raises."""
    _weigh(kind, data, LARGEST[kind])
    pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
    begun = {
        "type": kind,
        "filename": _fitting(name),
        "total_size": len(data),
        "total_chunks": len(pieces),
        "md5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
    }
    upload = str((await ask(INIT, begun))["upload_id"])
    for index, piece in enumerate(pieces):
        told = {"upload_id": upload, "chunk_index": index, "base64_data": base64.b64encode(piece).decode()}
        await ask(CHUNK, told)
    return str((await ask(FINISH, {"upload_id": upload}))["media_id"])


async def bring_up_by_app(client: Client, kind: str, name: str, data: bytes) -> str:
    """The same for the app: the media_id may be used by every app of the corp for three days. Raises SendError."""
    _weigh(kind, data, APP_LARGEST[kind])
    try:
        return str((await client.call("media/upload", Upload(_fitting(name), data), type=kind))["media_id"])
    except WeComTrouble as trouble:
        raise send_error(trouble) from None


def _weigh(kind: str, data: bytes, most: int) -> None:
    if not SMALLEST <= len(data) <= most:
        raise SendError(f"a {kind} of {len(data)} bytes; WeCom takes {SMALLEST} to {most}", permanent=True)


def _fitting(name: str) -> str:
    """The name in as many bytes as WeCom takes; its ending stays."""
    ending = PurePath(name).suffix
    stem = name.removesuffix(ending).encode()[: NAME - len(ending.encode())].decode("utf-8", "ignore")
    return f"{stem}{ending}"
