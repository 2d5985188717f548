"""Who is measured, each a process of its own: `python -m tests.bench contenders NAME TELEGRAM [DATABASE]`.

All of them hear by webhook, on the same web server. The trivial ones are python-telegram-bot as its own example
`customwebhookbot` has it: the update goes into the Application's queue, and the call is answered at once."""

import argparse
import asyncio
import time as timer
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request as WebRequest
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bot.lines import TELEGRAM_PATH, Lines
from bot.main import LANGUAGE, Switchboard, now, process_name, stop_signals
from bot.store.store import Store
from bot.telegram.request import Request
from bot.telegram.start import CONNECTIONS, DEADLINE, telegram_edge
from bot.telegram.updates import ALLOWED
from bot.telegram.webhook import Hook
from bot.views import catalogue
from bot.web.app import build
from bot.web.server import reserve
from bot.web.server import serve as serve_web
from tests.bench.morning import ANSWERING

SECRET = "a-secret-of-the-bench"
TOKEN = "7000000001:AAFakeTokenOfTheChenlianBench-000000"
OURS, FLOOR, BARE = "ours", "floor", "bare"
"""The program as `serve` runs it; a trivial handler on the default client; the same on our request class."""


async def ours(telegram: str, database: str) -> None:
    """The whole program on a database whose morning has begun, its clock at ten past eight."""
    began = timer.monotonic()

    def clock() -> datetime:
        return ANSWERING + timedelta(seconds=timer.monotonic() - began)

    url = f"sqlite:///{database}"
    with reserve("127.0.0.1", 0) as listening:
        hook = Hook(_address(listening.getsockname()[1]), SECRET)
        async with (
            Store(url, clock=clock, wall=now, words=catalogue(), process=process_name()) as store,
            stop_signals() as stop,
            telegram_edge(TOKEN, telegram, Random(1), hook=hook) as edge,
        ):
            board = Switchboard(store)
            app = build(None, catalogue()[LANGUAGE], board.ready, Lines(edge).hooks)
            await board.run([edge], serve_web(app, listening, stop, lambda _: None), stop)


async def trivial(telegram: str, *, default_client: bool) -> None:
    """A handler that answers the press and changes the message, several at a time."""
    builder = Application.builder().token(TOKEN).base_url(f"{telegram}/bot").updater(None).concurrent_updates(True)
    if not default_client:
        builder = builder.request(Request(DEADLINE, CONNECTIONS)).get_updates_request(Request(DEADLINE, 1))
    application = builder.build()
    application.add_handler(CallbackQueryHandler(_handle))

    async def called(request: WebRequest) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    async with stop_signals() as stop, application, _started(application):
        with reserve("127.0.0.1", 0) as listening:
            app, up = Starlette(routes=[Route(TELEGRAM_PATH, called, methods=["POST"])]), asyncio.Event()
            serving = asyncio.create_task(serve_web(app, listening, stop, lambda _: up.set()))
            await up.wait()
            port = listening.getsockname()[1]
            await application.bot.set_webhook(_address(port), secret_token=SECRET, allowed_updates=ALLOWED)
            await serving


async def _handle(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text("✓ 答对了")


@asynccontextmanager
async def _started(application: Application[Any, Any, Any, Any, Any, Any]) -> AsyncIterator[None]:
    await application.start()
    try:
        yield
    finally:
        await application.stop()


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}{TELEGRAM_PATH}"


def main(arguments: list[str] | None = None) -> None:
    """Run one of them until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench contenders")
    parser.add_argument("name", choices=(OURS, FLOOR, BARE))
    parser.add_argument("telegram")
    parser.add_argument("database", nargs="?", default="")
    given = parser.parse_args(arguments)
    who: dict[str, Callable[[], Awaitable[None]]] = {
        OURS: lambda: ours(given.telegram, given.database),
        FLOOR: lambda: trivial(given.telegram, default_client=True),
        BARE: lambda: trivial(given.telegram, default_client=False),
    }

    async def run() -> None:
        await who[given.name]()

    asyncio.run(run())
