"""A bank with the cast's staff list and content in force, for commands that need one."""

import asyncio
from datetime import UTC, date, datetime

from bot.chat.incoming import Incoming, Text
from bot.chat.message import plain
from bot.rehearsal.channel import NAME
from bot.rehearsal.town import build
from bot.router import hear
from bot.store import links
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.turn import Turn
from bot.views import catalogue
from tests.cast import PLAN
from tests.stories.edition import body, publish


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the code's hours are counted by the real clock


def make_bank(url: str, *joined: str) -> None:
    """Write the bank; of its people these have a chat linked."""

    def founded(turn: Turn) -> None:
        town = build(turn, PLAN, channel=NAME, joined=date(2026, 1, 1))
        for name, person_id in town.people.items():
            if name not in joined:
                links.detach(turn, person_id)

    async def make() -> None:
        async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
            await store.do(publish, body())
            await store.do(founded)

    migrate(url)
    asyncio.run(make())


def try_code(
    url: str, code: str, address: str, event: str, *, channel: str = "telegram", typed: str = "/start {}"
) -> str:
    """What somebody hears who sends this code."""

    async def tell() -> str:
        async with Store(url, clock=now, wall=now, words=catalogue(), process="p") as store:
            said = Incoming(channel=channel, event=event, address=address, said=Text(typed.format(code)))
            (letter,) = await hear(store, said)
            assert letter.message
            return plain(letter.message)

    return asyncio.run(tell())
