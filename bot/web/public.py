"""Whether a platform can reach the public address, and whether that leads to this program: tried, not guessed."""

import asyncio
import contextlib
import json
import re
import socket
import ssl
from collections.abc import AsyncIterator, Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.addresses import WEBHOOK_PORTS

PATIENCE = 10.0  # seconds for the whole visit
MOST = 65_536  # bytes of an answer that are looked at
OK, REDIRECT = 200, 300


UNFIT = (
    *("not_https", "port", "no_name", "only_ipv6", "private"),
    *("closed", "certificate", "not_tls", "redirect", "elsewhere"),
)
"""Everything that may be wrong with an address."""


class Unfit(Exception):
    """A platform could not use this address; `why` is one of UNFIT."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def look(url: str, *, host: str, port: int, nonce: str, ports: Collection[int] = WEBHOOK_PORTS) -> None:
    """Try the address from outside, as far as that can be done from here. Meanwhile this program, or whatever already
    listens on `host` and `port`, answers. `ports`: those the platform calls; any where there are none. Raises Unfit."""
    await fit(url, ports)
    await leads_here(url, host=host, port=port, nonce=nonce, trust=ssl.create_default_context())


async def fit(url: str, ports: Collection[int] = WEBHOOK_PORTS) -> None:
    """Whether a platform would call it at all: HTTPS, one of its ports, a name with a public IPv4 address."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise Unfit("not_https")
    if ports and (parts.port or 443) not in ports:
        raise Unfit("port")
    found = await _addresses(parts.hostname or "", socket.AF_INET)
    if not found:
        raise Unfit("only_ipv6" if await _addresses(parts.hostname or "", socket.AF_INET6) else "no_name")
    if not all(ip_address(address).is_global for address in found):
        raise Unfit("private")


async def _addresses(host: str, family: socket.AddressFamily) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, family=family, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[4][0]) for address in found]


async def leads_here(url: str, *, host: str, port: int, nonce: str, trust: ssl.SSLContext) -> None:
    """Whether a visit to the address comes out at our own port."""
    async with _doorkeeper(host, port, nonce) as ours:
        try:
            status, body = await asyncio.wait_for(_visit(url, trust), PATIENCE)
        except ssl.SSLCertVerificationError:
            raise Unfit("certificate") from None
        except (ssl.SSLError, ConnectionResetError, asyncio.IncompleteReadError, ValueError):
            raise Unfit("not_tls") from None
        except (OSError, TimeoutError):
            raise Unfit("closed") from None
    if status >= REDIRECT and status < REDIRECT + 100:
        raise Unfit("redirect")
    if status != OK or not _ours(body, nonce if ours else True):
        raise Unfit("elsewhere")


@contextlib.asynccontextmanager
async def _doorkeeper(host: str, port: int, nonce: str) -> AsyncIterator[bool]:
    """Answer on our port with the nonce; False where something already listens, a running `serve` we hope."""
    body = json.dumps({"live": nonce})
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        writer.close()

    try:
        server = await asyncio.start_server(greet, host, port)
    except OSError:
        yield False
        return
    async with server:
        yield True


async def _visit(url: str, trust: ssl.SSLContext) -> tuple[int, bytes]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    reader, writer = await asyncio.open_connection(
        host, parts.port or 443, ssl=trust, server_hostname=host, family=socket.AF_INET
    )
    try:
        path = f"{parts.path.rstrip('/')}/healthz"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        head, _, body = (await reader.read(MOST)).partition(b"\r\n\r\n")
        body += await reader.read(MOST)
    finally:
        writer.close()
    status = re.match(rb"HTTP/\S+ (\d{3})", head)
    if status is None:
        raise ValueError("no HTTP")
    return int(status[1]), body


def _ours(body: bytes, live: object) -> bool:
    """Whether the answer holds `live`, wherever in it: a proxy may send it in pieces."""
    return any(json.dumps({"live": live}, separators=(",", colon)).encode() in body for colon in (":", ": "))
