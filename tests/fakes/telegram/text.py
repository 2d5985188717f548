"""What a bot may write: text after entity parsing, trimmed, never empty, never beyond 4096 (§2.5, §2.7)."""

import html as python_html
import re
from dataclasses import dataclass, field

from tests.fakes.telegram.html import parse_html, utf16_length
from tests.fakes.telegram.refusals import JSON, bad_request

LONGEST = 4096  # counted in UTF-16 units, the strictest reading of "characters"
LONGEST_CAPTION = 1024
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


@dataclass(frozen=True)
class Written:
    """A text as people see it, as it was marked up, and its entities."""

    text: str
    html: str
    entities: list[JSON] = field(default_factory=list)


NOTHING = Written("", "")


def read_text(raw: object, parse_mode: object) -> Written:
    """What the bot wrote, or Telegram's refusal of it."""
    written = _read(raw, parse_mode)
    if not written.text:
        raise bad_request("message text is empty")
    if utf16_length(written.text) > LONGEST:
        raise bad_request("message is too long")
    return written


def read_caption(raw: object, parse_mode: object) -> Written:
    """What the bot wrote beside a file, perhaps nothing."""
    written = _read(raw, parse_mode)
    if utf16_length(written.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return written


def _read(raw: object, parse_mode: object) -> Written:
    given = "" if raw is None else str(raw)
    entities: list[JSON] = []
    match str(parse_mode or "").lower():
        case "":
            plain, html = given, python_html.escape(given, quote=False)
        case "html":
            (plain, entities), html = parse_html(given), given
        case _:  # Telegram also knows Markdown; we refuse it because our bot must not use it (§2.7)
            raise bad_request("unsupported parse_mode")
    lead = utf16_length(plain) - utf16_length(plain.lstrip())
    text = plain.strip()
    return Written(text, html, _within(entities, lead, utf16_length(text)))


def said(text: str) -> Written:
    """What a person typed: commands are marked, nothing is markup."""
    entities = [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": utf16_length(found.group())}
        for found in COMMAND.finditer(text)
    ]
    return Written(text, python_html.escape(text, quote=False), entities)


def _within(entities: list[JSON], lead: int, length: int) -> list[JSON]:
    """The entities after `lead` units were trimmed from the front, cut to the text that is left."""
    moved: list[JSON] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return moved
