"""The part of `chenlian init` that sets up the line to Telegram, and tries it at once."""

import asyncio
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.addresses import WEBHOOK_PORTS
from bot.cli.asking import Given, Questions
from bot.cli.calling import bot_name
from bot.cli.envfile import EnvFile
from bot.cli.public import Caller, address
from bot.cli.speaking import Told
from bot.config import Settings, key_of

TOKEN = re.compile(r"\d{5,}:[\w-]{20,}", re.ASCII)
"""A token, also in the middle of what @BotFather wrote around it."""
SECRET_BYTES = 32


@dataclass(slots=True)
class Spoken:
    """What was settled: how Telegram calls our bot and WeCom our app, where they told it; the settings to write; what
    has to be pasted into WeCom's console, by the names it has there; and the address WeCom does not let in yet."""

    bot: str = ""
    app: str = ""
    values: dict[str, str] = field(default_factory=dict)
    paste: dict[str, str] = field(default_factory=dict)
    barred: str = ""


def line_to_telegram(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """The token, and how messages come in. Raises Told."""
    _token(ask, file, given, spoken)
    words = ask.words
    mode_now = file.now("telegram_mode") or "polling"
    choices = {"polling": words("init.polling"), "webhook": words("init.webhook")}
    mode = ask.choose(words("init.mode"), choices, given=given.mode, default=mode_now)
    if mode == "webhook":
        who = Caller(name=words("init.telegram"), ports=WEBHOOK_PORTS, instead=words("init.poll_instead"))
        found = address(ask, file, given, who)
        mode = "webhook" if found else "polling"
        if found:
            spoken.values[key_of("public_url")] = found
            if not file.now("telegram_webhook_secret"):
                spoken.values[key_of("telegram_webhook_secret")] = secrets.token_urlsafe(SECRET_BYTES)
    spoken.values[key_of("telegram_mode")] = mode


def _token(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """The token that is there, or a new one, tried until Telegram takes it or whoever is asked goes on without."""
    words, kept, new = ask.words, bool(file.now("telegram_token")), given.token
    if not kept and not new:
        if ask.silent:
            raise Told(words("init.lacking", option="--token-file"))
        ask.say(words("init.botfather"))
    while True:
        if not new and not ask.silent:
            new = ask.secret(words("init.keep_token" if kept else "init.token"), kept=kept)
        found = TOKEN.search(new)
        values = {key_of("telegram_token"): found[0]} if found else {}
        try:
            spoken.bot = _bot(ask, file, new, values) if given.check else ""
        except Told as error:
            if ask.silent:
                raise
            ask.say(str(error))
            if not (found or not new) or again(ask):
                new = ""
                continue
        spoken.values |= values
        return


def _bot(ask: Questions, file: EnvFile, pasted: str, values: Mapping[str, str]) -> str:
    """The bot's name, asked for with what was pasted, or with what is there. Raises Told."""
    if pasted and not values:
        raise Told(ask.words("init.not_token"))
    bot = asyncio.run(bot_name(_trial(file, values), ask.words))
    ask.say(ask.words("init.bot", bot=bot))
    return bot


def _trial(file: EnvFile, values: Mapping[str, str]) -> Settings:
    """Settings with which Telegram can be asked: the line's own, and no others that may be wrong."""
    key, api = key_of("telegram_token"), key_of("telegram_api_url")
    there = {k: v for k, v in {**file.values, **os.environ}.items() if v and k in {key, f"{key}_FILE", api}}
    if values:
        there = {k: v for k, v in there.items() if k == api} | dict(values)
    return Settings.load(there, env_file=None)


def again(ask: Questions) -> bool:
    """Whether to try once more, or to go on as it is."""
    words = ask.words
    choices = {"again": words("init.try_again"), "on": words("init.go_on")}
    return ask.choose(words("init.what_now"), choices, default="again") == "again"
