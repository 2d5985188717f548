"""`chenlian stats`: the post office in figures, to a person and to a program."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.words import Words
from bot.cli.branching import Outcome, look
from bot.config import Settings
from bot.store import tally
from bot.store.tally import Post
from bot.store.turn import Look
from bot.views import catalogue
from bot.views.text import clock

ENDED = ("sent", "failed", "dropped")


async def stats(settings: Settings) -> Outcome:
    """Today's letters by channel, and all that wait."""
    words, zone = catalogue()[settings.language], ZoneInfo(settings.timezone)

    def counted(turn: Look) -> dict[str, Post]:
        midnight = turn.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return tally.post(turn, midnight)

    found = await look(settings, counted)
    lines = [line for channel, post in found.items() for line in _lines(words, channel, post, zone)]
    return Outcome("\n".join(lines) or words("stats.nothing"), {name: _json(post) for name, post in found.items()})


def _lines(words: Words, channel: str, post: Post, zone: ZoneInfo) -> Iterator[str]:
    ended = {state: post.ended.get(state, 0) for state in ENDED}
    yield words("stats.channel", channel=channel, waiting=sum(each.letters for each in post.waiting), **ended)
    for each in post.waiting:
        times = {"oldest": _at(each.oldest, zone), "due": _at(each.due, zone)}
        if each.reason:
            yield words("stats.held", letters=each.letters, reason=each.reason, **times)
        else:
            yield words("stats.waiting", letters=each.letters, **times)


def _at(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%m-%d} {clock(local.time())}"


def _json(post: Post) -> dict[str, object]:
    waiting = [
        {
            "letters": each.letters,
            "reason": each.reason,
            "oldest": each.oldest.isoformat(),
            "due": each.due.isoformat(),
        }
        for each in post.waiting
    ]
    return {state: post.ended.get(state, 0) for state in ENDED} | {"waiting": waiting}
