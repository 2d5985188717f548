"""Values and Words become messages. Pure: no table, no clock, no platform."""

from functools import cache
from pathlib import Path

from bot.chat.words import Words, load_words


@cache
def catalogue() -> dict[str, Words]:
    """Every language's Words, read once from `locale/`."""
    return load_words(Path(__file__).parent / "locale")
