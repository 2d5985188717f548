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
from bot.cli.speaking import Told
from bot.config import Settings, key_of
from bot.web.public import Unfit, look

TOKEN = re.compile(r"\d{5,}:[\w-]{20,}", re.ASCII)
"""A token, also in the middle of what @BotFather wrote around it."""
SECRET_BYTES = 32


@dataclass(slots=True)
class Spoken:
    """What was settled: the bot's name, where Telegram told it, and the settings to write."""

    bot: str = ""
    values: dict[str, str] = field(default_factory=dict)


def line_to_telegram(ask: Questions, file: EnvFile, given: Given) -> Spoken:
    """The token, and how messages come in. Raises Told."""
    spoken = _token(ask, file, given)
    words = ask.words
    mode_now = file.now("telegram_mode") or "polling"
    choices = {"polling": words("init.polling"), "webhook": words("init.webhook")}
    mode = ask.choose(words("init.mode"), choices, given=given.mode, default=mode_now)
    if mode == "webhook":
        address = _address(ask, file, given)
        mode = "webhook" if address else "polling"
        if address:
            spoken.values[key_of("public_url")] = address
            if not file.now("telegram_webhook_secret"):
                spoken.values[key_of("telegram_webhook_secret")] = secrets.token_urlsafe(SECRET_BYTES)
    spoken.values[key_of("telegram_mode")] = mode
    return spoken


def _token(ask: Questions, file: EnvFile, given: Given) -> Spoken:
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
        spoken = Spoken(values={key_of("telegram_token"): found[0]} if found else {})
        try:
            spoken.bot = _bot(ask, file, new, spoken.values) if given.check else ""
            return spoken
        except Told as error:
            if ask.silent:
                raise
            ask.say(str(error))
            if (found or not new) and not _again(ask):
                return spoken
            new = ""


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


def _again(ask: Questions) -> bool:
    words = ask.words
    choices = {"again": words("init.try_again"), "on": words("init.go_on")}
    return ask.choose(words("init.what_now"), choices, default="again") == "again"


def _address(ask: Questions, file: EnvFile, given: Given) -> str:
    """The public address, tried; empty to poll instead."""
    words, said = ask.words, given.public_url
    while True:
        address = ask.ask(
            words("init.address"), option="--public-url", given=said, default=file.now("public_url")
        ).rstrip("/")
        if not given.check:
            return address
        trouble = _trouble(ask, file, address)
        if not trouble:
            ask.say(words("init.address_good", address=address))
            return address
        if ask.silent:
            raise Told(trouble)
        ask.say(trouble)
        choices = {
            "again": words("init.try_again"),
            "polling": words("init.poll_instead"),
            "on": words("init.go_on"),
        }
        wanted = ask.choose(words("init.what_now"), choices, default="again")
        if wanted != "again":
            return address if wanted == "on" else ""
        said = ""


def _trouble(ask: Questions, file: EnvFile, address: str) -> str:
    words = ask.words
    host = file.now("host") or str(Settings.model_fields["host"].default)
    port = file.now("port") or os.environ.get("PORT") or str(Settings.model_fields["port"].default)
    try:
        asyncio.run(look(address, host=host, port=int(port), nonce=secrets.token_urlsafe(9)))
    except Unfit as unfit:
        ports = words("list").join(map(str, WEBHOOK_PORTS))
        return words(f"init.address_{unfit.why}", address=address, ports=ports, ours=f"http://{host}:{port}")
    return ""
