"""The log: one line per act on stderr, with no token, password or secret in it, whoever wrote the line."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

from pydantic import SecretStr

HIDDEN = "[hidden]"
_SHAPES = (
    (re.compile(r"\d+:[A-Za-z0-9_-]{30,}"), HIDDEN),  # a Telegram bot's token, also inside its addresses
    (re.compile(r"(?<=://)([^\s:/@]*):[^\s/]*@"), rf"\1:{HIDDEN}@"),  # a password in an address
    (re.compile(r"(?<=[?&]key=)[0-9A-Za-z-]{16,}"), HIDDEN),  # a WeCom group's webhook
    (re.compile(r"(?m)^\s*(DETAIL|CONTEXT):.*$"), rf"\1: {HIDDEN}"),  # PostgreSQL quotes whole rows there
)
_CHATTY = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "uvicorn", "uvicorn.access", "alembic")


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without what looks like a secret, and without the given ones."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Writes a record, then looks the whole line over: message, arguments and traceback alike."""

    def __init__(self, secrets: Iterable[SecretStr] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        self._secrets = [secret.get_secret_value() for secret in secrets if secret.get_secret_value()]

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def set_up(*, level: int = logging.INFO, secrets: Iterable[SecretStr] = (), stream: TextIO | None = None) -> None:
    """Send every logger of the process through one redacting handler. `secrets` are hidden wherever they turn up."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
