from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.proofs import Kind, Type, kept_until, type_of

PAGE = b"OggS" + bytes(24)
"""The head of an Ogg page with one segment (RFC 3533 §6: 27 bytes, then the table of segments)."""


@pytest.mark.parametrize(
    ("data", "kind", "media"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "photo", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "photo", "image/png"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "photo", "image/webp"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00", "video", "video/mp4"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", "video", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00", "video", "video/quicktime"),
        (b"\x00\x00\x00\x18ftyp3gp4\x00\x00", "video", "video/mp4"),
        (b"\x00\x00\x00\x1cftypM4A \x00\x00", "voice", "audio/mp4"),
        (PAGE + b"OpusHead\x01", "voice", "audio/ogg"),
        (PAGE + b"\x01vorbis", "voice", "audio/ogg"),
        (b"#!AMR\n<\x91", "voice", "audio/amr"),
        (b"#!AMR-WB\n", "voice", "audio/amr"),
        (b"ID3\x04\x00", "voice", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "voice", "audio/mpeg"),
    ],
)
def test_a_proof_is_told_by_its_first_bytes(data: bytes, kind: str, media: str) -> None:
    assert type_of(data) == Type(Kind(kind), media)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "柜员王芳当面清点".encode(),
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<svg onload=alert(1)>",
        b"<!DOCTYPE html>",
        b"MZ\x90\x00",
        b"GIF89a",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x18ftypheic\x00\x00",
        b"ftypisom",
        PAGE + b"\x80theora",
        b"OggS",
        b"\xff\xfe\x00h",
    ],
)
def test_everything_else_is_none_whatever_it_is_called(data: bytes) -> None:
    assert type_of(data) is None


@given(st.text())
def test_no_text_is_a_proof(text: str) -> None:
    if not text.startswith(("ID3", "#!AMR")):
        assert type_of(text.encode("utf-8", "replace")) is None or text[4:8] == "ftyp"


@pytest.mark.parametrize(("policy", "agreed", "days"), [(30, 30, 30), (30, 10, 10), (7, 30, 7)])
def test_a_file_is_kept_no_longer_than_its_owner_agreed_to(policy: int, agreed: int, days: int) -> None:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert kept_until(now, policy, agreed) == now + timedelta(days=days)
