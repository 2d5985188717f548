"""`chenlian check --live`: every line that is set up, tried once."""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass

from bot.chat.words import Words
from bot.cli.bot_line import is_served
from bot.cli.calling import bot_name
from bot.cli.speaking import Told
from bot.cli.trying import app_of, described, have_bot, knock
from bot.config import Settings, key_of
from bot.lines import WECOM_PATH
from bot.main import now
from bot.views import catalogue
from bot.wecom.client import Keys
from bot.wecom.socket import Bot
from bot.wecom.start import Door


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying one line; `key` is the setting to look at first."""

    key: str
    said: str
    good: bool


async def try_lines(settings: Settings) -> list[Tried]:
    """Telegram's token, WeCom's app and its callback, the smart bot: as far as each is set up."""
    words = catalogue()[settings.language]
    tried = [each async for each in _each(settings, words)]
    return tried or [Tried(key_of("telegram_token"), words("init.first"), good=False)]


async def _each(settings: Settings, words: Words) -> AsyncIterator[Tried]:
    if settings.telegram_token is not None:
        yield await _tried("telegram_token", _telegram(settings, words))
    if settings.wecom_secret is not None:
        yield await _tried("wecom_secret", _app(settings, words))
        yield await _tried("public_url", _callback(settings, words))
    if settings.wecom_bot_secret is not None:
        yield await _tried("wecom_bot_secret", _robot(settings, words))


async def _tried(field: str, work: Awaitable[str]) -> Tried:
    try:
        return Tried(key_of(field), await work, good=True)
    except Told as error:
        return Tried(key_of(field), str(error), good=False)


async def _telegram(settings: Settings, words: Words) -> str:
    return words("init.bot", bot=await bot_name(settings, words))


async def _app(settings: Settings, words: Words) -> str:
    secret = settings.wecom_secret
    keys = Keys(settings.wecom_corp_id, settings.wecom_agent_id or 0, secret.get_secret_value() if secret else "")
    return described(words, await app_of(words, settings.wecom_api_url, keys))


async def _callback(settings: Settings, words: Words) -> str:
    token, key = settings.wecom_callback_token, settings.wecom_callback_aes_key
    if not settings.public_url or token is None or key is None:
        raise Told(words("trying.callback_nowhere"))
    door, at = Door(token.get_secret_value(), key.get_secret_value()), int(now().timestamp())
    return await knock(words, settings.public_url + WECOM_PATH, door, settings.wecom_corp_id, at)


async def _robot(settings: Settings, words: Words) -> str:
    if await is_served(settings):
        return words("init.bot_busy")
    secret = settings.wecom_bot_secret
    bot = Bot(settings.wecom_bot_id, secret.get_secret_value() if secret else "")
    await have_bot(words, settings.wecom_bot_url, bot)
    return words("trying.bot")
