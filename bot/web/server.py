"""Serving the web application on a port until told to stop. The signals belong to main, not to the server."""

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

GRACE_SECONDS = 2


class PortTaken(Exception):
    """We cannot listen there; the message says why and what to do."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        known = {errno.EADDRINUSE: "is in use", errno.EACCES: "is not open to this user"}
        why = known.get(error.errno or 0, "can't be listened on")
        super().__init__(f"{host}:{port} {why}. Choose another with --port (demo) or CHENLIAN_HOST and CHENLIAN_PORT.")


class _Server(uvicorn.Server):
    """Leaves signals alone: uvicorn would raise a caught SIGTERM again after a clean end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """No signal is caught here."""
        yield


def reserve(host: str, port: int) -> socket.socket:
    """A socket of our own on this port (0 takes any free one), not yet listening. Raises PortTaken."""
    reserved = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((host, port))
    except OSError as error:
        reserved.close()
        raise PortTaken(host, port, error) from error
    return reserved


async def serve(
    app: Starlette,
    listening: socket.socket,
    stop: asyncio.Event,
    ready: Callable[[int], None],
    closing: Callable[[], None] = lambda: None,
) -> None:
    """Serve on a reserved socket until `stop`; `ready` hears the port once it listens, `closing` is called before the
    end, to let go of open streams. Raises PortTaken."""
    host, port = listening.getsockname()[:2]
    try:
        listening.listen()
    except OSError as error:  # two may reserve a port, but only one can listen
        raise PortTaken(host, port, error) from error
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=GRACE_SECONDS)
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 -- uvicorn rings no bell when it has started
            await asyncio.sleep(0.01)
        ready(port)
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        closing()
        server.should_exit = True
        stopping.cancel()
        await serving
