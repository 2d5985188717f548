"""Inline keyboards and their limits (§2.2)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.fakes.telegram.refusals import JSON, Refused, bad_request

DATA_BYTES = 64
PER_ROW = 8
PER_KEYBOARD = 100
_OTHER_KINDS = {
    "callback_game",
    "copy_text",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "web_app",
}


@dataclass(frozen=True)
class Button:
    """One button; `data` is what a tap sends to the bot, None where a tap opens something else."""

    text: str
    data: str | None
    url: str | None
    raw: JSON


Keyboard = list[list[Button]]


def read_keyboard(raw: object, *, inline_only: bool = False) -> Keyboard:
    """The rows of an inline keyboard; other reply markup is accepted for a new message and shows no buttons here."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, str):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in raw:
        if inline_only:
            raise bad_request("inline keyboard expected")
        return []
    rows = [[_read_button(button) for button in row] for row in raw["inline_keyboard"] if row]
    # That Telegram refuses just these numbers, and in these words, is UNVERIFIED; the numbers are PTB's.
    if any(len(row) > PER_ROW for row in rows) or sum(map(len, rows)) > PER_KEYBOARD:
        raise bad_request("reply markup is too long")
    return rows


def keyboard_json(keyboard: Keyboard) -> JSON:
    return {"inline_keyboard": [[button.raw for button in row] for row in keyboard]}


def _read_button(raw: object) -> Button:
    if not isinstance(raw, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not raw.get("text"):
        raise _unparsable('Can\'t find field "text"')
    data, url = raw.get("callback_data"), raw.get("url")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None:
        _check_url(str(url))
    if data is None and url is None and not _OTHER_KINDS & raw.keys():
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    return Button(str(raw["text"]), None if data is None else str(data), None if url is None else str(url), raw)


def _check_url(url: str) -> None:
    """TDLib wants a dot in the host: `http://localhost/` loses the whole message."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme.startswith("http") and not set(".:") & set(parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _unparsable(why: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {why}")
