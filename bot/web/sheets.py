"""Files by a link from the chat: whatever is not a good link of somebody who may have it is no page at all."""

import asyncio
import tempfile
from pathlib import Path
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from bot.services import exporting
from bot.store.store import Store

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2
"""So many files are written at a time; the others wait, and readers are left for everybody else."""


class Sheets:
    """The files of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._room = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [Route("/export/{rest:path}", self.give, methods=["GET"])]

    async def give(self, request: Request) -> Response:
        """The file, written now and gone when it has been sent."""
        folder = tempfile.TemporaryDirectory(prefix="chenlian-export-")
        try:
            async with self._room:
                path, query = request.url.path, dict(request.query_params)
                file = await self._store.look(exporting.write, path, query, Path(folder.name))
        except BaseException:
            folder.cleanup()
            raise
        if file is None:
            folder.cleanup()
            raise HTTPException(404)
        headers = {
            "cache-control": "no-store",
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        }
        return FileResponse(file, media_type=EXCEL, headers=headers, background=BackgroundTask(folder.cleanup))
