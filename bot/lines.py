"""The lines to the platforms, as the settings say: Telegram, WeCom, both or none."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.chat.channel import Channel
from bot.chat.words import Words
from bot.config import Settings
from bot.edge.calls import Hook
from bot.edge.platform import Platform
from bot.telegram.start import TelegramEdge, telegram_edge
from bot.telegram.webhook import Hook as TelegramHook
from bot.wecom.client import Keys
from bot.wecom.contacts import Contacts
from bot.wecom.outward import posts_of, robot_of
from bot.wecom.posts import GroupPosts
from bot.wecom.robot_start import BotEdge, Hands
from bot.wecom.socket import Bot, Elsewhere
from bot.wecom.start import Door, Said, WeComEdge, wecom_edge

TELEGRAM_PATH, WECOM_PATH, CONTACTS_PATH = "/telegram/webhook", "/wecom/callback", "/wecom/contacts"


@dataclass(frozen=True, slots=True)
class Lines:
    """The edges there are."""

    telegram: TelegramEdge | None = None
    wecom: WeComEdge | None = None
    robot: BotEdge | None = None
    posts: GroupPosts | None = None

    @property
    def platforms(self) -> list[Platform]:
        """For the switchboard."""
        return [platform for platform in (self.telegram, self.wecom, self.robot) if platform is not None]

    @property
    def contacts(self) -> Contacts | None:
        """WeCom's contacts, where we are told what changes in them."""
        return self.wecom.contacts if self.wecom else None

    @property
    def mute(self) -> dict[str, Channel]:
        """Channels on which nobody is heard."""
        return {self.posts.name: self.posts} if self.posts else {}

    @property
    def hooks(self) -> dict[str, Hook]:
        """What the web has to answer for a platform that calls us."""
        telegram, wecom = self.telegram, self.wecom
        hooks = {
            TELEGRAM_PATH: telegram.receive if telegram else None,
            WECOM_PATH: wecom.receive if wecom else None,
            CONTACTS_PATH: wecom.receive_changes if wecom and wecom.contacts else None,
        }
        return {path: hook for path, hook in hooks.items() if hook is not None}


@asynccontextmanager
async def lines_of(
    settings: Settings, words: Words, dice: Random, clock: Callable[[], datetime], elsewhere: Elsewhere
) -> AsyncIterator[Lines]:
    """Open longer than anything that speaks through them; nothing is asked of anybody yet. `elsewhere`: whether another
    process of ours is alive, which may have the smart bot."""
    secret, choose = settings.wecom_bot_secret, words("wecom.choose")
    bot = Bot(settings.wecom_bot_id, secret.get_secret_value()) if secret else None
    async with (
        _telegram(settings, dice) as telegram,
        _wecom(settings, words, dice, clock) as wecom,
        robot_of(bot, settings.wecom_bot_url, choose, Hands(dice, elsewhere)) as robot,
        posts_of(settings.wecom_api_url) as posts,
    ):
        yield Lines(telegram, wecom, robot, posts)


@asynccontextmanager
async def _telegram(settings: Settings, dice: Random) -> AsyncIterator[TelegramEdge | None]:
    if settings.telegram_token is None:
        yield None
        return
    token = settings.telegram_token.get_secret_value()
    async with telegram_edge(token, settings.telegram_api_url, dice, hook=_hook(settings)) as edge:
        yield edge


def _hook(settings: Settings) -> TelegramHook | None:
    if settings.telegram_mode != "webhook" or settings.webhook_secret is None:
        return None
    return TelegramHook(settings.base_url + TELEGRAM_PATH, settings.webhook_secret.get_secret_value())


@asynccontextmanager
async def _wecom(
    settings: Settings, words: Words, dice: Random, clock: Callable[[], datetime]
) -> AsyncIterator[WeComEdge | None]:
    secret, token, key = settings.wecom_secret, settings.wecom_callback_token, settings.wecom_callback_aes_key
    if settings.wecom_agent_id is None or secret is None or token is None or key is None:
        yield None
        return
    keys = Keys(settings.wecom_corp_id, settings.wecom_agent_id, secret.get_secret_value())
    door, contacts = Door(token.get_secret_value(), key.get_secret_value()), _contacts_door(settings)
    said, url = said_in(words), settings.wecom_api_url
    async with wecom_edge(keys, door, url, said, dice=dice, clock=clock, contacts=contacts) as edge:
        yield edge


def _contacts_door(settings: Settings) -> Door | None:
    token, key = settings.wecom_contacts_token, settings.wecom_contacts_aes_key
    return Door(token.get_secret_value(), key.get_secret_value()) if token and key else None


def said_in(words: Words) -> Said:
    """The few words of WeCom's own."""
    return Said(words.language, choose=words("wecom.choose"), more=words("wecom.more"))
