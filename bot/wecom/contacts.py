"""WeCom's contacts as our own app may read them: within its visible range, by its own token (§6.1, §6.2). The secret of
the contacts-sync assistant is not needed: it is told ids only."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from random import Random
from typing import Any, TypeVar

from bot.addresses import WECOM
from bot.sheets.lists import tidy
from bot.wecom.client import Client, Keys
from bot.wecom.request import JSON, Line
from bot.wecom.trouble import MINUTE, RATE, Refused, WeComTrouble, send_error
from drills.contacts import Book, Department, Member

log = logging.getLogger(__name__)
T = TypeVar("T")
DEADLINE = 15.0
"""Seconds for a whole call."""
DISABLED, LEFT = 2, 5
OUT_OF_SIGHT = frozenset({60011, 60111, 40003})
"""Outside the app's visible range, nobody at all, or no userid."""
TOO_LARGE = 45029
"""A department with more members than one answer holds."""
WAITS = 3
"""So often a minute is waited where WeCom says that it was asked too much."""
Told = Callable[[int, int], None]


class Contacts:
    """Reads them, one call after another: a bank's contacts are read seldom, and never in a hurry."""

    def __init__(self, client: Client, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._client = client
        self._sleep = sleep

    async def departments(self) -> tuple[Department, ...]:
        """Every department in sight. Raises SendError."""
        return await _or_send_error(self.read_departments())

    async def member(self, userid: str) -> Member | None:
        """One member; None for nobody, and for who is out of sight. Raises SendError."""
        return await _or_send_error(self.read_member(userid))

    async def read_departments(self) -> tuple[Department, ...]:
        """Every department in sight. Raises WeComTrouble."""
        answer = await self._ask("department/list")
        return tuple(
            Department(id=int(each["id"]), name=tidy(str(each.get("name", ""))), parent=int(each.get("parentid", 0)))
            for each in answer.get("department", ())
        )

    async def read_member(self, userid: str) -> Member | None:
        """One member; None for nobody, and for who is out of sight. Raises WeComTrouble."""
        try:
            return member_of(await self._ask("user/get", userid=userid))
        except Refused as refused:
            if refused.errcode not in OUT_OF_SIGHT:
                raise
        return None

    async def book(self, tell: Told) -> Book:
        """All there is in sight, but for those whom only a tag shows to our app; `tell` hears how far it is. Raises
        WeComTrouble."""
        agent = await self._ask("agent/get", agentid=str(self._client.keys.agent_id))
        departments = await self.read_departments()
        found: dict[str, Member] = {}
        for count, department in enumerate(departments, 1):
            found |= {member.userid: member for member in await self._within(department.id)}
            tell(count, len(departments))
        for each in agent.get("allow_userinfos", {}).get("user", ()):
            userid = str(each["userid"]).lower()
            alone = None if userid in found else await self.read_member(userid)
            found |= {userid: alone} if alone else {}
        return Book(departments=departments, members=tuple(found.values()))

    async def _within(self, department: int) -> list[Member]:
        """Who is in a department itself. Of too many to be told at once, each is asked for."""
        try:
            answer = await self._ask("user/list", department_id=str(department))
            return [member_of(each) for each in answer.get("userlist", ())]
        except Refused as refused:
            if refused.errcode != TOO_LARGE:
                raise
        answer = await self._ask("user/simplelist", department_id=str(department))
        asked = [await self.read_member(str(each["userid"])) for each in answer.get("userlist", ())]
        return [member for member in asked if member is not None]

    async def _ask(self, path: str, **query: str) -> JSON:
        for _ in range(WAITS):
            try:
                return await self._client.call(path, None, **query)
            except Refused as refused:
                if refused.errcode not in RATE:
                    raise
                log.info("WeCom was asked too much; a minute's rest")
            await self._sleep(MINUTE)
        return await self._client.call(path, None, **query)


def member_of(told: Mapping[str, Any]) -> Member:
    """A member as WeCom tells of them; what it does not tell our app (the mobile number and such) is not missed."""
    departments, main = [int(each) for each in told.get("department", ())], told.get("main_department")
    return Member(
        userid=str(told["userid"]).lower(),
        name=tidy(str(told.get("name", ""))),
        departments=tuple(sorted(departments, key=lambda each: each != main)),
        position=tidy(str(told.get("position", ""))),
        here=told.get("status") not in {DISABLED, LEFT},
    )


@asynccontextmanager
async def contacts_of(keys: Keys, api_url: str, dice: Random) -> AsyncIterator[Contacts]:
    """The contacts for one reading. `api_url` may be empty."""
    async with Line(api_url or WECOM, DEADLINE, 1) as line:
        yield Contacts(Client(line, keys, dice))


async def _or_send_error(asked: Awaitable[T]) -> T:
    try:
        return await asked
    except WeComTrouble as trouble:
        raise send_error(trouble) from None
