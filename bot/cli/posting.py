"""`chenlian branch group`: a branch's WeCom group by its webhook, tried before anything is written."""

from bot.addresses import group_key
from bot.chat.message import Message
from bot.cli.branching import do, look
from bot.cli.speaking import Told
from bot.config import Settings
from bot.services import branches, posting
from bot.store.turn import Look, Turn
from bot.views import catalogue
from bot.wecom.outward import try_group


async def link(settings: Settings, unit: str, address: str) -> str:
    """Send a first message into the group, and link it to the branch. Raises Told where it does not arrive."""
    words = catalogue()[settings.language]
    key = group_key(address)
    if not key:
        raise Told(words("group.posts_unreadable"))
    greeting = await look(settings, _greeting, settings.language, unit)
    if error := await try_group(settings.wecom_api_url, key, greeting):
        raise Told(words("group.posts_refused", why=error.reason))
    name = await do(settings, _link, unit, key)
    return words("group.posts_done", unit=name)


async def remove(settings: Settings, unit: str) -> str:
    """Nothing goes into the branch's WeCom group any more."""
    name, was = await do(settings, _remove, unit)
    return catalogue()[settings.language]("group.posts_removed" if was else "group.posts_none", unit=name)


def _greeting(turn: Look, language: str, said: str) -> Message:
    return posting.greeting(turn, turn.words[language], branches.find(turn, said))


def _link(turn: Turn, said: str, key: str) -> str:
    unit = branches.find(turn, said)
    posting.link(turn, unit, key)
    return unit.name


def _remove(turn: Turn, said: str) -> tuple[str, bool]:
    unit = branches.find(turn, said)
    return unit.name, posting.remove(turn, unit)
