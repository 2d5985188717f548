"""A smart bot's files, down and up, and the app's way up: wecom.md §5, §7.1, §7.3."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientSession

from bot.chat.channel import SendError
from bot.wecom.client import Client
from bot.wecom.files import APP_LARGEST, INIT, LARGEST, bring, bring_up, bring_up_by_app, unsealed
from bot.wecom.trouble import Refused
from tests.fakes.wecom import BotFake, BotRoom, User, WeComFake
from tests.wecom.conftest import KEYS
from tests.wecom.lines import SWIFT, Holder, holding


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def holder(fake: WeComFake, bot: BotFake) -> AsyncIterator[Holder]:
    async with holding(fake, bot, replace(SWIFT, deadline=10, beat=10)) as holder:
        yield holder


async def media_of(room: BotRoom, data: bytes) -> str:
    asked = await room.send_file("a.bin", data)
    content = asked.frame["body"]["file"]
    return f"{content['aeskey']} {content['url']}"


@pytest.mark.parametrize("size", [5, 31, 32, 33, 100_000])
async def test_a_file_comes_down_and_is_opened(session: ClientSession, room: BotRoom, size: int) -> None:
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    assert await bring(session, await media_of(room, data), size) == data


async def test_more_than_was_allowed_is_not_held(session: ClientSession, room: BotRoom) -> None:
    for size in (70, 200_000):
        with pytest.raises(SendError, match="more than 64") as caught:
            await bring(session, await media_of(room, bytes(size)), 64)
        assert caught.value.permanent


async def test_after_five_minutes_it_is_gone(fake: WeComFake, session: ClientSession, room: BotRoom) -> None:
    media = await media_of(room, b"12345")
    fake.pass_time(301)
    with pytest.raises(SendError, match="HTTP 403") as caught:
        await bring(session, media, 100)
    assert caught.value.permanent
    assert "http" not in caught.value.reason.lower().replace("http 403", "")


@pytest.mark.parametrize("media", ["key http://127.0.0.1:1/x", "key not-an-address", ""])
async def test_trouble_on_the_way_may_pass(session: ClientSession, media: str) -> None:
    with pytest.raises(SendError) as caught:
        await bring(session, media, 100)
    assert not caught.value.permanent


@pytest.mark.parametrize(("key", "sealed"), [("", b"x" * 32), ("*", b"x" * 32), ("A" * 43, b"x" * 32), ("A" * 43, b"")])
def test_what_the_key_does_not_open_is_refused(key: str, sealed: bytes) -> None:
    with pytest.raises(SendError, match="can't be opened"):
        unsealed(key, sealed)


@pytest.mark.parametrize("size", [6, 512 * 1024, 512 * 1024 + 1, 3_000_000])
async def test_a_file_goes_up_in_pieces_and_can_be_sent(holder: Holder, bot: BotFake, room: BotRoom, size: int) -> None:
    await room.say("早")
    media_id = await bring_up(holder.socket.ask, "file", f"{'名' * 100}.xlsx", bytes(size))
    await holder.socket.ask(
        "aibot_send_msg", {"chatid": "wangfang", "chat_type": 1, "msgtype": "file", "file": {"media_id": media_id}}
    )
    assert room.messages[-1].kind == "file"


async def test_what_wecom_would_not_take_is_not_begun(holder: Holder, bot: BotFake) -> None:
    for kind, size in (("image", LARGEST["image"] + 1), ("file", 5)):
        with pytest.raises(SendError):
            await bring_up(holder.socket.ask, kind, "x.png", bytes(size))
    assert not [frame for frame in bot.bot.frames if frame.cmd == INIT]


async def test_a_refusal_on_the_way_ends_it(fake: WeComFake, holder: Holder) -> None:
    fake.faults.fail_next(INIT, 45009)
    with pytest.raises(Refused):
        await bring_up(holder.socket.ask, "file", "x", b"123456")


# ---- the app's


async def test_the_app_brings_a_file_up_in_one_call_and_can_send_it(
    fake: WeComFake, client: Client, fang: User
) -> None:
    await client.token()
    fake.revoke_tokens()
    media_id = await bring_up_by_app(client, "file", '资费 "2026"\n表.xlsx', b"PK a sheet")
    first, second = fake.called("media/upload")
    assert (first.errcode, second.errcode, second.query["type"]) == (40014, 0, "file")
    assert second.upload
    assert (second.upload.filename, second.upload.data) == ('资费 "2026" 表.xlsx', b"PK a sheet")
    told = {"touser": "wangfang", "agentid": KEYS.agent_id, "msgtype": "file", "file": {"media_id": media_id}}
    await client.call("message/send", told)
    assert fang.messages[-1].kind == "file"


async def test_what_wecom_would_not_take_from_the_app_is_not_begun_and_what_it_refuses_is_told(
    fake: WeComFake, client: Client
) -> None:
    for kind, size in (("image", APP_LARGEST["image"] + 1), ("file", 5)):
        with pytest.raises(SendError):
            await bring_up_by_app(client, kind, "x.png", bytes(size))
    assert fake.called("media/upload") == []
    with pytest.raises(SendError, match="40123") as refused:
        await bring_up_by_app(client, "image", "x.png", b"no picture")
    assert refused.value.permanent
