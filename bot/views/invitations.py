"""Invitations on paper: a page to print and cut, a slip for each person; and one on a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.chat.words import Words
from bot.views import qr
from bot.views.text import clock, day_name


def link(bot: str, code: str) -> str:
    """What opens the chat with the bot and hands it the code."""
    return f"https://t.me/{bot}?start={code}"


def until(words: Words, at: datetime) -> str:
    """Until when an invitation holds: 11月27日 12:03."""
    return f"{day_name(words, at.date())} {clock(at.time())}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One person's invitation. The code is a secret that is kept nowhere else."""

    name: str
    number: str
    unit: str
    language: str
    code: str
    until: datetime
    """In the unit's own time zone."""


def _shown(words: Words, slip: Slip, bot: str) -> dict[str, object]:
    """What stands on one person's slip, in the person's language."""
    address = link(bot, slip.code)
    return {
        "language": words.language,
        "name": slip.name,
        "number": words("slip.number", number=slip.number),
        "link": address,
        "qr": Markup(qr.on_page(address)),  # noqa: S704 -- drawn here, from our own link
        "heading": words("slip.heading", unit=slip.unit),
        "steps": [words("slip.scan"), words("slip.start"), words("slip.done", name=slip.name)],
        "otherwise": words("slip.otherwise", bot=bot),
        "typed": f"/start {slip.code}",
        "until": words("slip.until", until=until(words, slip.until)),
    }


def page(words: Mapping[str, Words], language: str, *, unit: str, slips: Sequence[Slip], bot: str) -> str:
    """The whole page, each slip in its person's language: nothing in it is fetched from anywhere."""
    own = words[language]
    return _template().render(
        language=language,
        title=own("slip.title", unit=unit),
        lead=own("slip.lead", n=len(slips)),
        slips=[_shown(words[slip.language], slip, bot) for slip in slips],
    )


def on_terminal(words: Words, slip: Slip, bot: str, *, colour: bool) -> str:
    """One person's invitation for a terminal. Without the bot's name there is no link, only what to type."""
    said = words("invite.who", name=slip.name, number=slip.number)
    typed = words("invite.typed", code=slip.code, until=until(words, slip.until))
    if not bot:
        return f"{said}\n{typed}"
    address = link(bot, slip.code)
    return f"{said}\n{address}\n{qr.on_terminal(address, colour=colour)}\n{typed}"


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "pages"
    pages = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return pages.get_template("invitations.html")
