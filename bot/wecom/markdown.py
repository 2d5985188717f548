"""A message as WeCom's markdown, for where no card goes: a group by its webhook, and what is long."""

from collections.abc import Iterator

from bot.chat.message import Message, Tone, lettered
from bot.edge.text import clean

CUT = "…"
_MARKS = {Tone.RIGHT: "✓", Tone.WRONG: "✗"}
_LINE = "—"
_TABLE = 2
"""Fewer rows than this are lines."""
# WeCom defines no escape; a twin of full width is read as the same and marks nothing up
_SAFE = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "_": "＿", "`": "｀", "|": "｜"})
_FIRST = {"#": "＃", "-": "－", "+": "＋", "~": "～"}


def markdown(message: Message, most: int, *, tables: bool = True) -> str:
    """The whole message in at most so many bytes; what does not fit ends in a …, never in mid-character. A button that
    opens a page is a link; any other can't be pressed here, and leaves a … too."""
    return shorten("\n".join(_lines(message, tables=tables)), most) or CUT


def shorten(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, whole lines as far as they go."""
    text = clean(text)
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len(CUT.encode())].decode("utf-8", "ignore")
    whole, _, broken = kept.rpartition("\n")
    return f"{whole}\n{CUT}" if whole and _is_markup(broken) else kept.rstrip() + CUT


def _is_markup(line: str) -> bool:
    """A row, a bold or slanted line cut in two would show its marks."""
    return line.startswith(("|", "*"))


def _lines(message: Message, *, tables: bool) -> Iterator[str]:
    lead = _marked(message)
    below = list(_below(message, tables=tables))
    if lead:
        yield _safe(lead)
    if lead and below:
        yield _LINE
    yield from below


def _below(message: Message, *, tables: bool) -> Iterator[str]:
    rows = [(_inline(label), _inline(value)) for label, value in message.rows]
    as_table = tables and len(rows) >= _TABLE
    if message.title and not (as_table and not message.body):  # there it heads the table
        yield f"**{_inline(message.title)}**"
    if message.body:
        yield _safe(message.body)
    yield from (_safe(option) for option in lettered(message.options))
    if as_table:
        head = "" if message.body else _inline(message.title)
        yield from ("", f"| {head} | |", "| :--- | ---: |", *(f"| {label} | {value} |" for label, value in rows), "")
    else:
        yield from (f"{label}　{value}".strip() for label, value in rows)
    buttons = [button for row in message.buttons for button in row]
    yield from (f"[{_inline(b.text)}]({b.url})" for b in buttons if b.url.startswith(("https://", "http://")))
    if message.note:
        yield from (f"*{_inline(line)}*" for line in message.note.splitlines() if line.strip())
    if any(button.data for button in buttons):
        yield CUT


def _marked(message: Message) -> str:
    """The lead with the mark of its tone; a colour alone would say nothing."""
    mark = _MARKS.get(message.tone, "")
    return f"{mark} {message.lead}" if message.lead and mark not in message.lead else message.lead


def _safe(text: str) -> str:
    """The lines as they are, with nothing in them that marks up."""
    return "\n".join(_FIRST.get(line[:1], line[:1]) + line[1:] for line in text.translate(_SAFE).splitlines())


def _inline(text: str) -> str:
    return " ".join(text.translate(_SAFE).split())
