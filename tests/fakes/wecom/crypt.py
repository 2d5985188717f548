"""Sealing and opening what goes through a callback (§2.4, [path/90968])."""

import base64
import binascii
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # PKCS#7 to 32 bytes, not to AES's 16
HEAD = 20  # 16 random bytes and the length
AES_BLOCK = 16


class Broken(Exception):
    """It cannot be opened; the word says at which step."""


class Seal:
    """One callback's secrets. `receive_id` is the corpid for an app, empty for a smart bot."""

    def __init__(self, token: str, aes_key: str, receive_id: str) -> None:
        self._token = token
        self._key = read_key(aes_key)
        self._receive_id = receive_id.encode()

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        joined = "".join(sorted((self._token, timestamp, nonce, sealed)))
        return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()

    def seal(self, message: bytes, noise: bytes) -> str:
        """`noise` are the 16 random bytes before the message."""
        whole = noise + struct.pack(">I", len(message)) + message + self._receive_id
        return base64.b64encode(encrypt(self._key, whole)).decode()

    def open(self, sealed: str, signature: str, timestamp: str, nonce: str) -> bytes:
        if self.sign(timestamp, nonce, sealed) != signature:
            raise Broken("signature")
        try:
            whole = decrypt(self._key, base64.b64decode(sealed, validate=True))
        except binascii.Error:
            raise Broken("base64") from None
        if len(whole) < HEAD:
            raise Broken("length")
        end = HEAD + struct.unpack(">I", whole[16:HEAD])[0]
        if end > len(whole):
            raise Broken("length")
        if whole[end:] != self._receive_id:
            raise Broken("receiveid")
        return whole[HEAD:end]


def read_key(aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey, whose last "=" is never written."""
    if len(aes_key) != 43 or not aes_key.isalnum():
        raise ValueError("an EncodingAESKey has 43 letters and digits")
    return base64.b64decode(aes_key + "=")


def encrypt(key: bytes, plain: bytes) -> bytes:
    """AES-256-CBC; the key's first half is the IV. Files of a smart bot are sealed so too (§7.3)."""
    pad = BLOCK - len(plain) % BLOCK
    worker = _cipher(key).encryptor()
    return worker.update(plain + bytes([pad]) * pad) + worker.finalize()


def decrypt(key: bytes, sealed: bytes) -> bytes:
    if not sealed or len(sealed) % AES_BLOCK:
        raise Broken("length")
    worker = _cipher(key).decryptor()
    plain = worker.update(sealed) + worker.finalize()
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise Broken("padding")
    return plain[:-pad]


def _cipher(key: bytes) -> "Cipher[modes.CBC]":
    return Cipher(algorithms.AES(key), modes.CBC(key[:AES_BLOCK]))
