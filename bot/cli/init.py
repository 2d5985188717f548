"""`chenlian init`: from an empty folder to a program that can be started and a first admin who can come in."""

import asyncio
import os
import secrets
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.chat.words import Words
from bot.cli.asking import Given, Questions
from bot.cli.envfile import EnvFile
from bot.cli.envfile import read as read_env
from bot.cli.inviting import draw, on_terminal, store_of, ways
from bot.cli.lines import lines
from bot.cli.speaking import Told
from bot.cli.talking import Spoken
from bot.config import Settings, key_of
from bot.lines import WECOM_PATH
from bot.main import prepare
from bot.services.founding import Founded, Founding, found, founded
from bot.store.migrate import version
from bot.views import catalogue
from bot.views.invitations import Slip
from drills.people import Role
from drills.places import LEVELS, Chain

LEADS: Mapping[str, frozenset[Role]] = {
    "head": frozenset({Role.MANAGER}),
    "trainer": frozenset({Role.TRAINER}),
    "both": frozenset({Role.MANAGER, Role.TRAINER}),
    "none": frozenset(),
}
NUMBER = "admin"
"""A staff number for an admin who has none; no bank numbers its people so."""
LONGEST = {"name": 60, "number": 40}
KEY_BYTES = 36


def run(given: Given) -> None:
    """Ask, check, then write the settings, the database and the first admin, and print the invitation. Raises Told;
    leaving with Ctrl-C is told too, and is no longer possible once writing has begun."""
    language = _language(given)
    ask = Questions(catalogue()[language], given.silent)
    try:
        _set_up(ask, given, language)
    except (KeyboardInterrupt, typer.Abort):
        raise Told("\n" + ask.words("init.stopped")) from None


def _set_up(ask: Questions, given: Given, language: str) -> None:
    file = read_env(Path(".env"), ask.words)
    ask.say(ask.words("init.again" if file.text else "init.hello"))
    spoken = lines(ask, file, given)
    new = {key_of("language"): language, **spoken.values}
    there = _there(_settings(file, new))
    new[key_of("timezone")] = _timezone(ask, file, given, there)
    if not file.now("secret_key"):
        new[key_of("secret_key")] = secrets.token_urlsafe(KEY_BYTES)
    wanted = _bank(ask, given, there, zone=new[key_of("timezone")])
    settings = _settings(file, new)
    with _to_the_end():
        file.save(new, ask.words)
        slip = asyncio.run(_found(settings, wanted))
    ask.say("\n" + ask.words("init.saved", file=file.path))
    _tell(ask, settings, slip, spoken, branch=wanted.chain[-1])


def _tell(ask: Questions, settings: Settings, slip: Slip, spoken: Spoken, *, branch: str) -> None:
    words, known = ask.words, ways(settings, bot=spoken.bot, app=spoken.app)
    ask.say(words("init.invitation") + "\n")
    ask.say(on_terminal(catalogue()[settings.language], slip, known))
    if known.by_link and not spoken.bot:
        ask.say(words("init.no_link"))
    steps = [words("init.next_serve")]
    if spoken.app or spoken.paste or spoken.barred:
        steps += _in_the_console(words, settings, spoken)
    steps += [words("init.next_scan")] if known.by_link else []
    steps += [words("init.next_code", door=known.door(words))] if known.by_code else []
    steps.append(words("init.next_list", branch=branch))
    ask.say("\n" + words("init.next"))
    for number, step in enumerate(steps, 1):
        ask.say(f"{number}  {step}")


def _in_the_console(words: Words, settings: Settings, spoken: Spoken) -> list[str]:
    """What is still to be done there, in the order in which it can be done."""
    paste = [words("init.paste", field=field, value=value) for field, value in spoken.paste.items()]
    as_before = [] if paste else [words("init.paste_kept")]
    url = words("init.paste", field="URL", value=settings.public_url + WECOM_PATH)
    steps = ["\n".join([words("init.next_console"), url, *paste, *as_before])]
    if spoken.barred:
        steps.append(words("init.next_ip", ip=spoken.barred))
    return [*steps, words("init.next_check")]


def _language(given: Given) -> str:
    """Asked before anything else, in both languages at once."""
    written = Settings.model_fields["language"].default
    if Path(".env").is_file():
        from dotenv import dotenv_values

        written = dotenv_values(".env", interpolate=False).get(key_of("language")) or written
    elif not given.silent and os.environ.get("LANG", "").startswith("en"):
        written = "en"
    if given.language or given.silent or Path(".env").is_file():
        return given.language or (written if written in catalogue() else "zh-CN")
    both = {language: words("language.own_name") for language, words in catalogue().items()}
    question = " / ".join(words("init.language") for words in catalogue().values())
    return Questions(catalogue()[written]).choose(question, both, default=written)


def _settings(file: EnvFile, new: Mapping[str, str]) -> Settings:
    """The settings as they will be, so that nothing is written that the program would refuse. Raises Misconfigured."""
    return Settings.load({**file.values, **new, **{k: v for k, v in os.environ.items() if v}}, env_file=None)


def _there(settings: Settings) -> Founded | None:
    """The bank that is in the database already. An older database is brought up to date first."""

    async def look() -> Founded | None:
        await prepare(settings)
        async with store_of(settings) as store:
            return await store.look(founded)

    return asyncio.run(look()) if version(settings.database_url.get_secret_value()) else None


def _timezone(ask: Questions, file: EnvFile, given: Given, there: Founded | None) -> str:
    def fault(answer: str) -> str:
        try:
            ZoneInfo(answer)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ask.words("init.bad_zone", zone=answer)
        return ""

    default = there.timezone if there else file.now("timezone") or str(Settings.model_fields["timezone"].default)
    return ask.ask(ask.words("init.zone"), option="--timezone", given=given.timezone, default=default, fault=fault)


def _bank(ask: Questions, given: Given, there: Founded | None, *, zone: str) -> Founding:
    words = ask.words

    def short(field: str) -> str:
        return words("init.long", n=LONGEST[field])

    def name_fault(answer: str) -> str:
        return short("name") if any(len(part.strip()) > LONGEST["name"] for part in answer.split("/")) else ""

    def number_fault(answer: str) -> str:
        return short("number") if len(answer) > LONGEST["number"] else ""

    old = there.chain if there else ()
    top = ask.ask(words("init.bank"), option="--bank", given=given.bank, default=(old or ("",))[0], fault=name_fault)
    chain, lead = _above(_usual(ask), top, old), "none"
    if there is None or there.branches <= 1:
        default = old[-1] if len(old) == LEVELS else ""
        branch = ask.ask(words("init.branch"), option="--branch", given=given.branch, default=default, fault=name_fault)
        chain = (*chain, branch)
        lead = _lead_of(there)
    name = ask.ask(
        words("init.admin"),
        option="--name",
        given=given.name,
        default=there.name if there else "",
        fault=name_fault,
    )
    number = ask.ask(
        words("init.staff_number"),
        option="--number",
        given=given.number,
        default=(there.number if there else "") or NUMBER,
        fault=number_fault,
    )
    if len(chain) == LEVELS:
        choices = {lead: words(f"init.lead_{lead}") for lead in LEADS}
        lead = ask.choose(words("init.lead", branch=chain[-1]), choices, given=given.lead, default=lead)
    return Founding(chain=chain, name=name, number=number, leads=LEADS[lead], timezone=zone, language=words.language)


def _lead_of(there: Founded | None) -> str:
    if there is None or not there.name:
        return "head"
    return next(lead for lead, roles in LEADS.items() if roles == there.leads)


def _usual(ask: Questions) -> tuple[str, ...]:
    """What the levels between the head office and a branch are called where nobody says."""
    return tuple(ask.words(f"init.level_{level}") for level in ("province", "city", "county"))


def _above(usual: tuple[str, ...], said: str, old: Chain) -> Chain:
    """The four units above a branch: as they are, or as they were written, from the head office down, the rest by
    their usual names."""
    parts = tuple(part.strip() for part in said.split("/") if part.strip())[: LEVELS - 1]
    if len(old) == LEVELS:
        return (parts[0], *old[1:-1])
    return (*parts, *usual[len(parts) - 1 :])


async def _found(settings: Settings, wanted: Founding) -> Slip:
    await prepare(settings)
    async with store_of(settings) as store:
        return await store.do(found, wanted, draw())


@contextmanager
def _to_the_end() -> Iterator[None]:
    """A second or two in which Ctrl-C waits: what is begun here is finished."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
