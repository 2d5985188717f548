"""The part of `chenlian init` that sets up a self-built app of WeCom's, field by field as its console has them."""

import asyncio
import secrets
import string
from dataclasses import replace

from bot.cli.asking import Fault, Given, Questions
from bot.cli.envfile import EnvFile
from bot.cli.public import Caller, address
from bot.cli.speaking import Told
from bot.cli.talking import Spoken, again
from bot.cli.trying import STRANGER, No, app_of, described
from bot.config import key_of
from bot.shapes import fits
from bot.wecom.client import Keys

MOST = 3
"""Wrong secrets that are shown to WeCom in one sitting: some more, and it shuts us out for an hour."""
TOKEN_LENGTH, KEY_LENGTH = 32, 43
_SIGNS = string.ascii_letters + string.digits
_LAST = "AEIMQUYcgkosw048"
"""What the 43rd sign of 32 bytes in base64 can be."""


def line_to_app(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """Corp, app and secret, tried; the public address, tried; Token and EncodingAESKey, made where there are none.
    Raises Told."""
    ask.explain(ask.words("init.app_hello"))
    _keys(ask, file, given, spoken)
    if not spoken.values.get(key_of("public_url")):
        who = Caller(name=ask.words("init.wecom"))
        if found := address(ask, file, given, who):
            spoken.values[key_of("public_url")] = found
    _door(ask, file, given, spoken)


def _keys(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """企业ID, AgentId and Secret, until WeCom takes them or whoever is asked goes on without."""
    keys, refused, seen = _written(file, given), 0, set[tuple[str, str]]()
    while True:
        keys = _asked(ask, given, keys)
        pair = (keys.corp_id, keys.secret)
        if pair in seen:  # it would only count against us
            ask.say(ask.words("trying.same"))
            continue
        try:
            spoken.app = _tried(ask, file, keys, spoken) if given.check else ""
        except Told as error:
            if ask.silent:
                raise
            if isinstance(error, No) and error.counts:
                refused, seen = refused + 1, seen | {pair}
            if refused == MOST:
                raise Told(f"{error}\n{ask.words('trying.enough', n=MOST)}") from None
            ask.say(str(error))
            given = replace(given, corp_id="", agent_id="", secret="")
            if again(ask):
                continue
        _keep(file, spoken, "wecom_corp_id", keys.corp_id)
        _keep(file, spoken, "wecom_agent_id", str(keys.agent_id))
        _keep(file, spoken, "wecom_secret", keys.secret)
        return


def _written(file: EnvFile, given: Given) -> Keys:
    """What is there before anybody is asked."""
    agent = given.agent_id or file.now("wecom_agent_id")
    return Keys(
        given.corp_id or file.now("wecom_corp_id"),
        int(agent) if agent.isdecimal() else 0,
        given.secret.strip() or file.secret("wecom_secret"),
    )


def _asked(ask: Questions, given: Given, before: Keys) -> Keys:
    """The three, asked for; those of before are kept by Enter."""
    words = ask.words
    corp_id = ask.ask(words("init.corp_id"), option="--corp-id", given=given.corp_id, default=before.corp_id)
    agent_id = ask.ask(
        words("init.agent_id"),
        option="--agent-id",
        given=given.agent_id,
        default=str(before.agent_id or ""),
        fault=lambda answer: "" if answer.isascii() and answer.isdecimal() and int(answer) else words("init.not_agent"),
    )
    question = words("init.app_secret_kept" if before.secret else "init.app_secret")
    secret = ask.hidden(question, option="--secret-file", given=given.secret, kept=before.secret)
    return Keys(corp_id, int(agent_id), secret)


def _tried(ask: Questions, file: EnvFile, keys: Keys, spoken: Spoken) -> str:
    """The app's name. Our address not being let in yet is no fault: it can be entered only when the callback stands.
    Raises Told."""
    words = ask.words
    try:
        app = asyncio.run(app_of(words, file.now("wecom_api_url"), keys))
    except No as no:
        if no.errcode != STRANGER:
            raise
        spoken.barred = no.address or words("trying.some_ip")
        ask.say(words("init.barred", ip=spoken.barred))
        return ""
    ask.say(described(words, app))
    return app.name


def _door(ask: Questions, file: EnvFile, given: Given, spoken: Spoken) -> None:
    """Token and EncodingAESKey: kept, as given, or made here and to be pasted into the console."""
    ask.explain(ask.words("init.door_hello"))
    fields = (
        ("wecom_callback_token", "Token", "--callback-token-file", given.callback_token, _token()),
        ("wecom_callback_aes_key", "EncodingAESKey", "--callback-aes-key-file", given.callback_aes_key, _aes_key()),
    )
    for field, name, option, said, drawn in fields:
        kept = file.secret(field)
        question = ask.words("init.door_kept" if kept else "init.door", field=name)
        value = ask.hidden(question, option=option, given=said, kept=kept or drawn, fault=_shape(ask, field))
        _keep(file, spoken, field, value)
        if value == drawn:
            spoken.paste[name] = value


def _token() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(TOKEN_LENGTH))


def _aes_key() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(KEY_LENGTH - 1)) + secrets.choice(_LAST)


def _shape(ask: Questions, field: str) -> Fault:
    def fault(answer: str) -> str:
        return "" if fits(field, answer) else ask.words(f"init.not_{field}")

    return fault


def _keep(file: EnvFile, spoken: Spoken, field: str, value: str) -> None:
    """Write what is new; what stands in the environment, in a file of secrets or in .env already stays where it is."""
    if file.secret(field) != value:
        spoken.values[key_of(field)] = value
