"""Reading the answer to a question with options as people write it: B, ac, A、C, 选B; of a statement 对 or 错.

Nothing is guessed out of a longer sentence: what is not clearly an answer is asked for again."""

import re
import unicodedata

TRUE, FALSE = 0, 1
_SPOKEN = {
    **dict.fromkeys(("对", "正确", "√", "✓", "✔", "RIGHT", "TRUE"), TRUE),
    **dict.fromkeys(("错", "不对", "错误", "×", "✗", "✘", "WRONG", "FALSE"), FALSE),
}
_BETWEEN = re.compile(r"[\s,、.。;/+和]+|^选")


def read_letters(text: str) -> frozenset[int] | None:
    """The options named by their letters, or None."""
    plain = _plain(text)
    if not re.fullmatch("[A-Z]+", plain) or len(set(plain)) < len(plain):
        return None
    return frozenset(ord(letter) - ord("A") for letter in plain)


def read_truth(text: str) -> int | None:
    """TRUE or FALSE, or None."""
    return _SPOKEN.get(_plain(text))


def _plain(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).strip().upper())
