"""The public address, asked for and tried, for whichever platform calls us there."""

import asyncio
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from bot.cli.asking import Given, Questions
from bot.cli.envfile import EnvFile
from bot.cli.speaking import Told
from bot.config import Settings
from bot.web.public import Unfit, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls us: its name, the ports it calls (any where there are none), and what one may do without an address."""

    name: str
    ports: Collection[int] = ()
    instead: str = ""


def address(ask: Questions, file: EnvFile, given: Given, who: Caller) -> str:
    """The public address, tried; "" to do instead what can be done without."""
    words, said = ask.words, given.public_url
    while True:
        found = ask.ask(
            words("init.address"), option="--public-url", given=said, default=file.now("public_url")
        ).rstrip("/")
        trouble = _trouble(ask, file, found, who) if given.check else ""
        if not trouble:
            if given.check:
                ask.say(words("init.address_good", address=found))
            return found
        if ask.silent:
            raise Told(trouble)
        ask.say(trouble)
        choices = {"again": words("init.try_again"), "instead": who.instead, "on": words("init.go_on")}
        shown = {choice: sentence for choice, sentence in choices.items() if sentence}
        wanted = ask.choose(words("init.what_now"), shown, default="again")
        if wanted != "again":
            return found if wanted == "on" else ""
        said = ""


def _trouble(ask: Questions, file: EnvFile, address: str, who: Caller) -> str:
    words = ask.words
    host = file.now("host") or str(Settings.model_fields["host"].default)
    port = file.now("port") or os.environ.get("PORT") or str(Settings.model_fields["port"].default)
    try:
        asyncio.run(look(address, host=host, port=int(port), nonce=secrets.token_urlsafe(9), ports=who.ports))
    except Unfit as unfit:
        ports, ours = words("list").join(map(str, who.ports)), f"http://{host}:{port}"
        return words(f"init.address_{unfit.why}", address=address, ports=ports, ours=ours, who=who.name)
    return ""
