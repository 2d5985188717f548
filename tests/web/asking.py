"""Asking the demo's addresses without a server."""

import httpx

from bot.chat.words import Words
from bot.web.app import build
from tests.web.canned import Canned, words
from tests.web.serving import nothing_amiss
from tests.web.skins import show


def client(stage: Canned | None, words_: Words | None = None, *, wecom: bool = False) -> httpx.AsyncClient:
    said = words_ or words()
    app = build(show(stage, said, first=wecom) if stage else None, said, nothing_amiss)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://demo.test")


async def post(stage: Canned, path: str, **said: object) -> httpx.Response:
    async with client(stage) as browser:
        return await browser.post(path, json=said)


def kind(response: httpx.Response, status: int, key: str) -> bool:
    """One sentence of the catalogue and nothing else."""
    return response.status_code == status and response.json() == {"error": words()(key)}
