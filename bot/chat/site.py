"""The way from a chat to one of our own pages: a link that opens one thing for a short time, for whoever holds it."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlencode

SIGNED = 16
"""Bytes of a signature: nobody guesses that in the minutes a link lives."""
UNTIL, SEAL = "until", "seal"


@dataclass(frozen=True, slots=True)
class Site:
    """Where our pages are (`address`, without a slash at its end), and the `key` their links are sealed with."""

    address: str
    key: bytes

    def link(self, path: str, until: datetime) -> str:
        """The address that opens the page at `path` (which begins with a slash) until an instant."""
        last = int(until.timestamp())
        return f"{self.address}{path}?{urlencode({UNTIL: last, SEAL: self._seal(path, last)})}"

    def opens(self, path: str, query: Mapping[str, str], now: datetime) -> bool:
        """Whether a visit to `path` with this query holds a link of ours that is still good."""
        said = query.get(UNTIL, "")
        if not (said.isascii() and said.isdecimal() and len(said) <= len("99999999999")):
            return False
        sealed = query.get(SEAL, "").encode()
        return hmac.compare_digest(sealed, self._seal(path, int(said)).encode()) and now.timestamp() < int(said)

    def _seal(self, path: str, last: int) -> str:
        return blake2b(f"{path}?{last}".encode(), key=self.key, digest_size=SIGNED, person=b"site").hexdigest()


def site_of(address: str, secret: str) -> Site | None:
    """The site of a program reached at `address`; none without an address or a secret, and then nobody gets links."""
    if not (address and secret):
        return None
    return Site(address.rstrip("/"), blake2b(secret.encode(), person=b"links").digest())
