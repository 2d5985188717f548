"""Files both ways: wecom.md §5, [path/90253], [path/90254]."""

import pytest

from tests.fakes.wecom import User
from tests.fakes.wecom.asking import Asker
from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.media import AMR, LARGEST, MEGA, check, voice_seconds
from tests.fakes.wecom.people import PICTURE, VIDEO, VOICE
from tests.fakes.wecom.refusals import Refused
from tests.fakes.wecom.server import WeComFake

THREE_DAYS = 3 * 86_400


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("file", b"123456", 0),
        ("image", PICTURE, 0),
        ("image", b"\xff\xd8\xff" + bytes(9), 0),
        ("voice", VOICE, 0),
        ("video", VIDEO, 0),
        ("sticker", b"123456", 40005),
        ("file", b"12345", 40006),
        ("file", b"", 44001),
        ("image", b"GIF89a", 40123),
        ("voice", b"ID3mp3", 301017),
        ("voice", AMR + bytes([0x3C, *[0] * 31]) * 3001, 45007),
        ("video", b"RIFF....AVI ", 40004),
    ],
)
async def test_what_may_be_uploaded(app: Asker, kind: str, data: bytes, code: int) -> None:
    got = await app.upload("media/upload", data, type=kind)
    assert got["errcode"] == code
    if not code:
        assert (got["type"], got["errmsg"]) == (kind, "")
        assert got["created_at"].isdigit(), "a string"


@pytest.mark.parametrize("kind", LARGEST)
def test_what_is_too_large_is_refused(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        check(kind, bytes(LARGEST[kind] + 1))
    assert refused.value.errcode == 45001


def test_a_voice_lasts_as_long_as_its_frames() -> None:
    assert voice_seconds(VOICE) == 1
    assert voice_seconds(AMR + bytes([0x04, *[0] * 12]) * 100) == 2


async def test_a_file_lives_three_days_and_keeps_its_name(app: Asker, fang: User, clock: Clock) -> None:
    media_id = (await app.upload("media/upload", b"PK zip", "资费.xlsx", type="file"))["media_id"]
    assert (await app.send("file", {"media_id": media_id}))["errcode"] == 0
    assert (await app.send("image", {"media_id": media_id}))["errcode"] == 40007, "it is no image"
    status, content_type, data = await app.fetch("media/get", media_id=media_id)
    assert (status, content_type, data) == (200, "application/octet-stream", b"PK zip")
    clock.seconds = THREE_DAYS
    await app.log_in()
    gone = await app.get("media/get", media_id=media_id)
    assert gone["errcode"] == 40145, "JSON with 200"
    assert (await app.get("media/get", media_id="made-up"))["errcode"] == 40007
    assert (await app.get("media/get"))["errcode"] == 41006


async def test_a_form_without_the_field_media_holds_nothing(app: Asker) -> None:
    assert (await app.upload("media/upload", b"123456", field="file", type="file"))["errcode"] == 44001


async def test_above_20_mb_it_is_fetched_in_parts(fake: WeComFake, app: Asker) -> None:
    data = bytes(20 * MEGA) + b"the end"
    media_id = fake.world.media.keep("video", Upload("v.mp4", "video/mp4", data), fake.now()).media_id
    assert (await app.get("media/get", media_id=media_id))["errcode"] == 830002
    first = await app.fetch("media/get", media_id=media_id, ranged=f"bytes=0-{20 * MEGA - 1}")
    last = await app.fetch("media/get", media_id=media_id, ranged=f"bytes={20 * MEGA}-")
    assert (first[0], last[0], last[2]) == (206, 206, b"the end")
    for wrong in ("bytes=0-", "bytes=9-1", "lines=0-1", f"bytes={30 * MEGA}-"):
        _, content_type, _ = await app.fetch("media/get", media_id=media_id, ranged=wrong)
        assert content_type == "application/json"
