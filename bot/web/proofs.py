"""Somebody's files by a link from the chat: a page, and the files on it, opened in memory and kept by nobody on the
way. Whatever is not a good link of somebody who may look is no page at all."""

import asyncio
import logging
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.files import Sealed, Vault
from bot.services import viewing
from bot.store.store import Store
from bot.web.paper import templates

log = logging.getLogger(__name__)
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/amr": "amr",
}
UNPLAYED = frozenset({"audio/amr"})
"""What no browser plays is handed over as a file."""
AT_ONCE = 4
"""So many files are in memory at a time; the others wait."""
_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


class Proofs:
    """The files of one store, opened with its vault."""

    def __init__(self, store: Store, vault: Vault, version: str) -> None:
        self._store, self._vault = store, vault
        self._room = asyncio.Semaphore(AT_ONCE)
        pages = templates(version=version, unplayed=UNPLAYED)
        self._page = pages.get_template("proof.html")

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            Route("/proof/case/{rest:path}", self.show, methods=["GET"]),
            Route("/proof/file/{rest:path}", self.give, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The page."""
        page = await self._store.look(viewing.page, request.url.path, dict(request.query_params))
        if page is None:
            raise HTTPException(404)
        return HTMLResponse(self._page.render(page=page), headers={"cache-control": "no-store"})

    async def give(self, request: Request) -> Response:
        """The file; that somebody looked is on disk before its first byte goes out."""
        path, query = request.url.path, dict(request.query_params)
        async with self._room:
            opened = await self._store.do(viewing.open_file, path, query)
            if opened is None:
                raise HTTPException(404)
            try:
                data = await asyncio.to_thread(self._vault.open, opened.sealed, opened.about)
            except Sealed:
                log.error("a proof could not be opened: was CHENLIAN_SECRET_KEY changed?")  # noqa: TRY400 -- as said
                raise HTTPException(500) from None
        how = "attachment" if opened.media in UNPLAYED else "inline"
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'{how}; filename="{opened.name}.{ENDINGS[opened.media]}"',
            "accept-ranges": "bytes",
            "content-encoding": "identity",  # sound and pictures are packed already
        }
        return _part(data, request.headers.get("range", ""), opened.media, headers)


def _part(data: bytes, wanted: str, media: str, headers: dict[str, str]) -> Response:
    """The whole, or the one range that was asked for: without ranges an iPhone plays no film (RFC 9110 §14)."""
    asked = _RANGE.fullmatch(wanted)
    if asked is None:
        return Response(data, media_type=media, headers=headers)
    first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
    if first > last:
        return Response(status_code=416, headers=headers | {"content-range": f"bytes */{len(data)}"})
    span = {"content-range": f"bytes {first}-{last}/{len(data)}"}
    return Response(data[first : last + 1], 206, media_type=media, headers=headers | span)
