"""A cell that begins like a formula is a text: in CSV a ' before it says so, and is taken away when it is read."""

import re

# the four after @ are the wide signs = + - @
_LIVE = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_GUARDED = re.compile(r"'+" + _LIVE.pattern)


def guarded(text: str) -> str:
    """The text as CSV may hold it."""
    return f"'{text}" if _LIVE.match(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that was meant."""
    return text[1:] if _GUARDED.match(text) else text
