"""`chenlian stats`: what went out today, and what waits."""

import asyncio
import json

import pytest

from bot.chat.message import Message
from bot.rehearsal.channel import NAME
from bot.store import links, outbox
from bot.store.store import Store
from bot.store.turn import Turn
from bot.views import catalogue
from tests.cli.bank import make_bank, now
from tests.cli.conftest import Run


def test_what_waits_is_told_to_a_person_and_to_a_program(
    run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def promise(turn: Turn) -> None:
        owner = links.owner_of(turn, NAME, "1")
        assert owner is not None
        outbox.tell(turn, owner, "hello", Message(body="早"))

    async def promised() -> None:
        async with Store(database_url, clock=now, wall=now, words=catalogue(), process="p") as store:
            await store.do(promise)

    make_bank(database_url, "王芳")
    monkeypatch.setenv("CHENLIAN_DATABASE_URL", database_url)
    monkeypatch.setenv("CHENLIAN_LANGUAGE", "zh-CN")
    assert run("stats").output.strip() == "今天还没有要发的消息。"
    asyncio.run(promised())
    assert "在等 1" in run("stats").output
    (channel,) = json.loads(run("stats", "--json").output).values()
    assert (channel["sent"], [each["letters"] for each in channel["waiting"]]) == (0, [1])
