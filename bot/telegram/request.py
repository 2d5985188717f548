"""HTTP for python-telegram-bot: aiohttp, one deadline around a whole call, and no address in any error."""

import asyncio
import json

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class Request(BaseRequest):
    """Requests that end within `deadline` seconds, however slowly the other side drips. Carries no files yet."""

    def __init__(self, deadline: float, connections: int) -> None:
        self._deadline = deadline
        self._connections = connections
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Of no effect: the deadline is around everything."""
        return self._deadline

    async def initialize(self) -> None:
        """Open the pool of connections. A proxy comes from the environment (HTTPS_PROXY), as elsewhere."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=None),
                trust_env=True,
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
        """One request. An error's words are ours: the libraries' may quote the address, which holds the token."""
        if self._session is None:
            raise NetworkError("the line to Telegram is closed")
        form = request_data.json_parameters if request_data else None
        try:
            async with asyncio.timeout(self._deadline), self._session.request(method, url, data=form) as answer:
                status, payload = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut(f"no answer within {self._deadline:g} s") from None
        except (ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None
        # A proxy's error page: its 404 must not pass for a wrong token. (A file, by GET, is no JSON.)
        if method == "POST" and not _is_telegrams(payload):
            raise NetworkError(f"an answer that is not Telegram's (HTTP {status})")
        return status, payload


def _is_telegrams(payload: bytes) -> bool:
    try:
        answer = json.loads(payload)
    except ValueError:
        return False
    return isinstance(answer, dict) and ("result" in answer if answer.get("ok") is True else "ok" in answer)
