"""HTTP to WeCom: one deadline around a whole call, raw UTF-8, and no address in any error: it holds the token."""

import asyncio
import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector

from bot.wecom.fit import cleaned
from bot.wecom.trouble import Unreachable

JSON = dict[str, Any]
ANSWER = 8 << 20
"""More bytes no answer of WeCom's has, but for files."""
_CHUNK = 1 << 16
_OF = re.compile(r"bytes \d+-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way up."""

    name: str
    data: bytes = field(repr=False)

    def form(self) -> FormData:
        """As WeCom takes it: one field, whose file's name stands there raw. It does not read a quoted one (§5)."""
        form = FormData(quote_fields=False)
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        form.add_field("media", self.data, filename=cleaned(self.name).replace("\n", " "), content_type=kind)
        return form


class TooMuch(Exception):
    """There are more bytes than were allowed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file; `more` says that there are others behind them. `said` is WeCom's refusal in their place."""

    data: bytes = b""
    more: bool = False
    said: JSON | None = None


class Line:
    """Calls that end within `deadline` seconds, however slowly the other side drips. A proxy comes from the
    environment (HTTPS_PROXY), as elsewhere."""

    def __init__(self, base: str, deadline: float, connections: int) -> None:
        self._base = base.rstrip("/")
        self._deadline = deadline
        self._connections = connections
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            connector=TCPConnector(limit=self._connections),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None),
            trust_env=True,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def ask(self, path: str, query: Mapping[str, str], body: JSON | Upload | None = None) -> JSON:
        """WeCom's answer, whatever its errcode. Raises Unreachable."""
        data: bytes | FormData | None = None
        if isinstance(body, Upload):
            data = body.form()
        elif body is not None:
            # by hand: the raw characters, since WeCom refuses \uxxxx (40033)
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            status, _, payload = await self._call("GET" if body is None else "POST", path, query, data, ANSWER)
        except TooMuch:
            raise Unreachable(f"an answer of more than {ANSWER} bytes") from None
        return _answer(status, payload)

    async def piece(self, path: str, query: Mapping[str, str], at: int, most: int) -> Piece:
        """At most so many bytes of a file, from `at` on. Raises Unreachable, TooMuch."""
        span = f"bytes={at}-{at + most - 1}"
        status, headers, payload = await self._call("GET", path, query, None, max(most, ANSWER), {"range": span})
        if headers.get("content-type", "").startswith(("application/json", "text/")):
            return Piece(said=_answer(status, payload))
        if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
            raise Unreachable(f"the file was not given (HTTP {status})")
        span_of = _OF.fullmatch(headers.get("content-range", ""))
        more = status == HTTPStatus.PARTIAL_CONTENT and span_of is not None and int(span_of[1]) + 1 < int(span_of[2])
        return Piece(payload, more)

    async def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        data: bytes | FormData | None,
        most: int,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body. An error is raised where it remembers no other."""
        if self._session is None:
            raise Unreachable("the line to WeCom is closed")
        kind = {"content-type": "application/json; charset=utf-8"} if isinstance(data, bytes) else {}
        url = f"{self._base}/cgi-bin/{path}"
        try:
            async with (
                asyncio.timeout(self._deadline),
                self._session.request(
                    # WeCom never redirects; a proxy that does would have our words thrown away on the way (POST → GET)
                    method,
                    url,
                    params=query,
                    data=data,
                    headers=kind | dict(headers or {}),
                    allow_redirects=False,
                ) as got,
            ):
                return got.status, {name.lower(): value for name, value in got.headers.items()}, await _read(got, most)
        except TimeoutError:
            trouble = Unreachable(f"no answer within {self._deadline:g} s")
        except TooMuch:
            raise
        except Exception as error:  # noqa: BLE001 - whichever it is, its words may hold the token
            trouble = Unreachable(type(error).__name__)
        raise trouble


async def _read(got: ClientResponse, most: int) -> bytes:
    held = bytearray()
    async for chunk in got.content.iter_chunked(_CHUNK):
        held += chunk
        if len(held) > most:
            raise TooMuch
    return bytes(held)


def _answer(status: int, payload: bytes) -> JSON:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or status != HTTPStatus.OK or not isinstance(answer.get("errcode", 0), int):
        raise Unreachable(f"an answer that is not WeCom's (HTTP {status})")
    return answer
