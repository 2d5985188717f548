"""The part of `chenlian init` that asks how people shall be reached, and sets up each line that is wanted."""

from collections.abc import Callable, Mapping

from bot.cli.app_line import line_to_app
from bot.cli.asking import Given, Questions
from bot.cli.bot_line import line_to_bot
from bot.cli.envfile import EnvFile
from bot.cli.talking import Spoken, line_to_telegram

LINES: Mapping[str, Callable[[Questions, EnvFile, Given, Spoken], None]] = {
    "telegram": line_to_telegram,
    "wecom": line_to_app,
    "wecom-bot": line_to_bot,
}
NONE = "none"


def lines(ask: Questions, file: EnvFile, given: Given) -> Spoken:
    """What was settled with each line that was chosen. A line that was not stays as it is. Raises Told."""
    words, spoken = ask.words, Spoken()
    choices = {
        "telegram": words("init.line_telegram"),
        "wecom": words("init.line_wecom"),
        "wecom-bot": words("init.line_robot"),
        NONE: words("init.line_none"),
    }
    chosen = ask.some(words("init.lines"), choices, given=given.channels, default=_usual(file, given), alone=NONE)
    for name in (name for name in LINES if name in chosen):
        LINES[name](ask, file, given, spoken)
    return spoken


def _usual(file: EnvFile, given: Given) -> list[str]:
    """The lines that something is known of; Telegram where nothing is."""
    known = {
        "telegram": given.token or file.now("telegram_token"),
        "wecom": given.corp_id or file.now("wecom_corp_id"),
        "wecom-bot": given.bot_id or file.now("wecom_bot_id"),
    }
    return [name for name, value in known.items() if value] or ["telegram"]
