"""The web application: health, readiness, static files, and the demo page where there is a stage for it."""

from collections.abc import Awaitable, Callable, Mapping
from hashlib import blake2b
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.chat.words import Words
from bot.edge.calls import Call, Hook
from bot.store.store import Store
from bot.web.demo import Demo, Show
from bot.web.proofs import Proofs
from bot.web.sheets import Sheets
from bot.web.wall import See, WallPage

Ready = Callable[[], Awaitable[list[str]]]
NO_HOOKS: Mapping[str, Hook] = {}
STATIC = Path(__file__).parent / "static"
HEADERS = {
    "content-security-policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def build(
    show: Show | None,
    words: Words,
    ready: Ready,
    hooks: Mapping[str, Hook] = NO_HOOKS,
    see: See | None = None,
    store: Store | None = None,
) -> Starlette:
    """The application. `ready` gives what keeps it from being ready, one sentence each; empty means ready. `hooks` are
    the platforms that call us, by path; `see` is what the wall screen shows; exports and proofs come from the
    `store`."""

    async def home(_request: Request) -> Response:
        return RedirectResponse("/demo") if show else PlainTextResponse(words("web.alive"))

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"live": True})

    async def readyz(_request: Request) -> Response:
        problems = await ready()
        return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)

    async def lost(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        key = {404: "web.error.lost", 405: "web.error.request"}.get(status, "web.error.failed")
        return PlainTextResponse(words(key), status)

    version = _digest()
    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    routes += [Route(path, _calling(hook), methods=["GET", "POST"]) for path, hook in hooks.items()]
    routes += WallPage(see, words, version).routes() if see else []
    routes += Sheets(store).routes() if store else []
    routes += Proofs(store, store.vault, version).routes() if store and store.vault else []
    if show:
        routes += Demo(show, words, version).routes()
    middleware = [Middleware(_Headers, version=version), Middleware(GZipMiddleware, minimum_size=1024)]
    return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: lost, Exception: lost})


def _calling(hook: Hook) -> Callable[[Request], Awaitable[Response]]:
    async def called(request: Request) -> Response:
        method, query = request.method, request.query_params
        try:
            answer = await hook(Call(method=method, query=query, headers=request.headers, body=request.stream()))
        except ClientDisconnect:  # anybody can hang up in mid-sentence, and shall not fill the log with it
            return Response(status_code=400)
        return PlainTextResponse(answer.body, answer.status, dict(answer.headers))

    return called


def _digest() -> str:
    """A short name for this state of the static files, so that browsers may keep them for ever."""
    digest = blake2b(digest_size=6)
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


class _Headers:
    """Puts the headers that every answer carries; static files asked for by their version may be kept for ever."""

    def __init__(self, app: ASGIApp, version: str) -> None:
        self._app = app
        self._versioned = f"v={version}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        keep = scope["path"].startswith("/static/") and scope["query_string"] == self._versioned

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "public, max-age=31536000, immutable" if keep else "no-cache")
            await send(message)

        await self._app(scope, receive, with_headers)
