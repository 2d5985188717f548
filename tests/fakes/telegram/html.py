"""Telegram's HTML: a dozen tags become entities over plain text, anything else is refused (§2.7)."""

import re
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import JSON, Refused, bad_request

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_PIECE = re.compile(
    r"""<(/?)([^\s>]*)((?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^>"'])*)(>|$)|&(\#x[0-9a-fA-F]+|\#[0-9]+|[a-zA-Z]+);?"""
)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    at: int
    attributes: dict[str, str]


@dataclass
class _Reading:
    """Plain text and entities so far; offsets are UTF-16 code units."""

    text: str = ""
    entities: list[JSON] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> tuple[str, list[JSON]]:
    """Plain text and entities, or the refusal Telegram's parser gives, with its offset in bytes."""
    reading, done = _Reading(), 0
    for piece in _PIECE.finditer(html):
        reading.text += html[done : piece.start()]
        done = piece.end()
        _read_piece(reading, piece, len(html[: piece.start()].encode()))
    reading.text += html[done:]
    if reading.stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{reading.stack[-1].name}"')
    return reading.text, sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _read_piece(reading: _Reading, piece: re.Match[str], at: int) -> None:
    slash, name, attributes, end, character = piece.groups()
    if character:
        reading.text += _character(character) or piece.group()
    elif slash:
        _close(reading, name.lower(), closed=bool(end), at=at)
    else:
        _open(reading, name.lower(), attributes, closed=bool(end), at=at)


def _open(reading: _Reading, name: str, attributes: str, *, closed: bool, at: int) -> None:
    if name not in TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
    if not closed:
        raise _unparsable(f"Unclosed start tag at byte offset {at}")
    found = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(attributes)}
    if name == "span" and found.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    reading.stack.append(_Open(name, utf16_length(reading.text), found))


def _close(reading: _Reading, name: str, *, closed: bool, at: int) -> None:
    if not reading.stack:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    if not closed:
        raise _unparsable(f"Unclosed end tag at byte offset {at}")
    opened = reading.stack.pop()
    if name and name != opened.name:
        raise _unparsable(f'Unmatched end tag at byte offset {at}, expected "</{opened.name}>", found "</{name}>"')
    length = utf16_length(reading.text) - opened.at
    if length and TAGS[opened.name]:
        entity = {"type": TAGS[opened.name], "offset": opened.at, "length": length}
        reading.entities.append(entity | _details(opened, reading.text))


def _details(opened: _Open, text: str) -> JSON:
    attributes = opened.attributes
    match opened.name:
        case "a":
            written = text.encode("utf-16-le")[opened.at * 2 :].decode("utf-16-le")
            return {"url": attributes.get("href") or written}
        case "tg-emoji":
            return {"custom_emoji_id": attributes.get("emoji-id", "")}
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "code" if attributes.get("class", "").startswith("language-"):
            return {"language": attributes["class"].removeprefix("language-")}
        case _:
            return {}


def _character(name: str) -> str:
    """The character; "" if Telegram knows none by this name (&nbsp;), which then stays as it was written."""
    if not name.startswith("#"):
        return _NAMED.get(name, "")
    code = int(f"0{name[1:]}", 0) if name[1] == "x" else int(name[1:])
    return chr(code) if 0 < code <= _LAST_CODE_POINT else ""


def _unparsable(why: str) -> Refused:
    return bad_request(f"can't parse entities: {why}")
