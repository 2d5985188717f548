"""Files at rest: sealed before they are kept, opened when somebody who may looks. Nothing is ever kept plain."""

import asyncio
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY, NONCE = 32, 12
"""Bytes: AES-256, and the nonce that NIST SP 800-38D recommends."""
AT_ONCE = 4
_PURPOSE = b"chenlian: files at rest, version 1"


class Sealed(Exception):
    """A file cannot be opened: sealed by another key, changed, or put under somebody else's name."""


class Vault:
    """Seals and opens files by AES-256-GCM. Its key is made from the program's secret key by HKDF (RFC 5869), for this
    purpose alone: whoever changes the secret key can open no file that was kept before. There is `room` for so many
    files in memory at a time; the others wait."""

    def __init__(self, secret: str) -> None:
        key = HKDF(algorithm=SHA256(), length=KEY, salt=None, info=_PURPOSE).derive(secret.encode())
        self._cipher = AESGCM(key)
        self.room = asyncio.Semaphore(AT_ONCE)

    def seal(self, data: bytes, about: str) -> bytes:
        """The file as it may be kept; it opens only as what it is `about`."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, data, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """The file itself. Raises Sealed."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            raise Sealed("this file cannot be opened with the key there is") from None


def vault_of(secret: str) -> Vault | None:
    """The vault of a program with this secret key; none without one, and then no file is taken."""
    return Vault(secret) if secret else None
