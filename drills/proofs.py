"""Files as proof of an evening: what may be one, told by its first bytes and never by its name, how many, how large,
and how long it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from drills.staying import Rule

PROVED = frozenset({Rule.FINDING})
"""Causes whose evening also needs proof (DESIGN §9)."""
MEGA = 1 << 20
LARGEST = 20
"""MiB: no platform brings more (Telegram's getFile stops at 20 MB, telegram facts; WeCom's media/get gives 20 MB at a
time, wecom facts §5)."""
LONGEST = 180
"""Days: a file is for judging one evening, and an appeal about it (domain LG-07)."""
MOST = 3
"""Files of one person's evening: default, two retakes."""


class Kind(StrEnum):
    """What a file is."""

    VOICE = "voice"
    VIDEO = "video"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Type:
    """What a file is and what a browser calls it."""

    kind: Kind
    media: str


_FILM, _SOUND, _QUICKTIME = "video/mp4", "audio/mp4", "video/quicktime"
_BRANDS = {
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV"), _FILM),
    **dict.fromkeys((b"M4V ", b"M4VH", b"M4VP", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a"), _FILM),
    **dict.fromkeys((b"M4A ", b"M4B "), _SOUND),
    b"qt  ": _QUICKTIME,
}
"""The brands of ISO 14496-12 files that phones record; the pictures among them (heic, avif) no browser shows."""
_OGG_CODEC = 28
"""Where the first page of an Ogg stream names its codec (RFC 3533, RFC 7845)."""


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginnings)


def _is_ogg_sound(data: bytes) -> bool:
    return data.startswith(b"OggS") and data[_OGG_CODEC:].startswith((b"OpusHead", b"\x01vorbis"))


_SIGNS: tuple[tuple[Callable[[bytes], bool], Type], ...] = (
    (_begins(b"\xff\xd8\xff"), Type(Kind.PHOTO, "image/jpeg")),
    (_begins(b"\x89PNG\r\n\x1a\n"), Type(Kind.PHOTO, "image/png")),
    (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", Type(Kind.PHOTO, "image/webp")),
    (_is_ogg_sound, Type(Kind.VOICE, "audio/ogg")),
    (_begins(b"#!AMR\n", b"#!AMR-WB\n"), Type(Kind.VOICE, "audio/amr")),
    (_begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), Type(Kind.VOICE, "audio/mpeg")),
)


def type_of(data: bytes) -> Type | None:
    """What these bytes are, by the signatures their formats begin with; None for anything that is no proof."""
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        media = _BRANDS[data[8:12]]
        return Type(Kind.VOICE if media == _SOUND else Kind.VIDEO, media)
    return next((kind for is_one, kind in _SIGNS if is_one(data)), None)


def kept_until(now: datetime, policy_days: int, agreed_days: int) -> datetime:
    """When a file goes: after the policy's days, and never later than its owner agreed to."""
    return now + timedelta(days=min(policy_days, agreed_days))
