"""A bot's uploads: begun, brought in pieces in any order, finished (§7.1)."""

import base64
import binascii
import hashlib

from tests.fakes.wecom.bots import SESSION_LIFE, Bot, Frame, UploadSession
from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.media import MEGA, SMALLEST, check
from tests.fakes.wecom.refusals import JSON, Refused

LARGEST = {"image": 2 * MEGA, "voice": 2 * MEGA, "video": 10 * MEGA, "file": 20 * MEGA}
LARGEST_CHUNK = 512 * 1024
MOST_CHUNKS = 100
LONGEST_NAME = 256


def init(bot: Bot, frame: Frame) -> JSON:
    body = frame.body
    kind, name = body.get("type"), body.get("filename")
    size, chunks = body.get("total_size"), body.get("total_chunks")
    if kind not in LARGEST:
        raise Refused(846697, f"type {kind!r}")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= LONGEST_NAME:
        raise Refused(40058, "filename")
    if not isinstance(size, int) or not SMALLEST - 1 <= size <= LARGEST[kind]:
        raise Refused(45001, f"{kind} of {size} bytes")
    if not isinstance(chunks, int) or not 1 <= chunks <= MOST_CHUNKS:
        raise Refused(40058, "total_chunks")
    if not bot.upload_meter.take(bot.now()):
        raise Refused(45009)
    upload_id = f"upload-{bot.number():06d}"
    bot.uploads[upload_id] = UploadSession(kind, name, size, chunks, body.get("md5", ""), bot.now())
    return {"upload_id": upload_id}


def chunk(bot: Bot, frame: Frame) -> JSON:
    """One that came already is ignored."""
    session = _session(bot, frame)
    index = frame.body.get("chunk_index")
    if not isinstance(index, int) or not 0 <= index < session.chunks:
        raise Refused(846612, f"chunk_index {index!r}")
    try:
        data = base64.b64decode(str(frame.body.get("base64_data", "")), validate=True)
    except binascii.Error:
        raise Refused(40058, "base64_data") from None
    if not 0 < len(data) <= LARGEST_CHUNK:
        raise Refused(846613, f"{len(data)} bytes")
    session.parts.setdefault(index, data)
    return {}


def finish(bot: Bot, frame: Frame) -> JSON:
    session = _session(bot, frame)
    data = b"".join(session.parts[each] for each in sorted(session.parts))
    if len(session.parts) < session.chunks or len(data) != session.size:
        raise Refused(846616)
    if session.md5 and hashlib.md5(data, usedforsecurity=False).hexdigest() != session.md5:
        raise Refused(846616, "md5")
    check(session.kind, data)
    stored = bot.media.keep(session.kind, Upload(session.filename, "application/octet-stream", data), bot.now())
    del bot.uploads[frame.body["upload_id"]]
    return {"type": session.kind, "media_id": stored.media_id, "created_at": str(int(bot.now()))}


def _session(bot: Bot, frame: Frame) -> UploadSession:
    found = bot.uploads.get(str(frame.body.get("upload_id")))
    if found is None or bot.now() >= found.born + SESSION_LIFE:
        raise Refused(846611)
    return found
