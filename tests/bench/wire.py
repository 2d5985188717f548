"""Plain HTTP/1.1 with next to no cost, both ways: what stands at the other end of a bench must not be what is measured.

A request costs some 20 µs here, a fifth of what aiohttp's server takes. It reads what httpx, aiohttp and uvicorn write
(one length, no chunks), and nothing else."""

import asyncio
import re
from collections.abc import Callable
from typing import cast

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
Answer = Callable[[str, bytes], bytes]
"""The body of the answer to a request for a path with a body."""


class _Talk(asyncio.Protocol):
    """One connection, whichever end of it: gives each whole message to `_came`."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            head = bytes(self._buffer[:end])
            length = _LENGTH.search(head)
            whole = end + len(_END) + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            body = bytes(self._buffer[end + len(_END) : whole])
            del self._buffer[:whole]
            self._came(head.partition(b"\r\n")[0].split(b" ")[1].decode(), body)

    def hang_up(self) -> None:
        self._transport.close()

    def _came(self, second: str, body: bytes) -> None:
        """A message is here: the second word of its first line (a path, or a status) and its body."""
        raise NotImplementedError


class _Served(_Talk):
    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def _came(self, second: str, body: bytes) -> None:
        said = self._answer(second, body)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(said)}\r\n\r\n"
        self._transport.write(head.encode() + said)


class Caller(_Talk):
    """One connection to somebody's server, for one call at a time."""

    _asked: "asyncio.Future[int] | None" = None
    lost = False
    """A server hangs up on who has not called for a few seconds."""

    async def post(self, head: bytes, body: bytes) -> int:
        """The status of the answer."""
        self._asked = asyncio.get_running_loop().create_future()
        self._transport.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return await self._asked

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self._asked and not self._asked.done():
            self._asked.set_exception(exc or ConnectionResetError("hung up in the middle of a call"))

    def _came(self, second: str, body: bytes) -> None:
        if self._asked:
            self._asked.set_result(int(second))


async def call(port: int) -> Caller:
    """A new connection to a port of this machine."""
    _, caller = await asyncio.get_running_loop().create_connection(Caller, "127.0.0.1", port)
    return caller


async def serve(answer: Answer) -> asyncio.Server:
    """A server on a free port of this machine."""
    return await asyncio.get_running_loop().create_server(lambda: _Served(answer), "127.0.0.1", 0)
