"""The part of `chenlian init` that sets up a smart bot of WeCom's: two values from its page, tried once."""

import asyncio
from dataclasses import replace

from bot.cli.asking import Given, Questions
from bot.cli.envfile import EnvFile
from bot.cli.inviting import store_of
from bot.cli.speaking import Told
from bot.cli.talking import Spoken, again
from bot.cli.trying import have_bot
from bot.config import Settings, key_of
from bot.store.migrate import newest, version
from bot.store.presence import living
from bot.wecom.socket import Bot


def line_to_bot(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """Bot ID and Secret, until WeCom takes them or whoever is asked goes on without. Raises Told."""
    words = ask.words
    ask.explain(words("init.bot_hello"))
    bot_id, secret = given.bot_id or file.now("wecom_bot_id"), given.bot_secret or file.secret("wecom_bot_secret")
    while True:
        bot_id = ask.ask(words("init.bot_id"), option="--bot-id", given=given.bot_id, default=bot_id)
        question = words("init.bot_secret_kept" if secret else "init.bot_secret")
        secret = ask.hidden(question, option="--bot-secret-file", given=given.bot_secret, kept=secret)
        try:
            if given.check:
                _tried(ask, file, Bot(bot_id, secret))
        except Told as error:
            if ask.silent:
                raise
            ask.say(str(error))
            given = replace(given, bot_id="", bot_secret="")
            if again(ask):
                continue
        for field, value in {"wecom_bot_id": bot_id, "wecom_bot_secret": secret}.items():
            if file.secret(field) != value:
                spoken.values[key_of(field)] = value
        return


def _tried(ask: Questions, file: EnvFile, bot: Bot) -> None:
    """Have the bot for a moment, unless a `serve` of ours may be holding it. Raises Told."""
    url = file.secret("database_url")
    settings = Settings.load({key_of("database_url"): url} if url else {}, env_file=None)
    if asyncio.run(is_served(settings)):
        ask.say(ask.words("init.bot_busy"))
        return
    ask.say(ask.words("init.bot_trying"))
    asyncio.run(have_bot(ask.words, file.now("wecom_bot_url"), bot))
    ask.say(ask.words("trying.bot"))


async def is_served(settings: Settings) -> bool:
    """Whether a `chenlian serve` on this database is alive."""
    if version(settings.database_url.get_secret_value()) != newest():
        return False
    async with store_of(settings) as store:
        return len(await store.look(living)) > 1
