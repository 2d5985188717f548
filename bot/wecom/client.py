"""Calling WeCom as our app: a token that everybody shares, renewed early and by one, and calls made with it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.edge.pace import growing
from bot.wecom.request import JSON, Line, Piece, Upload
from bot.wecom.trouble import BUSY, HOUR, RATE, STALE, WRONG_KEYS, Refused, SecretRefused, Unreachable

log = logging.getLogger(__name__)
EARLY = 300.0
"""Seconds before its end that a token is renewed."""
SHUT = 600.0
"""Seconds for which a secret that was refused is not shown again: ten wrong ones may ban our address for an hour."""
TRIES = 3
"""How often a call is made that WeCom is too busy for."""
PAUSE = 0.2
_WRONG_FORMAT = "wrong json format"


@dataclass(frozen=True, slots=True)
class Keys:
    """Which corp, which app, and its secret."""

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)


class Client:
    """Makes calls. Raises Refused with WeCom's errcode, and Unreachable."""

    def __init__(self, line: Line, keys: Keys, dice: Random, now: Callable[[], float] | None = None) -> None:
        self.keys = keys
        self._line = line
        self._dice = dice
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._token = ""
        self._renew_at = self._shut_until = 0.0
        self._shut_by = 0
        self._asking: asyncio.Task[str] | None = None

    async def call(self, path: str, body: JSON | Upload | None = None, **query: str) -> JSON:
        """What WeCom answers; a GET where there is no body. The words of its refusals are left where they are."""
        for failures in range(1, TRIES):
            try:
                return await self._renewed(path, body, query)
            except Refused as refused:
                if refused.errcode not in BUSY:
                    raise
            await asyncio.sleep(growing(PAUSE, failures, 1.0, self._dice))
        return await self._renewed(path, body, query)

    async def piece(self, media: str, at: int, most: int) -> Piece:
        """At most so many bytes of a file somebody sent."""
        query, token = {"media_id": media}, await self.token()
        piece = await self._line.piece("media/get", query | {"access_token": token}, at, most)
        if piece.said is not None and piece.said.get("errcode") in STALE:
            token = await self.token(failed=token)
            piece = await self._line.piece("media/get", query | {"access_token": token}, at, most)
        if piece.said is not None:
            raise Refused(int(piece.said.get("errcode", 0)))
        return piece

    async def token(self, failed: str = "") -> str:
        """The token there is, or a new one if it `failed` or will soon end; whoever asks meanwhile waits for the same
        answer. Raises SecretRefused where ours is not taken."""
        if self._token and self._token != failed and self._now() < self._renew_at:
            return self._token
        if self._asking is None:
            self._asking = asyncio.create_task(self._asked())
            self._asking.add_done_callback(self._answered)
        return await asyncio.shield(self._asking)

    def _answered(self, asking: "asyncio.Task[str]") -> None:
        self._asking = None
        if not asking.cancelled():
            asking.exception()  # whoever waited has it; if nobody does any more, nobody misses it

    async def _asked(self) -> str:
        if self._now() < self._shut_until:
            raise self._no(self._shut_by)
        keys = self.keys
        answer = await self._line.ask("gettoken", {"corpid": keys.corp_id, "corpsecret": keys.secret})
        if errcode := int(answer.get("errcode", 0)):
            if errcode in WRONG_KEYS or errcode in RATE:
                self._shut_until = self._now() + (SHUT if errcode in WRONG_KEYS else HOUR)
                self._shut_by = errcode
                log.error("WeCom gives no access token: errcode %s", errcode)
            raise self._no(errcode)
        token, life = answer.get("access_token"), answer.get("expires_in", 0)
        if not token or not isinstance(life, int | float):
            raise Unreachable("an answer without an access token")
        self._token = str(token)
        self._renew_at = self._now() + max(life - EARLY, life / 2)
        return self._token

    @staticmethod
    def _no(errcode: int) -> Exception:
        return SecretRefused(errcode) if errcode in WRONG_KEYS else Refused(errcode)

    async def _renewed(self, path: str, body: JSON | Upload | None, query: dict[str, str]) -> JSON:
        """The call, made once more with a new token where the old one is not taken; then no more."""
        token = await self.token()
        try:
            return await self._once(path, body, query, token)
        except Refused as refused:
            if refused.errcode not in STALE:
                raise
        return await self._once(path, body, query, await self.token(failed=token))

    async def _once(self, path: str, body: JSON | Upload | None, query: dict[str, str], token: str) -> JSON:
        answer = await self._line.ask(path, query | {"access_token": token}, body)
        if errcode := int(answer.get("errcode", 0)):
            raise Refused(errcode)
        if _WRONG_FORMAT in str(answer.get("errmsg", "")):
            log.error("WeCom took our %s, but calls its JSON wrong: a mistake of ours", path)
        return answer
