"""Opening what WeCom has sealed: it gives way at the first thing that is not as it should be, and says only where. And
sealing as WeCom does, for trying our own door."""

import base64
import binascii
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
"""Padded to so many bytes, not to AES's sixteen."""
_AES = 16
_NOISE, _LENGTH = 16, 4
_HEAD = _NOISE + _LENGTH
"""Random bytes and the length stand before the words; whom they are for stands behind."""


class Forged(Exception):
    """It was not WeCom that sealed this, or not for us; the word says at which step that came out."""


class Seal:
    """One callback's secrets: the Token signs, the EncodingAESKey closes. `receive_id` is the corpid for an app."""

    def __init__(self, token: str, aes_key: str, receive_id: str) -> None:
        self._token = token
        self._key = base64.b64decode(aes_key + "=")
        self._receive_id = receive_id.encode()

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        """The signature these three must bring."""
        joined = "".join(sorted((self._token, timestamp, nonce, sealed)))
        return hashlib.sha1(joined.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()

    def open(self, sealed: str, signature: str, timestamp: str, nonce: str) -> bytes:
        """The words inside. Nothing is opened before the signature has been compared. Raises Forged."""
        ours = self.sign(timestamp, nonce, sealed).encode()
        if not hmac.compare_digest(ours, signature.encode("utf-8", "replace")):
            raise Forged("signature")
        try:
            closed = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError):
            raise Forged("base64") from None
        whole = self._unpadded(closed)
        (size,) = struct.unpack(">I", whole[_NOISE:_HEAD])
        if _HEAD + size > len(whole):
            raise Forged("length")
        if not hmac.compare_digest(whole[_HEAD + size :], self._receive_id):
            raise Forged("receiveid")
        return whole[_HEAD : _HEAD + size]

    def close(self, words: bytes, noise: bytes) -> str:
        """The words, sealed; `noise` are 16 random bytes."""
        whole = noise + struct.pack(">I", len(words)) + words + self._receive_id
        pad = BLOCK - len(whole) % BLOCK
        worker = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:_AES])).encryptor()
        return base64.b64encode(worker.update(whole + bytes([pad]) * pad) + worker.finalize()).decode()

    def _unpadded(self, closed: bytes) -> bytes:
        if not closed or len(closed) % _AES:
            raise Forged("length")
        worker = Cipher(algorithms.AES(self._key), modes.CBC(self._key[:_AES])).decryptor()
        padded = worker.update(closed) + worker.finalize()
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad or len(padded) - pad < _HEAD:
            raise Forged("padding")
        return padded[:-pad]
