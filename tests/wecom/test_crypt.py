"""The published vectors (wecom.md §2.5), and round trips with wechatpy, which knows nothing of ours."""

import base64
import json
import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.work.crypto import WeChatCrypto

from bot.wecom.crypt import Forged, Seal
from bot.wecom.xml import read
from tests.fakes.wecom import vectors

OFFICIAL = Seal(vectors.TOKEN, vectors.AES_KEY, vectors.CORP)
OTHER = Seal(vectors.OTHER_TOKEN, vectors.OTHER_AES_KEY, vectors.OTHER_CORP)
CLOCK, NONCE = "1409659813", "1372623149"
NOISE = b"1234567890123456"


def closed(plain: bytes, pad: bytes | None = None, key: str = vectors.AES_KEY) -> str:
    """These bytes with the padding of WeCom (or another), closed with the key."""
    room = 32 - len(plain) % 32
    raw = base64.b64decode(key + "=")
    worker = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    whole = plain + (bytes([room]) * room if pad is None else pad)
    return base64.b64encode(worker.update(whole) + worker.finalize()).decode()


def framed(words: bytes, receive_id: str = vectors.CORP, size: int | None = None) -> bytes:
    return NOISE + struct.pack(">I", len(words) if size is None else size) + words + receive_id.encode()


def opened(sealed: str, seal: Seal = OFFICIAL) -> bytes:
    """As it comes out when it is signed rightly."""
    return seal.open(sealed, seal.sign(CLOCK, NONCE, sealed), CLOCK, NONCE)


def test_a_the_address_is_verified() -> None:
    echo = OFFICIAL.open(vectors.A_ECHO, "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780")
    assert echo == b"1616140317555161061"


def test_b_a_message_of_the_official_page() -> None:
    plain = OFFICIAL.open(vectors.B_MESSAGE, "477715d11cdb4164915debcba66cb864d751f3e6", CLOCK, NONCE)
    assert len(plain) == 284
    said = read(plain)
    assert (said.word("Content"), said.word("MsgId"), said.word("AgentID")) == ("hello", "4561255354251345929", "218")


def test_c_another_address_and_a_nonce_that_must_fail() -> None:
    signature = "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96"
    assert OTHER.open(vectors.C_ECHO, signature, "1411443780", "437374425") == b"5927782489442352469"
    with pytest.raises(Forged, match="signature"):
        OTHER.open(vectors.C_ECHO, signature, "1411443780", "437374424")


def test_d_a_signature() -> None:
    signature = Seal("test", vectors.AES_KEY, "").sign("123456", "test", "rust")
    assert signature == "d6056f2bb3ad3e30f4afa5ef90cc9ddcdc7b7b27"


def test_e_and_the_edge_of_the_padding() -> None:
    assert opened(vectors.E_TEST, Seal("", vectors.OTHER_AES_KEY, "rust")) == b"test"
    assert opened(vectors.BOUNDARY, Seal("", vectors.OTHER_AES_KEY, "corp")) == b"12345678"


def test_f_and_g_what_wechatpy_publishes() -> None:
    reply = OTHER.open(vectors.F_REPLY, "407518b7649e86ef23978113f92d27afa9296533", "1411525903", "461056294")
    assert reply == vectors.F_PLAIN.encode()
    message = OTHER.open(vectors.G_MESSAGE, "74d92dfeb87ba7c714f89d98870ae5eb62dff26d", "1411525903", "461056294")
    said = read(message)
    assert (said.word("Content"), said.word("FromUserName")) == ("test", "messense")


def test_h_a_vote_and_i_a_smart_bots_words() -> None:
    vote = read(OFFICIAL.open(vectors.H_VOTE, "d7e24aa244176eea06b17071f5dc7ab4308a1d6e", "1767225600", "n0nce"))
    chosen = vote.every("SelectedItems", "SelectedItem", "OptionIds", "OptionId")
    assert (vote.word("Event"), [each.text for each in chosen]) == ("template_card_event", ["A", "C"])
    bot = Seal(vectors.TOKEN, vectors.AES_KEY, "")
    entered = bot.open(vectors.I_BOT, "c3495a9c2ec9ec60bb3b5c814aaa4cedc3aa05c7", "1767225600", "n0nce")
    assert json.loads(entered)["event"]["eventtype"] == "enter_chat"


@given(st.text(max_size=200), st.text("abcdefwx0123456789", min_size=1, max_size=30))
def test_what_wechatpy_seals_is_opened(words: str, corp: str) -> None:
    reply = WeChatCrypto(vectors.TOKEN, vectors.AES_KEY, corp).encrypt_message(words, NONCE, CLOCK)
    outside = read(reply.encode())
    given_ = outside.word("Encrypt"), outside.word("MsgSignature"), outside.word("TimeStamp"), outside.word("Nonce")
    assert Seal(vectors.TOKEN, vectors.AES_KEY, corp).open(*given_) == words.encode()


@pytest.mark.parametrize(
    ("sealed", "step"),
    [
        ("", "length"),
        ("*not base64*", "base64"),
        ("字", "base64"),
        (base64.b64encode(b"x" * 15).decode(), "length"),
        (closed(b"", b"\x10" * 16), "padding"),  # nothing but padding
        (closed(b"", bytes(32)), "padding"),  # wechatpy dies of a struct.error there
        (closed(framed(b"hi"), b"\x28" * 40), "padding"),  # more than a block
        (closed(framed(b"hi"), b"\x08" * 7 + b"\x07"), "padding"),
        (closed(framed(b"hi", size=4000)), "length"),
        (closed(framed(b"hi", "wx_another_corp")), "receiveid"),
        (closed(framed(b"hi", "")), "receiveid"),
    ],
)
def test_what_is_rightly_signed_and_wrong_inside_is_refused_with_a_word(sealed: str, step: str) -> None:
    with pytest.raises(Forged, match=step):
        opened(sealed)


def test_a_signature_in_capitals_or_of_a_flipped_character_is_none() -> None:
    sealed = closed(framed(b"hi"))
    assert opened(sealed) == b"hi"
    signature = OFFICIAL.sign(CLOCK, NONCE, sealed)
    flipped = ("A" if sealed[0] != "A" else "B") + sealed[1:]
    for given_, name in ((sealed, signature.upper()), (flipped, signature), (sealed, ""), (sealed, "签")):
        with pytest.raises(Forged, match="signature"):
            OFFICIAL.open(given_, name, CLOCK, NONCE)


@given(st.binary(max_size=200))
def test_whatever_comes_rightly_signed_is_opened_or_refused_and_nothing_else(noise: bytes) -> None:
    try:
        opened(base64.b64encode(noise).decode())
    except Forged:
        pass
    else:
        raise AssertionError("it can't be guessed")
