"""Asking WeCom whether it takes what we have, and saying in a sentence why it does not and how to mend it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.chat.words import Words
from bot.cli.calling import unheard
from bot.cli.speaking import Told
from bot.wecom.client import Keys
from bot.wecom.socket import NOT_ENABLED, WRONG_SECRET, Bot
from bot.wecom.start import Door
from bot.wecom.trial import App, Barred, Shut, try_app, try_bot, try_callback
from bot.wecom.trouble import RATE, WRONG_KEYS, Refused, Unreachable

STRANGER = 60020
"""We call from an address that is not among the app's 企业可信IP."""
WHY: Mapping[int, str] = {
    **dict.fromkeys(WRONG_KEYS, "secret"),
    **dict.fromkeys(RATE, "often"),
    40013: "corp_id",
    40056: "agent",
    301002: "agent",
    50003: "off",
    STRANGER: "ip",
    WRONG_SECRET: "pair",
    NOT_ENABLED: "mode",
}
"""What each of WeCom's codes means for whoever sets us up ([path/90313])."""


class No(Told):
    """WeCom said no. `errcode` is WeCom's; `address` is where we call from, told with 60020."""

    def __init__(self, sentence: str, errcode: int, address: str = "") -> None:
        super().__init__(sentence)
        self.errcode = errcode
        self.address = address

    @property
    def counts(self) -> bool:
        """Whether WeCom may count it towards shutting us out."""
        return self.errcode in WRONG_KEYS or self.errcode in RATE


async def app_of(words: Words, api_url: str, keys: Keys) -> App:
    """The app, in use. Raises No, and Told where WeCom can't be asked or the app is closed."""
    try:
        app = await try_app(api_url, keys)
    except Refused as refused:
        raise _no(words, refused, agent=str(keys.agent_id)) from None
    except Unreachable as trouble:
        raise Told(_unreached(words, api_url, trouble)) from None
    if not app.open:
        raise Told(words("trying.no_off", code=0))
    return app


def described(words: Words, app: App) -> str:
    """What is known of an app now, and that nobody sees it where nobody does."""
    if not app.seen:
        return words("trying.unseen", app=app.name)
    return words("trying.app", app=app.name, members=app.members, departments=app.departments, tags=app.tags)


async def have_bot(words: Words, url: str, bot: Bot) -> None:
    """Have the smart bot for a moment; whoever holds it loses it for some time. Raises No and Told."""
    try:
        await try_bot(bot, url)
    except Refused as refused:
        raise _no(words, refused) from None
    except Unreachable as trouble:
        raise Told(_unreached(words, url, trouble)) from None


async def knock(words: Words, url: str, door: Door, corp_id: str, now: int) -> str:
    """What comes of pressing 保存, tried by ourselves at the callback's address. Raises Told."""
    try:
        await try_callback(url, door, corp_id, now)
    except Shut as shut:
        raise Told(words(f"trying.callback_{shut.why}", url=url)) from None
    return words("trying.callback", url=url)


def _no(words: Words, refused: Refused, agent: str = "") -> No:
    address = refused.address if isinstance(refused, Barred) else ""
    why = WHY.get(refused.errcode, "other")
    said = words(f"trying.no_{why}", code=refused.errcode, agent=agent, ip=address or words("trying.some_ip"))
    return No(said, refused.errcode, address)


def _unreached(words: Words, url: str, trouble: Unreachable) -> str:
    return unheard(words, urlsplit(url).hostname or "", str(trouble), words("init.wecom"))
