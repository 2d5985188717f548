"""Temporary media: what is taken, and how long it lives (§5)."""

import hashlib
from dataclasses import dataclass

from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.refusals import Refused

LIFE = 3 * 86_400.0
MEGA = 1024 * 1024
SMALLEST = 6  # bytes: "over 5"
LARGEST = {"image": 10 * MEGA, "voice": 2 * MEGA, "video": 10 * MEGA, "file": 20 * MEGA}
LONGEST_VOICE = 60.0
AMR = b"#!AMR\n"
_FRAMES = (12, 13, 15, 17, 19, 20, 26, 31, 5)  # bytes after the head of an AMR frame, by its mode; one is 20 ms
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True)
class Stored:
    """`only_for` is the key of the webhook that may use it; empty: every app of the corp."""

    media_id: str
    kind: str
    file: Upload
    expires: float
    only_for: str = ""


class Media:
    def __init__(self) -> None:
        self._stored: dict[str, Stored] = {}

    def keep(self, kind: str, file: Upload, now: float, only_for: str = "") -> Stored:
        digest = hashlib.sha256(file.data).hexdigest()[:16]
        media_id = f"3{digest}_{len(self._stored) + 1}"
        self._stored[media_id] = Stored(media_id, kind, file, now + LIFE, only_for)
        return self._stored[media_id]

    def find(self, media_id: object, now: float, only_for: str = "") -> Stored:
        found = self._stored.get(str(media_id))
        if found is None or found.only_for not in {"", only_for}:
            raise Refused(40007)
        if now >= found.expires:
            raise Refused(40145)
        return found


def check(kind: str, data: bytes) -> None:
    if len(data) < SMALLEST:
        raise Refused(40006, "5 bytes or less")
    if len(data) > LARGEST[kind]:
        raise Refused(45001, f"{kind} of {len(data)} bytes")
    if kind == "image" and not data.startswith(IMAGES):
        raise Refused(40123, "neither JPG nor PNG")
    if kind == "voice":
        if not data.startswith(AMR):
            raise Refused(301017, "no AMR")
        if voice_seconds(data) > LONGEST_VOICE:
            raise Refused(45007)
    if kind == "video" and data[4:8] != b"ftyp":
        raise Refused(40004, "no MP4")


def voice_seconds(data: bytes) -> float:
    """How long an AMR-NB file plays."""
    at, frames = len(AMR), 0
    while at < len(data):
        mode = data[at] >> 3 & 15
        at += 1 + (_FRAMES[mode] if mode < len(_FRAMES) else 0)
        frames += 1
    return frames * 0.02
