"""What a smart bot uploads: wecom.md §7.1, [path/101463]."""

import base64

import pytest

from tests.fakes.wecom import BotRoom
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.lines import Line
from tests.fakes.wecom.refusals import JSON

PUSH = "aibot_send_msg"
WORDS: JSON = {"msgtype": "markdown", "markdown": {"content": "**早**"}}


def begin(**changed_: object) -> JSON:
    usual = {"type": "file", "filename": "榜.txt", "total_size": 10, "total_chunks": 2}
    return usual | changed_


def piece(upload_id: str, index: int, data: bytes) -> JSON:
    return {"upload_id": upload_id, "chunk_index": index, "base64_data": base64.b64encode(data).decode()}


async def test_a_file_is_uploaded_in_pieces_of_any_order(line: Line, room: BotRoom) -> None:
    upload_id = (await line.say("aibot_upload_media_init", begin()))["body"]["upload_id"]
    for index, data in ((1, b"67890"), (0, b"12345"), (0, b"other")):
        assert await line.code("aibot_upload_media_chunk", piece(upload_id, index, data)) == 0
    done = (await line.say("aibot_upload_media_finish", {"upload_id": upload_id}))["body"]
    assert done["type"] == "file"
    await room.say("早")
    media = {"msgtype": "file", "file": {"media_id": done["media_id"]}}
    assert await line.code(PUSH, {"chatid": "wangfang"} | media) == 0
    assert await line.code(PUSH, {"chatid": "wangfang", "msgtype": "image", "image": media["file"]}) == 40007
    assert await line.code("aibot_upload_media_finish", {"upload_id": upload_id}) == 846611


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "sticker"}, 846697),
        ({"filename": "字" * 86}, 40058),
        ({"total_size": 4}, 45001),
        ({"total_size": 20 * 1024 * 1024 + 1}, 45001),
        ({"type": "image", "total_size": 2 * 1024 * 1024 + 1}, 45001),
        ({"total_chunks": 101}, 40058),
    ],
)
async def test_an_upload_that_is_wrong_is_refused(line: Line, change: JSON, code: int) -> None:
    assert await line.code("aibot_upload_media_init", begin(**change)) == code


async def test_an_upload_must_be_whole_and_in_time(line: Line, clock: Clock) -> None:
    upload_id = (await line.say("aibot_upload_media_init", begin(md5="0" * 32)))["body"]["upload_id"]
    assert await line.code("aibot_upload_media_chunk", piece(upload_id, 2, b"1")) == 846612
    assert await line.code("aibot_upload_media_chunk", piece(upload_id, 0, bytes(512 * 1024 + 1))) == 846613
    assert await line.code("aibot_upload_media_chunk", piece("made-up", 0, b"1")) == 846611
    assert await line.code("aibot_upload_media_chunk", piece(upload_id, 0, b"12345") | {"base64_data": "*"}) == 40058
    await line.code("aibot_upload_media_chunk", piece(upload_id, 0, b"12345"))
    assert await line.code("aibot_upload_media_finish", {"upload_id": upload_id}) == 846616
    await line.code("aibot_upload_media_chunk", piece(upload_id, 1, b"67890"))
    assert await line.code("aibot_upload_media_finish", {"upload_id": upload_id}) == 846616, "its md5 is another"
    clock.seconds = 1800
    assert await line.code("aibot_upload_media_finish", {"upload_id": upload_id}) == 846611


async def test_thirty_uploads_a_minute_are_begun(line: Line) -> None:
    codes = [await line.code("aibot_upload_media_init", begin()) for _ in range(31)]
    assert codes == [0] * 30 + [45009]
