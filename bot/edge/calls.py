"""A platform calls us: what it brings, and what we answer."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One HTTP call. The names of headers are in small letters; the body comes in parts, so that a long one can be
    refused before it is held."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform is told; `body` is plain text."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Hook = Callable[[Call], Awaitable[Answer]]
"""Answers a platform's calls."""


async def whole(body: AsyncIterator[bytes], most: int) -> bytes | None:
    """The body; None where it has more bytes than that: no more is ever held."""
    held = bytearray()
    async for part in body:
        held += part
        if len(held) > most:
            return None
    return bytes(held)
