"""The wall screen's page, and the piece of it that is asked for every second."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.words import Words
from bot.views.wall import Wall
from bot.web.paper import templates

See = Callable[[int, Mapping[str, str]], Awaitable[Wall | None]]
"""The screen of a meeting for whoever visits with this query; None: no good link."""
FRESH = {"cache-control": "no-store"}


class WallPage:
    """The page's addresses. A bad link and one that has run out look the same."""

    def __init__(self, see: See, words: Words, version: str) -> None:
        self._see, self._words = see, words
        self._pages = templates(words=words, version=version)

    def routes(self) -> list[BaseRoute]:
        return [Route("/meeting/{meeting:int}", self._page), Route("/meeting/{meeting:int}/now", self._now)]

    async def _wall(self, request: Request) -> Wall | None:
        meeting = request.path_params["meeting"]
        return await self._see(meeting, request.query_params) if meeting < 2**63 else None

    async def _page(self, request: Request) -> Response:
        wall = await self._wall(request)
        page = self._pages.get_template("big.html").render(wall=wall)
        return HTMLResponse(page, 200 if wall else 404, headers=FRESH)

    async def _now(self, request: Request) -> Response:
        wall = await self._wall(request)
        piece = self._pages.get_template("big_piece.html").render(wall=wall)
        left = wall.left if wall else None
        return JSONResponse({"html": piece, "left": left}, 200 if wall else 404, headers=FRESH)
