"""What goes through a callback: wecom.md §2.4, §2.5, [path/90968]."""

import base64
import json

import pytest
from wechatpy.work.crypto import WeChatCrypto

from tests.fakes.wecom import vectors, xml
from tests.fakes.wecom.crypt import AES_BLOCK, Broken, Seal, encrypt, read_key

NOISE = b"1234567890123456"


@pytest.fixture
def seal() -> Seal:
    return Seal(vectors.TOKEN, vectors.AES_KEY, vectors.CORP)


@pytest.fixture
def other() -> Seal:
    return Seal(vectors.OTHER_TOKEN, vectors.OTHER_AES_KEY, vectors.OTHER_CORP)


def test_an_address_is_verified_as_tencents_sample_does_it(seal: Seal) -> None:  # A
    signature = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    assert seal.open(vectors.A_ECHO, signature, "1409659589", "263014780") == b"1616140317555161061"
    assert seal.seal(b"1616140317555161061", b"c41b64491c2468d0") == vectors.A_ECHO


def test_a_message_is_opened_as_the_official_page_shows_it(seal: Seal) -> None:  # B
    opened = seal.open(vectors.B_MESSAGE, "477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149")
    assert len(opened) == 284
    message = xml.read(opened)
    assert (message["Content"], message["MsgId"], message["AgentID"]) == ("hello", "4561255354251345929", "218")


def test_an_address_is_verified_as_wechatpys_tests_do_it(other: Seal) -> None:  # C
    signature = "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96"
    assert other.open(vectors.C_ECHO, signature, "1411443780", "437374425") == b"5927782489442352469"
    with pytest.raises(Broken, match="signature"):
        other.open(vectors.C_ECHO, signature, "1411443780", "437374424")


def test_a_signature_is_that_of_the_rust_libraries() -> None:  # D
    assert (
        Seal("test", vectors.AES_KEY, "").sign("123456", "test", "rust") == "d6056f2bb3ad3e30f4afa5ef90cc9ddcdc7b7b27"
    )


def test_padding_is_to_32_bytes_and_a_whole_block_where_it_was_full() -> None:  # E, pad-boundary
    assert Seal("", vectors.OTHER_AES_KEY, "rust").seal(b"test", NOISE) == vectors.E_TEST
    assert Seal("", vectors.OTHER_AES_KEY, "corp").seal(b"12345678", NOISE) == vectors.BOUNDARY


def test_a_passive_reply_is_sealed_as_wechatpy_does_it(other: Seal) -> None:  # F
    sealed = other.seal(vectors.F_PLAIN.encode(), NOISE)
    assert sealed == vectors.F_REPLY
    assert other.sign("1411525903", "461056294", sealed) == "407518b7649e86ef23978113f92d27afa9296533"


def test_a_padding_of_one_is_taken_off(other: Seal) -> None:  # G
    opened = other.open(vectors.G_MESSAGE, "74d92dfeb87ba7c714f89d98870ae5eb62dff26d", "1411525903", "461056294")
    message = xml.read(opened)
    assert (message["Content"], message["FromUserName"]) == ("test", "messense")
    assert message["MsgId"] == "4363689963896700987"


def test_a_vote_carries_what_was_chosen(seal: Seal) -> None:  # H
    opened = seal.open(vectors.H_VOTE, "d7e24aa244176eea06b17071f5dc7ab4308a1d6e", "1767225600", "n0nce")
    event = xml.read(opened)
    assert event["Event"] == "template_card_event"
    assert event["SelectedItems"]["SelectedItem"]["OptionIds"]["OptionId"] == ["A", "C"]


def test_a_bots_receiver_is_nobody() -> None:  # I
    bot = Seal(vectors.TOKEN, vectors.AES_KEY, "")
    opened = bot.open(vectors.I_BOT, "c3495a9c2ec9ec60bb3b5c814aaa4cedc3aa05c7", "1767225600", "n0nce")
    assert json.loads(opened)["event"]["eventtype"] == "enter_chat"


@pytest.mark.parametrize(
    ("sealed", "step"),
    [
        ("*" + vectors.A_ECHO[1:], "base64"),
        (base64.b64encode(bytes(15)).decode(), "length"),
        ("", "length"),
        (base64.b64encode(bytes(AES_BLOCK)).decode(), "padding"),
        (base64.b64encode(encrypt(read_key(vectors.AES_KEY), b"x")).decode(), "length"),
        (base64.b64encode(encrypt(read_key(vectors.AES_KEY), bytes(16) + b"\xff" * 4)).decode(), "length"),
        (Seal("", vectors.AES_KEY, "another").seal(b"hello", NOISE), "receiveid"),
    ],
)
def test_what_is_broken_is_not_opened_though_it_is_signed(
    seal: Seal, sealed: str, step: str
) -> None:  # §2.5, negatives
    with pytest.raises(Broken, match=step):
        seal.open(sealed, seal.sign("1", "n", sealed), "1", "n")


def test_a_signature_is_in_small_letters(seal: Seal) -> None:  # §2.4
    with pytest.raises(Broken, match="signature"):
        seal.open(vectors.A_ECHO, "5C45FF5E21C57E6AD56BAC8758B79B1D9AC89FD3", "1409659589", "263014780")


@pytest.mark.parametrize("key", ["short", vectors.AES_KEY + "=", "*" + vectors.AES_KEY[1:]])
def test_a_key_has_43_letters_and_digits(key: str) -> None:  # §2.1
    with pytest.raises(ValueError, match="43"):
        Seal("", key, "")


def test_wechatpy_opens_what_we_seal_and_we_what_it_seals(seal: Seal) -> None:
    """An independent reading of the same page."""
    oracle = WeChatCrypto(vectors.TOKEN, vectors.AES_KEY, vectors.CORP)
    for length in range(1, 70):
        message = ("字" * length)[: length // 2 + 1] + "a" * (length % 2)
        sealed = seal.seal(message.encode(), NOISE)
        signature = seal.sign("1767225600", "n0nce", sealed)
        assert oracle.decrypt_message({"Encrypt": sealed}, signature, "1767225600", "n0nce") == message
        reply = xml.read(oracle.encrypt_message(message, "n0nce", "1767225600").encode())
        opened = seal.open(reply["Encrypt"], reply["MsgSignature"], reply["TimeStamp"], reply["Nonce"])
        assert opened.decode() == message


def test_what_is_written_is_read_again() -> None:
    fields = {
        "Content": "a ]]> <b> & c",
        "AgentID": 1,
        "OptionIds": {"OptionId": ["A", "C"]},
        "EventKey": "",
        "No": None,
    }
    written = xml.write(fields)
    assert "<AgentID>1</AgentID>" in written
    assert "<EventKey><![CDATA[]]></EventKey>" in written
    fields.pop("No")
    assert xml.read(written.encode()) == fields | {"AgentID": "1"}


@pytest.mark.parametrize(
    "document",
    [b"<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>", b"<xml>", b"", b"<xml>" + b" " * xml.LARGEST + b"</xml>"],
)
def test_an_answer_that_declares_something_is_not_read(document: bytes) -> None:  # §2.5, XML parsing
    with pytest.raises(xml.Unreadable):
        xml.read(document)
