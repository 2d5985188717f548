"""A platform calls us, and hangs up."""

from bot.edge.calls import Answer, Call, whole
from bot.views import catalogue
from bot.web.app import build
from tests.wecom.door import nothing_amiss


async def hook(call: Call) -> Answer:
    """Wants to hear it to its end."""
    await whole(call.body, 100)
    raise AssertionError("there is no end")


async def test_who_hangs_up_in_mid_sentence_breaks_nothing() -> None:
    app = build(None, catalogue()["zh-CN"], nothing_amiss, {"/wecom/callback": hook})
    said: list[dict[str, object]] = [
        {"type": "http.request", "body": b"<xml>", "more_body": True},
        {"type": "http.disconnect"},
    ]
    told = []

    async def receive() -> dict[str, object]:
        return said.pop(0)

    async def send(message: dict[str, object]) -> None:
        told.append(message.get("status"))

    scope = {"type": "http", "method": "POST", "path": "/wecom/callback", "query_string": b"", "headers": []}
    await app(scope, receive, send)  # type: ignore[arg-type]  # plain dicts are what a server gives
    assert told[0] == 400
