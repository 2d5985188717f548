import asyncio
import json

import httpx
import pytest

from bot.chat.message import Message, Tone
from bot.web import demo
from bot.web.app import build
from bot.web.demo import verdict
from tests.web.asking import client
from tests.web.canned import SUN, WANG, ZHAO, Canned, words
from tests.web.serving import serving


async def test_changes_arrive_as_events_and_the_stream_ends_with_the_stage() -> None:
    stage = Canned()
    async with serving(stage) as address, httpx.AsyncClient(base_url=address) as browser:
        async with browser.stream("GET", "/demo/events") as events:
            assert events.headers["content-type"].startswith("text/event-stream")
            lines = events.aiter_lines()
            assert [await anext(lines) for _ in range(4)] == ["retry: 1500", "event: hello", "data: {}", ""]
            await browser.post("/demo/say", json={"person": ZHAO, "text": "看板"})
            assert json.loads((await anext(lines)).removeprefix("data: ")) == {"person": ZHAO}
            stage.hush()
            assert [line async for line in lines if line] == []
        assert not stage.listeners


async def test_when_much_happens_each_person_is_named_once_a_breath() -> None:
    stage = Canned()
    async with (
        serving(stage) as address,
        httpx.AsyncClient(base_url=address) as browser,
        browser.stream("GET", "/demo/events") as events,
    ):
        lines = events.aiter_lines()
        assert [await anext(lines) for _ in range(4)][-1] == ""
        for person in [WANG, ZHAO, SUN] * 50:
            stage.wake(person)
        named = [json.loads((await anext(lines) or await anext(lines)).removeprefix("data: ")) for _ in range(3)]
        assert sorted(each["person"] for each in named) == [WANG, SUN, ZHAO]
        stage.hush()
        assert [line async for line in lines if line] == []


async def test_a_quiet_stream_beats_and_a_reader_who_leaves_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "HEARTBEAT", 0.01)
    stage = Canned()
    async with serving(stage) as address, httpx.AsyncClient(base_url=address) as browser:
        async with browser.stream("GET", "/demo/events") as events:
            async for line in events.aiter_lines():
                if line.startswith(":"):
                    break
            assert len(stage.listeners) == 1
        async with asyncio.timeout(20):
            await stage.left.wait()
        assert not stage.listeners


async def test_health() -> None:
    problems = ["the database does not answer"]

    async def ready() -> list[str]:
        return problems

    app = build(None, words(), ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://demo.test") as browser:
        assert (await browser.get("/healthz")).json() == {"live": True}
        response = await browser.get("/readyz")
        assert (response.status_code, response.json()) == (503, {"ready": False, "problems": problems})
        problems.clear()
        response = await browser.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True, "problems": []})
        assert (await browser.get("/")).text == words()("web.alive")
        assert (await browser.get("/demo")).status_code == 404


async def test_an_accident_and_a_wrong_address_are_told_in_a_sentence() -> None:
    async def ready() -> list[str]:
        raise RuntimeError("王芳 chose B")

    transport = httpx.ASGITransport(build(None, words(), ready), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo.test") as browser:
        response = await browser.get("/readyz")
        assert (response.status_code, response.text) == (500, words()("web.error.failed"))
        assert (await browser.get("/nowhere")).text == words()("web.error.lost")
        assert (await browser.post("/healthz")).text == words()("web.error.request")


async def test_the_root_leads_to_the_demo() -> None:
    async with client(Canned()) as browser:
        assert (await browser.get("/")).headers["location"] == "/demo"


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (Message(lead="✓ 对。"), ("✓", "对。")),
        (Message(lead="对。", tone=Tone.RIGHT), ("✓", "对。")),
        (Message(lead="应是 B。", tone=Tone.WRONG), ("✗", "应是 B。")),
        (Message(lead="08:45 已收，当练习：✓ 对。", tone=Tone.RIGHT), ("", "08:45 已收，当练习：✓ 对。")),
        (Message(lead="收卷"), ("", "收卷")),
        (Message(), ("", "")),
    ],
)
def test_a_verdict_has_its_mark_beside_its_words(message: Message, parts: tuple[str, str]) -> None:
    assert verdict(message) == parts
