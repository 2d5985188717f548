"""An app without any client library: it asks, and it hears its callbacks. For the fake's own tests."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import web

from tests.fakes.bell import Bell
from tests.fakes.wecom import WeComFake, vectors, xml
from tests.fakes.wecom.crypt import Broken, Seal
from tests.fakes.wecom.refusals import JSON


class Asker:
    """Asks with a token of its own."""

    def __init__(self, fake: WeComFake) -> None:
        self._fake = fake
        self._session = aiohttp.ClientSession()
        self.token = ""

    async def close(self) -> None:
        await self._session.close()

    async def log_in(self, secret: str = WeComFake.secret, corp_id: str = WeComFake.corp_id) -> JSON:
        query = {"corpid": corp_id, "corpsecret": secret}
        got = await self.get("gettoken", **{key: value for key, value in query.items() if value})
        self.token = got.get("access_token", self.token)
        return got

    async def get(self, path: str, **query: object) -> JSON:
        async with self._session.get(self._url(path), params=self._query(query)) as answer:
            assert answer.status == 200
            body: JSON = await answer.json()
            assert body["errcode"] == int(answer.headers.get("Error-Code", 0))
            return body

    async def fetch(self, path: str, *, ranged: str = "", **query: object) -> tuple[int, str, bytes]:
        headers = {"Range": ranged} if ranged else {}
        async with self._session.get(self._url(path), params=self._query(query), headers=headers) as answer:
            return answer.status, answer.content_type, await answer.read()

    async def post(self, path: str, body: JSON | bytes, **query: object) -> JSON:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        async with self._session.post(self._url(path), data=io.BytesIO(raw), params=self._query(query)) as answer:
            assert answer.status == 200
            found: JSON = await answer.json()
            return found

    async def upload(
        self, path: str, data: bytes, name: str = "a.bin", *, field: str = "media", **query: object
    ) -> JSON:
        form = aiohttp.FormData()
        form.add_field(field, io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self._session.post(self._url(path), data=form, params=self._query(query)) as answer:
            found: JSON = await answer.json()
            return found

    async def send(self, kind: str = "text", content: JSON | None = None, **envelope: object) -> JSON:
        """message/send to wangfang, unless the envelope says otherwise."""
        usual: JSON = {"touser": "wangfang", "agentid": WeComFake.agent_id, "msgtype": kind}
        return await self.post(
            "message/send", usual | {kind: {"content": "早上好"} if content is None else content} | envelope
        )

    async def update(self, code: str, change: JSON, **targets: object) -> JSON:
        """message/update_template_card for all who received it, unless the targets say otherwise."""
        usual: JSON = {"agentid": WeComFake.agent_id, "response_code": code}
        to_all = {} if targets.keys() & {"userids", "partyids", "tagids"} or "userids" in change else {"atall": 1}
        return await self.post("message/update_template_card", usual | to_all | change | targets)

    def _url(self, path: str) -> str:
        return f"{self._fake.url}/cgi-bin/{path}"

    def _query(self, query: dict[str, object]) -> dict[str, str]:
        token = {"access_token": self.token} if self.token else {}
        return token | {key: str(value) for key, value in query.items()}


class Ears:
    """The app's end of the callback: what it heard, and what it will answer (an empty 200 when nothing is left)."""

    def __init__(self) -> None:
        self.seal = Seal(vectors.TOKEN, vectors.AES_KEY, WeComFake.corp_id)
        self.heard: list[JSON] = []
        self.outside: list[JSON] = []
        self.answers: list[web.Response] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.bell = Bell()
        self.url = ""

    async def hear(self, request: web.BaseRequest) -> web.Response:
        query = request.query
        said = query["msg_signature"], query["timestamp"], query["nonce"]
        if request.method == "GET":
            await self.gate.wait()
            try:
                return web.Response(body=self.seal.open(query["echostr"], *said))
            except Broken as broken:
                return web.Response(status=403, text=str(broken))
        outside = xml.read(await request.read())
        self.outside.append(outside | dict(query))
        self.heard.append(xml.read(self.seal.open(outside["Encrypt"], *said)))
        self.bell.ring()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    def reply(self, fields: JSON) -> web.Response:
        """An encrypted passive reply."""
        sealed = self.seal.seal(xml.write(fields).encode(), bytes(16))
        said = {"MsgSignature": self.seal.sign("1", "n", sealed), "TimeStamp": 1, "Nonce": "n"}
        return web.Response(text=xml.write({"Encrypt": sealed} | said))

    async def connect(self, fake: WeComFake, **which: int) -> None:
        await fake.set_callback(self.url, vectors.TOKEN, vectors.AES_KEY, **which)


async def serve(hear: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> tuple[web.ServerRunner, str]:
    """A server on a free port."""
    runner = web.ServerRunner(web.Server(hear))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/callback"
