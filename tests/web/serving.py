"""The web application on a real port, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket

import uvicorn
from starlette.applications import Starlette

from bot.rehearsal.demo import DemoStage
from bot.web.app import build
from tests.web.canned import Canned, words
from tests.web.skins import show


async def nothing_amiss() -> list[str]:
    return []


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = asyncio.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.open.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The signals are pytest's."""
        yield


@asynccontextmanager
async def serving(stage: Canned | DemoStage, app: Starlette | None = None) -> AsyncIterator[str]:
    """Serves until left; gives the address."""
    config = uvicorn.Config(
        app or build(show(stage, words()), words(), nothing_amiss), port=0, log_level="warning", ws="none"
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    await server.open.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        stage.hush()
        await task
