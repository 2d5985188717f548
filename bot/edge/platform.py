"""What main needs of a platform's edge, whichever it is."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.chat.channel import Channel
from bot.edge.hand import Hear, HearFailed

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""Name and description of each command by language (zh-CN, en); the first language serves everybody else too."""


class Platform(Protocol):
    """A channel to speak through, and a way to hear."""

    @property
    def channel(self) -> Channel: ...

    async def hang_menu(self, commands: Commands, *, in_groups: bool = False) -> bool:
        """Show the commands in every private chat (or group); whether that is possible. Never vital."""

    async def listen(self, hear: Hear, hear_failed: HearFailed, *, stop: asyncio.Event) -> None:
        """Hear people until `stop`, then finish what is in hand. Raises KeysRefused, alone or in a group."""
