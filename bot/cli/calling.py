"""Asking Telegram who our bot is, and saying in a sentence why it does not tell."""

from urllib.parse import urlsplit

from bot.chat.channel import SendError
from bot.chat.words import Words
from bot.cli.speaking import Told
from bot.config import Settings
from bot.main import bot_name as ask
from bot.telegram.trouble import ChannelRefused


async def bot_name(settings: Settings, words: Words) -> str:
    """The bot's name, as in https://t.me/NAME. Raises Told."""
    if settings.telegram_token is None:
        raise Told(words("calling.no_token"))
    host = urlsplit(settings.telegram_api_url).hostname or ""
    try:
        return await ask(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    except ChannelRefused:
        raise Told(words("calling.refused")) from None
    except SendError as error:
        raise Told(unheard(words, host, error.reason, words("init.telegram"))) from None


def unheard(words: Words, host: str, reason: str, who: str) -> str:
    """Why nothing sensible came from a host, by the edge's own word for it; `who` should have answered there."""
    if "an answer that is not" in reason:
        return words("calling.stranger", host=host, who=who)
    if reason.startswith(("TimedOut", "no answer")):
        return words("calling.silent", host=host)
    return words("calling.unreachable", host=host)
