"""`chenlian answers export` and `chenlian month`: files by the same services as in the chat."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.cli.branching import look
from bot.cli.speaking import Bar, Told
from bot.config import Settings
from bot.services import branches, exporting
from bot.services import month as months
from bot.services.caller import known
from bot.sheets.problems import Unreadable
from bot.store.export import Wanted
from bot.store.turn import Look
from bot.views import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for; nothing named means all."""

    unit: str
    person: str
    question: str
    first: date
    last: date


async def give(settings: Settings, out: Path, choice: Choice, bar: Bar) -> str:
    """Write the answers; what to say. Raises Told for a unit or person nobody knows, or a file that cannot be."""
    words = catalogue()[settings.language]

    def write(turn: Look) -> int:
        wanted = Wanted(
            path=branches.find(turn, choice.unit).path if choice.unit else "/",
            first=choice.first,
            last=choice.last,
            person=known(branches.person(turn, choice.person).id) if choice.person else None,
            question=choice.question,
        )
        return exporting.write_answers(turn, out, wanted, words, bar)

    try:
        n = await look(settings, write)
    except Unreadable as error:
        raise _told(error, settings) from error
    return words("export.written", n=n, file=out)


async def give_month(settings: Settings, out: Path, unit: str, first: date) -> str:
    """Write the month-end sheet; what to say. Raises Told likewise."""
    words = catalogue()[settings.language]

    def write(turn: Look) -> None:
        months.write(turn, out, branches.find(turn, unit), first, words)

    try:
        await look(settings, write)
    except Unreadable as error:
        raise _told(error, settings) from error
    return words("export.month_written", file=out)


def _told(error: Unreadable, settings: Settings) -> Told:
    return Told("".join(error.problem.tell("en" if settings.language == "en" else "zh")))
