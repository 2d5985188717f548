"""Requests without any client library, by the test itself: the oracle does not take them for the bot's."""

import aiohttp

from tests.fakes.telegram import TelegramFake
from tests.fakes.telegram.front import NOT_THE_BOT
from tests.fakes.telegram.refusals import JSON

OWN = {NOT_THE_BOT: "1"}


async def ask(fake: TelegramFake, method: str, token: str | None = None, **params: object) -> tuple[int, JSON]:
    """A request with a JSON body and no client library."""
    url = f"{fake.url}/bot{token or fake.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params, headers=OWN) as answer:
        return answer.status, await answer.json()


def keyboard(*rows: list[str]) -> JSON:
    return {"inline_keyboard": [[{"text": data, "callback_data": data} for data in row] for row in rows]}
