"""Addresses an operator writes down: what is wrong with one, never repeating it (it may hold a password)."""

import re
from urllib.parse import SplitResult, urlsplit

TELEGRAM = "https://api.telegram.org"
WECOM_BOT = "wss://openws.work.weixin.qq.com"
WECOM = "https://qyapi.weixin.qq.com"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The ports Telegram calls, over HTTPS on all of them."""


_GROUP = re.compile(r"https?://[^\s/?#]+/cgi-bin/webhook/send\?key=([0-9A-Za-z-]{16,64})")


def group_key(address: str) -> str:
    """The key in the address of a WeCom group's webhook, as WeCom shows it for copying; "" where it is none."""
    found = _GROUP.fullmatch(address.strip())
    return found[1] if found else ""


def split(address: str) -> SplitResult | None:
    """The parts of an address, or None where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def webhook_complaint(public: str, api: str) -> str | None:
    """Why the Bot API at `api` will not call us at `public`. One's own server of it calls any address."""
    parts = split(public)
    if not public or parts is None:
        return "is missing: with a webhook, Telegram calls this program there."
    if api != TELEGRAM:
        return None
    if parts.scheme != "https":
        return "is not https, and Telegram calls no other."
    if (parts.port or WEBHOOK_PORTS[0]) not in WEBHOOK_PORTS:
        return f"has port {parts.port}; Telegram calls only {', '.join(map(str, WEBHOOK_PORTS))}."
    return None


def database_complaint(address: str) -> str | None:
    """Why this is no database of ours."""
    parts = split(address)
    if parts is None:
        return "can't be read as an address (a password with @ : / [ or # must be written with %40 and the like)."
    if parts.scheme == "sqlite":
        if parts.netloc:
            return "needs three slashes after sqlite: (four for a path from the root)."
        if parts.path in {"", "/"} or ":memory:" in parts.path:
            return "names no file; a database in memory would forget every answer."
        return None
    if parts.scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return None if parts.path.strip("/") else "names no database after the host."
    return "is neither SQLite nor PostgreSQL."
