"""Asked once, for whoever sets us up: does WeCom take what we were given? Nothing here is tried again by itself, for
some wrong secrets in a row have our address banned for an hour (§1 of the reference)."""

import asyncio
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import ClientConnectorCertificateError, ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.addresses import WECOM, WECOM_BOT
from bot.wecom.client import Keys
from bot.wecom.crypt import Seal
from bot.wecom.request import JSON, Line
from bot.wecom.socket import USUAL, Bot, connection
from bot.wecom.start import DEADLINE, Door
from bot.wecom.trouble import Refused, Unreachable

AT_ONCE = 1.0
"""Seconds that WeCom waits for the answer when somebody presses 保存 [path/90930]."""
REACHED = 10.0
_FROM = re.compile(r"from ip:\s*([0-9A-Fa-f.:]+)")
SHUT = ("closed", "certificate", "redirect", "lost", "forged", "elsewhere", "slow")
"""Everything that may be wrong with a callback."""


@dataclass(frozen=True, slots=True)
class App:
    """What WeCom says of an app: its name, whether it is in use, and how many members, departments and tags see it."""

    name: str
    open: bool
    members: int
    departments: int
    tags: int

    @property
    def seen(self) -> bool:
        """Whether anybody sees it."""
        return bool(self.members or self.departments or self.tags)


class Barred(Refused):
    """WeCom refused; `address` is where it says that we call from, "" where it does not."""

    def __init__(self, errcode: int, address: str) -> None:
        super().__init__(errcode)
        self.address = address


class Shut(Exception):
    """Our callback does not answer as WeCom needs; `why` is one of SHUT."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def try_app(api_url: str, keys: Keys) -> App:
    """The app of these keys. Two calls, whatever they come to. Raises Barred and Unreachable."""
    async with Line(api_url or WECOM, DEADLINE, 1) as line:
        pair = {"corpid": keys.corp_id, "corpsecret": keys.secret}
        token = _good(await line.ask("gettoken", pair)).get("access_token", "")
        said = _good(await line.ask("agent/get", {"access_token": str(token), "agentid": str(keys.agent_id)}))
    return App(
        name=str(said.get("name", "")),
        open=not said.get("close"),
        members=_many(said, "allow_userinfos", "user"),
        departments=_many(said, "allow_partys", "partyid"),
        tags=_many(said, "allow_tags", "tagid"),
    )


def _good(answer: JSON) -> JSON:
    if errcode := int(answer.get("errcode", 0)):
        found = _FROM.search(str(answer.get("errmsg", "")))
        raise Barred(errcode, found[1].rstrip(".:") if found else "")
    return answer


def _many(said: JSON, outer: str, inner: str) -> int:
    return len((said.get(outer) or {}).get(inner) or ())


async def try_bot(bot: Bot, url: str) -> None:
    """Have the bot for a moment. Whoever holds it loses it by that, and has to take it up again. Raises Refused and
    Unreachable."""
    try:
        async with (
            ClientSession(cookie_jar=DummyCookieJar(), trust_env=True) as session,
            connection(session, url or WECOM_BOT, bot, lambda _frame: None, USUAL.deadline),
        ):
            return
    except TimeoutError:
        raise Unreachable(f"no answer within {USUAL.deadline:g} s") from None
    except (ClientError, OSError) as error:
        raise Unreachable(type(error).__name__) from None


async def try_callback(url: str, door: Door, corp_id: str, now: int, *, within: float = AT_ONCE) -> None:
    """Do at our public address what WeCom does when somebody presses 保存: a sealed word goes in, and has to come back
    opened and bare, `within` a second (§2.2). `now` in unix seconds. Raises Shut."""
    seal, word = Seal(door.token, door.aes_key, corp_id), str(secrets.randbelow(10**18) + 10**18).encode()
    sealed, clock, nonce = seal.close(word, secrets.token_bytes(16)), str(now), secrets.token_hex(5)
    query = {"timestamp": clock, "nonce": nonce, "echostr": sealed, "msg_signature": seal.sign(clock, nonce, sealed)}
    began = asyncio.get_running_loop().time()
    status, body = await _visit(url, query, most=4 * len(word))
    if status != HTTPStatus.OK or body != word:
        redirects = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
        seen = {HTTPStatus.NOT_FOUND: "lost", HTTPStatus.FORBIDDEN: "forged"}
        raise Shut("redirect" if redirects else seen.get(HTTPStatus(status), "elsewhere"))
    if asyncio.get_running_loop().time() - began > within:
        raise Shut("slow")


async def _visit(url: str, query: dict[str, str], most: int) -> tuple[int, bytes]:
    try:
        async with (
            ClientSession(cookie_jar=DummyCookieJar(), timeout=ClientTimeout(total=REACHED)) as session,
            session.get(url, params=query, allow_redirects=False) as got,
        ):
            with suppress(ValueError):
                return HTTPStatus(got.status), await got.content.read(most)
            return HTTPStatus.BAD_GATEWAY, b""  # a number that is no status
    except ClientConnectorCertificateError:
        raise Shut("certificate") from None
    except (ClientError, OSError, TimeoutError, ValueError):
        raise Shut("closed") from None
