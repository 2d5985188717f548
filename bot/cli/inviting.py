"""`chenlian invite`: a code for one person, or a page with one for everybody; printed once and never kept."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from bot.chat.words import Words
from bot.cli.calling import bot_name
from bot.cli.speaking import Told
from bot.cli.trying import app_of
from bot.cli.whole import Whole, why_not
from bot.config import Settings
from bot.main import now, process_name
from bot.services import inviting, joining
from bot.store.store import Store
from bot.views import catalogue, invitations
from bot.wecom.client import Keys


def draw() -> str:
    """A new code."""
    return "".join(secrets.choice(joining.LETTERS) for _ in range(joining.LENGTH))


def store_of(settings: Settings) -> Store:
    """The database, opened by whoever enters it."""
    url = settings.database_url.get_secret_value()
    return Store(url, clock=now, wall=now, words=catalogue(), process=process_name())


async def one(settings: Settings, number: str) -> str:
    """The invitation of the person with this staff number: for Telegram a link and a QR code where the bot's name is
    known, for WeCom what to open and the code to send there. Raises Told for a number nobody has."""
    words, code = catalogue()[settings.language], draw()
    async with store_of(settings) as store:
        slip = await store.do(inviting.invite_one, number, code)
    if slip is None:
        raise Told(words("invite.nobody", number=number))
    bot, trouble, app = "", "", await _app_name(settings, words)
    if ways(settings).by_link:
        try:
            bot = await bot_name(settings, words)
        except Told as error:
            trouble = str(error)
    shown = on_terminal(words, slip, ways(settings, bot=bot, app=app))
    return f"{shown}\n{words('invite.no_link', why=trouble)}" if trouble else shown


def on_terminal(words: Words, slip: invitations.Slip, known: invitations.Ways) -> str:
    """An invitation as it is printed; in colours where somebody looks at it."""
    return invitations.on_terminal(words, slip, known, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def ways(settings: Settings, *, bot: str = "", app: str = "") -> invitations.Ways:
    """How people can come in, as the settings say, with the names that are known of the Telegram bot and the app."""
    return invitations.Ways(
        telegram=settings.telegram_token is not None,
        bot=bot,
        wecom=bool(settings.wecom_corp_id),
        app=app,
        robot=bool(settings.wecom_bot_id),
    )


async def _app_name(settings: Settings, words: Words) -> str:
    """What WeCom calls our app; "" where there is none or WeCom does not tell: an invitation does without."""
    secret = settings.wecom_secret
    if settings.wecom_agent_id is None or secret is None:
        return ""
    keys = Keys(settings.wecom_corp_id, settings.wecom_agent_id, secret.get_secret_value())
    with suppress(Told):
        return (await app_of(words, settings.wecom_api_url, keys)).name
    return ""


async def page(settings: Settings, unit: str, out: Path, *, renew: bool) -> str:
    """Write a page with an invitation for everybody on a unit who has not joined, and say what was done. Raises
    Told where there is no such unit, nobody to invite, a Telegram that does not answer or no place for the file; then
    no code was made."""
    words = catalogue()[settings.language]
    bot = await bot_name(settings, words) if ways(settings).by_link else ""
    known = ways(settings, bot=bot, app=await _app_name(settings, words))
    async with store_of(settings) as store:
        found = await store.look(inviting.unit_called, unit)
        if not isinstance(found, int):
            key = "invite.which_unit" if found else "invite.no_unit"
            raise Told(words(key, unit=unit, some=words("list").join(found[:5])))
        try:
            with Whole(out) as whole:  # before any code is made, so that none is lost for want of a place
                made = await store.do(inviting.invite_all, found, draw, again=renew)
                if not made.slips:
                    raise Told(words("invite.all_joined", unit=made.unit, n=made.joined))
                whole.write(invitations.page(catalogue(), words.language, unit=made.unit, slips=made.slips, ways=known))
        except OSError as error:
            raise Told(why_not(words, out, error)) from None
    lines = [
        words("invite.written", n=len(made.slips), file=out),
        *([words("invite.left_out", n=made.joined)] if made.joined else []),
        words("invite.secret"),
    ]
    return "\n".join(lines)
