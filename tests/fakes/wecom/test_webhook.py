"""A group's webhook: wecom.md §4.7, [path/99110]."""

import base64
import hashlib

import aiohttp
import pytest

from tests.fakes.wecom import Group, WeComFake
from tests.fakes.wecom.asking import Asker
from tests.fakes.wecom.conftest import Clock
from tests.fakes.wecom.people import PICTURE, VOICE
from tests.fakes.wecom.refusals import JSON
from tests.fakes.wecom.test_cards import BUTTON, TEXT


@pytest.fixture
def group(fake: WeComFake) -> Group:
    return fake.group("城东支行")


async def push(app: Asker, group: Group, kind: str = "markdown_v2", content: JSON | None = None) -> int:
    body = {"msgtype": kind, kind: {"content": "# 榜"} if content is None else content}
    code = (await app.post("webhook/send", body, key=group.key))["errcode"]
    assert isinstance(code, int)
    return code


def picture(data: bytes) -> JSON:
    return {"base64": base64.b64encode(data).decode(), "md5": hashlib.md5(data, usedforsecurity=False).hexdigest()}


async def test_the_address_is_all_it_takes(fake: WeComFake, app: Asker, group: Group) -> None:
    fake.trusted_ips = {"203.0.113.7"}
    body = {"msgtype": "text", "text": {"content": "@all 早", "mentioned_list": ["@all"]}}
    async with aiohttp.ClientSession() as session, session.post(group.url, json=body) as answer:
        assert (await answer.json())["errcode"] == 40033, "even here escapes are refused"
    assert await push(app, group, "text", {"content": "早", "mentioned_list": ["@all"]}) == 0
    assert [one.text for one in group.messages] == ["早"]


async def test_twenty_a_minute_are_taken(app: Asker, group: Group, clock: Clock) -> None:
    assert [await push(app, group) for _ in range(21)] == [0] * 20 + [45009]
    clock.seconds = 59
    assert await push(app, group) == 45009
    clock.seconds = 60
    assert await push(app, group) == 0
    assert len(group.messages) == 21


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("markdown", {"content": "字" * 1365}, 0),
        ("markdown", {"content": "字" * 1366}, 40058),
        ("markdown_v2", {"content": "字" * 1366}, 40058),
        ("markdown_v2", {"content": ""}, 93017),
        ("text", {"content": "字" * 683}, 40058),
        ("template_card", TEXT, 0),
        ("template_card", BUTTON, 42031),
        ("image", picture(PICTURE), 0),
        ("image", picture(PICTURE) | {"md5": "0" * 32}, 40058),
        ("image", picture(b"GIF89a"), 40123),
        ("image", {"base64": "*", "md5": "x"}, 40058),
        ("news", {"articles": [{"title": "t", "url": "https://a.cn"}]}, 0),
        ("news", {"articles": [{"title": "t"}]}, 41010),
        ("video", {"media_id": "x"}, 40008),
    ],
)
async def test_what_a_group_is_shown(app: Asker, group: Group, kind: str, content: JSON, code: int) -> None:
    assert await push(app, group, kind, content) == code


async def test_a_picture_has_two_megabytes_at_most(app: Asker, group: Group) -> None:
    assert await push(app, group, "image", picture(PICTURE + bytes(2 * 1024 * 1024))) == 93018


async def test_a_removed_or_forbidden_webhook_says_so(app: Asker, group: Group) -> None:
    assert (await app.post("webhook/send", {}, key="made-up"))["errcode"] == 93000
    group.disable()
    assert await push(app, group) == 93004
    group.remove()
    assert await push(app, group) == 93000


async def test_a_file_can_be_used_only_by_the_webhook_that_brought_it(
    fake: WeComFake, app: Asker, group: Group
) -> None:
    got = await app.upload("webhook/upload_media", b"PK zip", "榜.xlsx", key=group.key, type="file")
    assert await push(app, group, "file", {"media_id": got["media_id"]}) == 0
    assert await push(app, fake.group("城西支行"), "file", {"media_id": got["media_id"]}) == 40007
    for kind, code in (("image", 40005), ("voice", 0)):
        assert (await app.upload("webhook/upload_media", VOICE, key=group.key, type=kind))["errcode"] == code
