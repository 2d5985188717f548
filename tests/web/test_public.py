"""The public address, tried through a reverse proxy with a certificate, and through all that may stand in its place."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.web.public import Unfit, fit, leads_here

CERTIFICATE = Path(__file__).parents[1] / "fixtures" / "only_for_tests.pem"
NONCE = "only-this-program"


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@asynccontextmanager
async def listening(answer: str = "", *, to: int = 0, tls: bool = True) -> AsyncIterator[str]:
    """The address of a server that says `answer` to everybody, or passes everything on to a port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n") if tls else await reader.read(65536)
        if to:
            inner, outer = await asyncio.open_connection("127.0.0.1", to)
            outer.write(asked)
            writer.write(await inner.read())
            outer.close()
        else:
            writer.write(answer.encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context if tls else None)
    async with server:
        scheme = "https" if tls else "http"
        yield f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def why(url: str, port: int, trust: ssl.SSLContext | None = None) -> str:
    """What is wrong with an address; empty for a good one."""
    try:
        await leads_here(url, host="127.0.0.1", port=port, nonce=NONCE, trust=trust or trusting())
    except Unfit as unfit:
        return unfit.why
    return ""


async def test_a_proxy_that_leads_to_our_port_is_good() -> None:
    port = free_port()
    async with listening(to=port) as url:
        assert await why(url, port) == ""
        assert await why(f"{url}/drill", port) == ""


async def test_a_running_program_is_good_too() -> None:
    async with listening('HTTP/1.1 200 OK\r\n\r\n{"live":true}', tls=False) as serve:
        port = int(serve.rpartition(":")[2])
        async with listening(to=port) as url:
            assert await why(url, port) == ""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('HTTP/1.1 200 OK\r\n\r\n{"live":true}', "elsewhere"),  # another Chenlian, while our port is free
        ("HTTP/1.1 200 OK\r\n\r\nwelcome", "elsewhere"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", "elsewhere"),
        ("HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n", "redirect"),
        ("nonsense", "not_tls"),
        ("", "not_tls"),
    ],
)
async def test_what_answers_in_our_place_is_told_apart(answer: str, expected: str) -> None:
    async with listening(answer) as url:
        assert await why(url, free_port()) == expected


async def test_a_certificate_nobody_vouches_for_is_told() -> None:
    async with listening("HTTP/1.1 200 OK\r\n\r\n") as url:
        assert await why(url, free_port(), ssl.create_default_context()) == "certificate"


async def test_a_port_without_https_or_with_nobody_is_told() -> None:
    async with listening("HTTP/1.1 200 OK\r\n\r\n", tls=False) as url:
        assert await why(url.replace("http:", "https:"), free_port()) == "not_tls"
    assert await why(f"https://127.0.0.1:{free_port()}", free_port()) == "closed"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://drill.example.com", "not_https"),
        ("https://drill.example.com:8444", "port"),
        ("https://no-such-host.invalid", "no_name"),
        ("https://[::1]", "only_ipv6"),
        ("https://192.168.1.2:8443", "private"),
    ],
)
async def test_an_address_telegram_would_not_call_is_told(url: str, expected: str) -> None:
    with pytest.raises(Unfit) as unfit:
        await fit(url)
    assert unfit.value.why == expected


async def test_a_public_address_is_fit() -> None:
    await fit("https://8.8.8.8:8443")


async def test_a_platform_without_ports_of_its_own_calls_any() -> None:
    await fit("https://8.8.8.8:8444", ports=())
