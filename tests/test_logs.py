import io
import logging
import warnings
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.logs import redact, set_up

CANARY = "987654321:AAHcanary_canary-canary_canary-0123"
PASSWORD = "canary-password"


@pytest.fixture(autouse=True)
def _the_log_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    set_up(stream=stream, secrets=[SecretStr("a-plain-secret"), SecretStr("")])
    return stream


def test_a_token_is_hidden_wherever_it_stands(log: io.StringIO) -> None:
    logger = logging.getLogger("bot.telegram")
    logger.info("POST https://api.telegram.org/bot%s/sendMessage", CANARY)
    logger.warning("token %r", {"token": CANARY})
    logger.error(f"token {CANARY}")  # noqa: G004 -- a careless line must be caught too
    assert "canary" not in log.getvalue()
    assert log.getvalue().count("[hidden]") == 3


def test_the_key_of_a_groups_webhook_is_hidden(log: io.StringIO) -> None:
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-canary-4bc4-97a0-0ec2f1fa5aaa"
    logging.getLogger("bot.wecom").warning("no answer from %s&x=1", address)
    assert "canary" not in log.getvalue()
    assert "send?key=[hidden]&x=1" in log.getvalue()


def test_a_traceback_is_looked_over_too(log: io.StringIO) -> None:
    trouble = ConnectionError(f"postgresql://me:{PASSWORD}@db/drill said no to bot{CANARY}")
    logging.getLogger("bot.store").error("no database", exc_info=trouble)
    written = log.getvalue()
    assert "canary" not in written
    assert "postgresql://me:[hidden]@db/drill" in written


def test_a_secret_without_a_shape_is_hidden_by_name(log: io.StringIO) -> None:
    logging.getLogger("bot").info("signed with a-plain-secret")
    assert "signed with [hidden]" in log.getvalue()


def test_a_warning_is_looked_over_too(log: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"odd address bot{CANARY}", stacklevel=1)
    assert "odd address" in log.getvalue()
    assert "canary" not in log.getvalue()


def test_ordinary_lines_stay_as_they_are(log: io.StringIO) -> None:
    logging.getLogger("bot").info("sitting=%s person=%s at 08:15:30", 12, 3)
    assert log.getvalue().endswith("INFO bot sitting=12 person=3 at 08:15:30\n")
    assert redact("https://drill.example.com:8000/a@b") == "https://drill.example.com:8000/a@b"


@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_libraries_that_print_addresses_are_quiet(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: POST")
    assert log.getvalue() == ""
