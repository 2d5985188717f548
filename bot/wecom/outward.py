"""What of WeCom needs no public address: a smart bot, whose connection we open, and the groups' webhooks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.addresses import WECOM
from bot.chat.channel import Letter, SendError
from bot.chat.message import Message
from bot.wecom.posts import GroupPosts
from bot.wecom.request import Line
from bot.wecom.robot_start import BotEdge, Hands, bot_edge
from bot.wecom.socket import Bot
from bot.wecom.start import DEADLINE

POSTING = 20
"""Connections for posts: each group waits for its own."""


@asynccontextmanager
async def posts_of(api_url: str) -> AsyncIterator[GroupPosts]:
    """The groups' channel; it is there in every bank, for a group may be linked at any time."""
    async with Line(api_url or WECOM, DEADLINE, POSTING) as line:
        yield GroupPosts(line)


@asynccontextmanager
async def robot_of(bot: Bot | None, url: str, choose: str, hands: Hands) -> AsyncIterator[BotEdge | None]:
    """The smart bot, if there is one."""
    if bot is None:
        yield None
        return
    async with bot_edge(bot, url, choose, hands) as edge:
        yield edge


async def try_group(api_url: str, key: str, message: Message) -> SendError | None:
    """Say something in a group once, and why it did not arrive."""
    async with posts_of(api_url) as posts:
        (receipt,) = await posts.send([Letter(address=key, message=message)])
    return receipt.error
