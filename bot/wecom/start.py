"""The edge put together: one line to WeCom, a channel to speak through, a door for its callbacks, a menu."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http import HTTPStatus
from random import Random

from bot.addresses import WECOM
from bot.edge.calls import Answer, Call
from bot.edge.hand import Hear, HearFailed
from bot.edge.pace import growing, rest, unless
from bot.edge.platform import Commands
from bot.wecom.callback import Callback, Heard, Understand
from bot.wecom.changes import change_of
from bot.wecom.channel import WeComChannel
from bot.wecom.client import Client, Keys
from bot.wecom.contacts import Contacts
from bot.wecom.crypt import Seal
from bot.wecom.events import incoming_of
from bot.wecom.menu import menu_body
from bot.wecom.pace import USUAL, Pace
from bot.wecom.request import Line
from bot.wecom.traffic import Traffic
from bot.wecom.trouble import SecretRefused, WeComTrouble, send_error

log = logging.getLogger(__name__)
DEADLINE = 15.0
"""Seconds for a whole call."""
CONNECTIONS = 256
"""More than letters are in hand, so that an answer to a press finds one free however slow WeCom is."""


@dataclass(frozen=True, slots=True)
class Door:
    """What the console knows of our callback."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """The few words that are WeCom's own: on the button of a form of which one line is chosen, and on the menu's last
    entry. `language` is that of the menu."""

    language: str
    choose: str
    more: str


class WeComEdge:
    """What main needs of WeCom."""

    def __init__(
        self,
        client: Client,
        callback: Callback,
        said: Said,
        dice: Random,
        pace: Pace,
        changes: Callback | None = None,
    ) -> None:
        self._client = client
        self._callback = callback
        self._changes = changes
        self.contacts = Contacts(client) if changes else None
        self._said = said
        self._dice = dice
        self._pace = pace
        self._commands: Sequence[tuple[str, str]] = ()
        self.channel = WeComChannel(client, said.choose, Traffic(pace.rates))

    @property
    def heard(self) -> Heard:
        """What came and was not heard."""
        return self._callback.heard

    @property
    def in_hand(self) -> int:
        """How many events are being heard, or wait for that."""
        return self._callback.in_hand

    async def receive(self, call: Call) -> Answer:
        """Answers WeCom's calls."""
        return await self._callback.receive(call)

    async def receive_changes(self, call: Call) -> Answer:
        """Answers the calls of the contacts-sync assistant."""
        return Answer(HTTPStatus.NOT_FOUND) if self._changes is None else await self._changes.receive(call)

    async def hang_menu(self, commands: Commands, *, in_groups: bool = False) -> bool:
        """Remember what the menu shall show; it is hung once we listen, for nobody shall wait for it."""
        if not in_groups:
            self._commands = commands[self._said.language]
        return not in_groups

    async def listen(self, hear: Hear, hear_failed: HearFailed, *, stop: asyncio.Event) -> None:
        """Hear people until `stop`, then finish what is in hand. Raises SecretRefused (in a group) when WeCom does not
        take ours."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._greet(stop))
            if self._changes is not None:
                group.create_task(self._changes.listen(hear, hear_failed, stop))
            await self._callback.listen(hear, hear_failed, stop)

    async def _greet(self, stop: asyncio.Event) -> None:
        """Try our secret, and hang the menu."""
        failures = 0
        while not stop.is_set():
            try:
                await unless(stop, self._client.token())
                await unless(stop, self._hang())
            except SecretRefused:
                raise
            except WeComTrouble as trouble:
                failures += 1
                if send_error(trouble).permanent:
                    log.warning("WeCom does not take the menu (%s)", trouble)
                    return
                if failures == 1:
                    log.warning("WeCom can't be called (%s). Trying again.", trouble)
                await rest(growing(self._pace.knock, failures, 600, self._dice), stop)
            else:
                return

    async def _hang(self) -> None:
        body = menu_body(self._commands, self._said.more)
        if body["button"]:
            await self._client.call("menu/create", body, agentid=str(self._client.keys.agent_id))


@asynccontextmanager
async def wecom_edge(  # noqa: PLR0913 -- the edge's parts, each wired by main
    keys: Keys,
    door: Door,
    api_url: str,
    said: Said,
    *,
    dice: Random,
    clock: Callable[[], datetime],
    contacts: Door | None = None,
    pace: Pace = USUAL,
    deadline: float = DEADLINE,
) -> AsyncIterator[WeComEdge]:
    """A line to WeCom, open as long as the block runs; nothing is asked of it yet. `api_url` may be empty; `contacts`
    is the contacts-sync assistant's own door."""
    async with Line(api_url or WECOM, deadline, CONNECTIONS) as line:

        def behind(door: Door, understand: Understand) -> Callback:
            return Callback(Seal(door.token, door.aes_key, keys.corp_id), understand, dice, clock, pace)

        callback = behind(door, partial(incoming_of, agent_id=keys.agent_id))
        changes = behind(contacts, change_of) if contacts else None
        yield WeComEdge(Client(line, keys, dice), callback, said, dice, pace, changes)
