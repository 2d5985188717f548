"""How an error is told in the log, and the one that ends the program."""

import traceback


class KeysRefused(Exception):
    """A platform does not take our token or secret: nothing helps but another one. The words say what to check."""


def place(error: BaseException) -> str:
    """An error's kind and where it happened, without its words: they may hold a name or an answer."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
