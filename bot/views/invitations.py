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

GROUP = 4
"""Signs of a code between two dashes."""


def link(bot: str, code: str) -> str:
    """What opens the chat with the bot and hands it the code."""
    return f"https://t.me/{bot}?start={code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a person can come in: by Telegram, whose name for our bot is `bot` ("" where it is not known); by an app of
    WeCom's, which is called `app` there; by a smart bot of WeCom's. Without any, what Telegram would need is told."""

    telegram: bool = False
    bot: str = ""
    wecom: bool = False
    app: str = ""
    robot: bool = False

    @property
    def by_code(self) -> bool:
        """Whether the code is typed somewhere: WeCom has no link that brings it."""
        return self.wecom or self.robot

    @property
    def by_link(self) -> bool:
        return self.telegram or not self.by_code

    def door(self, words: Words) -> str:
        """What a person opens on WeCom."""
        app = words("way.app_called", app=self.app) if self.app else words("way.some_app")
        if self.wecom and self.robot:
            return words("way.either", app=app)
        return words("way.app", app=app) if self.wecom else words("way.robot")


def in_groups(code: str) -> str:
    """A code as it is read and typed most easily."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


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


def _shown(words: Words, slip: Slip, ways: Ways) -> dict[str, object]:
    """What stands on one person's slip, in the person's language."""
    door = ways.door(words) if ways.by_code else ""
    shown: dict[str, object] = {
        "language": words.language,
        "name": slip.name,
        "number": words("slip.number", number=slip.number),
        "heading": words("slip.heading", unit=slip.unit),
        "steps": [words("slip.open", door=door), words("slip.send"), words("slip.done", name=slip.name)],
        "until": words("slip.until", until=until(words, slip.until)),
        "code": in_groups(slip.code) if ways.by_code else "",
        "link": "",
        "also": "",
    }
    if not ways.by_link:
        return shown
    address = link(ways.bot, slip.code)
    return shown | {
        "steps": [words("slip.scan"), words("slip.start"), words("slip.done", name=slip.name)],
        "link": address,
        "qr": Markup(qr.on_page(address)),  # noqa: S704 -- drawn here, from our own link
        "otherwise": words("slip.otherwise_same" if door else "slip.otherwise", bot=ways.bot),
        "typed": "" if door else f"/start {in_groups(slip.code)}",
        "also": words("slip.also", door=door) if door else "",
    }


def page(words: Mapping[str, Words], language: str, *, unit: str, slips: Sequence[Slip], ways: Ways) -> str:
    """The whole page, each slip in its person's language: nothing in it is fetched from anywhere."""
    own = words[language]
    return _template().render(
        language=language,
        title=own("slip.title", unit=unit),
        lead=own("slip.lead", n=len(slips)),
        slips=[_shown(words[slip.language], slip, ways) for slip in slips],
    )


def on_terminal(words: Words, slip: Slip, ways: Ways, *, colour: bool) -> str:
    """One person's invitation for a terminal. Without the Telegram bot's name there is no link, only what to type."""
    lines = [words("invite.who", name=slip.name, number=slip.number)]
    code, ends = in_groups(slip.code), until(words, slip.until)
    if ways.by_link and ways.bot:
        address = link(ways.bot, slip.code)
        lines += [address, qr.on_terminal(address, colour=colour)]
    if ways.by_link:
        lines.append(words("invite.typed", code=code, until=ends))
    if ways.by_code:
        lines += [words("invite.wecom", door=ways.door(words), until=ends), f"    {code}"]
    return "\n".join(lines)


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "pages"
    pages = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return pages.get_template("invitations.html")
