"""HTTP for python-telegram-bot: aiohttp, one deadline around a whole call, and no address in any error."""

import asyncio
import json
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

ANSWER = 32 << 20
"""More bytes no answer of Telegram's has: a hundred updates are a few hundred KiB."""
UPLOADING = 4
"""How many deadlines a call has that carries files."""
_CHUNK = 1 << 16
Form = FormData | bytes | None
_ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


class TooMuch(Exception):
    """There are more bytes than were allowed."""


class Request(BaseRequest):
    """Requests that end within `deadline` seconds, however slowly the other side drips; those with files may take
    longer. A proxy comes from the environment (HTTPS_PROXY), as elsewhere."""

    def __init__(self, deadline: float, connections: int) -> None:
        self._deadline = deadline
        self._connections = connections
        self._session: ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    @property
    def read_timeout(self) -> float:
        """Of no effect: the deadline is around everything."""
        return self._deadline

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=None),
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot calls it so
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """One request. Raises NetworkError, TimedOut."""
        with_files = request_data is not None and request_data.contains_files
        deadline = self._deadline * (UPLOADING if with_files else 1)
        try:
            status, payload = await self._call(method, url, _form(request_data), deadline, ANSWER)
        except TooMuch:
            raise NetworkError(f"an answer of more than {ANSWER} bytes") from None
        # A proxy's error page: its 404 must not pass for a wrong token. (A file, by GET, is no JSON.)
        if method == "POST" and not _is_telegrams(payload):
            raise NetworkError(f"an answer that is not Telegram's (HTTP {status})")
        return status, payload

    async def download(self, url: str, most: int) -> bytes:
        """A file of at most so many bytes, whatever size it was said to have: no more is ever held. Raises TooMuch,
        NetworkError, TimedOut."""
        status, payload = await self._call("GET", url, None, self._deadline * UPLOADING, most)
        if status != HTTPStatus.OK:
            raise NetworkError(f"the file was not given (HTTP {status})")
        return payload

    async def _call(self, method: str, url: str, form: Form, deadline: float, most: int) -> tuple[int, bytes]:
        """Status and body, all within the deadline. An error's words are ours, and it is raised where it remembers no
        other: the libraries' may quote the address, which holds the token."""
        if self._session is None:
            raise NetworkError("the line to Telegram is closed")
        try:
            headers = _ENCODED if isinstance(form, bytes) else None
            asking = self._session.request(method, url, data=form, headers=headers, proxy=self._proxy(url))
            async with asyncio.timeout(deadline), asking as answer:
                return answer.status, await _read(answer, most)
        except TimeoutError:
            trouble: TelegramError = TimedOut(f"no answer within {deadline:g} s")
        except TooMuch:
            raise
        except Exception as error:  # noqa: BLE001 - whichever it is, its words may hold the token
            trouble = NetworkError(type(error).__name__)
        raise trouble

    def _proxy(self, url: str) -> str | None:
        """The proxy for an address, looked for once a host: aiohttp's own `trust_env` reads the environment and
        ~/.netrc anew for every request, each in a thread."""
        to = urlsplit(url)
        host = (to.scheme, to.hostname or "")
        if host not in self._proxies:
            self._proxies[host] = None if proxy_bypass(host[1]) else getproxies().get(host[0])
        return self._proxies[host]


def _form(data: RequestData | None) -> Form:
    """The parameters, and the files as parts of their own."""
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()  # by aiohttp's form it would cost several times as much
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


async def _read(answer: ClientResponse, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        raise TooMuch
    brought = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        brought += chunk
        if len(brought) > most:
            raise TooMuch
    return bytes(brought)


def _is_telegrams(payload: bytes) -> bool:
    try:
        answer = json.loads(payload)
    except ValueError:
        return False
    return isinstance(answer, dict) and ("result" in answer if answer.get("ok") is True else "ok" in answer)
