"""The fake WeCom is one to a client that is not ours; its parts are tested beside them in wecom/."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest
import pytest_asyncio
from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient

from tests.fakes.wecom import WeComFake

Got = TypeVar("Got")


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[WeComFake]:
    async with WeComFake() as fake:
        yield fake


@pytest.fixture
def client(fake: WeComFake) -> WeChatClient:
    client = WeChatClient(fake.corp_id, fake.secret)
    client.API_BASE_URL = f"{fake.url}/cgi-bin/"
    where, who = f"{fake.url}/cgi-bin/gettoken", {"corpid": fake.corp_id, "corpsecret": fake.secret}
    client.fetch_access_token = lambda: client._fetch_access_token(where, who)  # noqa: SLF001 - WeCom's own address is written into the public one
    return client


async def ask(call: Callable[..., Got], *args: object) -> Got:
    """It blocks while it asks, so it asks from a thread."""
    return await asyncio.to_thread(call, *args)


async def test_wechatpy_talks_to_it_as_to_wecom(fake: WeComFake, client: WeChatClient) -> None:
    fang = fake.user("WangFang", "王芳")
    fake.staff.department(2, "城东支行")
    sent = await ask(client.message.send_text, fake.agent_id, "wangfang", "早上好")
    assert (sent["errmsg"], fang.messages[0].msgid) == ("ok", sent["msgid"])
    assert (await ask(client.user.get, "wangfang"))["name"] == "王芳"
    assert (await ask(client.department.get, 2))["name"] == "城东支行"
    assert [one["name"] for one in await ask(client.user.list, 1)] == ["王芳"]
    file = io.BytesIO(b"PK zip")
    file.name = "资费.xlsx"
    stored = await ask(client.media.upload, "file", file)
    await ask(client.message.send_file, fake.agent_id, "wangfang", stored["media_id"])
    assert [one.kind for one in fang.messages] == ["text", "file"]
    lines = {"button": [{"name": "今天", "type": "click", "key": "today"}]}
    await ask(client.menu.create, fake.agent_id, lines)
    assert fake.app.menu == lines


async def test_wechatpy_hears_its_refusals_as_wecoms(fake: WeComFake, client: WeChatClient) -> None:
    fake.user("WangFang", "王芳")
    with pytest.raises(WeChatClientException) as refused:
        await ask(client.message.send_text, fake.agent_id, "nobody", "早上好")
    assert refused.value.errcode == 81013
    fake.revoke_tokens()
    sent = await ask(client.message.send_text, fake.agent_id, "wangfang", "早上好")
    assert sent["errcode"] == 0, "it fetched another token"
    assert [call.errcode for call in fake.called("message/send")] == [81013, 40014, 0]
