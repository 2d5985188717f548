"""Text that any platform takes."""

from contextlib import suppress


def clean(text: str) -> str:
    """Without what no text can hold: half a surrogate pair, a NUL."""
    with suppress(UnicodeEncodeError):
        if text.isascii() or text.encode():  # nearly every text
            return text.replace("\0", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
