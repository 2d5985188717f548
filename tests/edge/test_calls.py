from collections.abc import AsyncIterator

from httpx import ASGITransport, AsyncClient

from bot.edge.calls import Answer, Call, whole
from bot.views import catalogue
from bot.web.app import build


async def parts(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_a_body_is_held_only_as_far_as_it_may_go() -> None:
    assert await whole(parts(b"ab", b"", b"c"), 3) == b"abc"
    assert await whole(parts(), 0) == b""
    given: list[bytes] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            given.append(b"x" * 10)
            yield given[-1]

    assert await whole(endless(), 25) is None
    assert len(given) == 3


async def test_a_platform_asks_and_posts_at_the_same_address_and_reads_plain_text() -> None:
    async def hook(call: Call) -> Answer:
        said = await whole(call.body, 100)
        return Answer(201, {"x-extra": "1"}, f"{call.method} {call.query['a+b']} {said!r}".encode())

    async def ready() -> list[str]:
        return []

    app = build(None, catalogue()["zh-CN"], ready, {"/hook": hook})
    async with AsyncClient(transport=ASGITransport(app), base_url="http://ours") as client:
        asked = await client.get("/hook", params={"a+b": "1+2/="})
        posted = await client.post("/hook?a%2Bb=3", content=b"hello")
    assert (asked.status_code, asked.text) == (201, "GET 1+2/= b''")
    assert asked.headers["x-extra"] == "1"
    assert asked.headers["content-type"].startswith("text/plain")
    assert posted.text == "POST 3 b'hello'"
