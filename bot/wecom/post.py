"""One message to many people: made ready so that WeCom knows a repetition, paced, sent, and answered for each."""

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Sequence

from bot.chat.channel import Letter, SendError
from bot.wecom.cards import Speech
from bot.wecom.client import Client
from bot.wecom.request import JSON
from bot.wecom.traffic import Traffic
from bot.wecom.trouble import NOBODY, RATE, SAME_TASK, Refused, unreached

log = logging.getLogger(__name__)
REPLY = 0
"""The urgency of what somebody waits for with the phone in their hand."""
CARD_AGAIN, TEXT_AGAIN, SPREAD = 1800, 120, 480
"""Seconds for which WeCom drops the same request. A card's task_id makes it one of its own. A text has nothing like
that, and two letters may say the same: so the seconds themselves, a part of the request, tell them apart."""
Errors = dict[str, SendError]
"""Why somebody got nothing, by address."""


class Post:
    """Says a whole speech. Whoever can't be reached is left out of the rest of it."""

    def __init__(self, client: Client, traffic: Traffic, now: Callable[[], float]) -> None:
        self._client = client
        self._traffic = traffic
        self._now = now

    async def say(self, letters: Sequence[Letter], speech: Speech) -> tuple[JSON, Errors]:
        """WeCom's last answer, and who did not get it. Raises what concerns everybody."""
        reply = all(letter.urgency <= REPLY for letter in letters)
        bodies = [{"msgtype": "text", "text": {"content": text}} for text in speech.texts]
        bodies += [{"msgtype": "template_card", "template_card": card} for card in speech.cards]
        people, errors = await self._admitted(letters, len(bodies), reply=reply)
        answer: JSON = {}
        left = self._now()
        for person in people * len(bodies):  # all of it at once, so that nobody comes between and has it dropped
            self._traffic.leave(person, left)
        for number, body in enumerate(bodies):
            if people:
                sealed = _repeatable(letters, people, body, number, reply=reply)
                answer = await self._sent(people, sealed, left)
                gone = _missed(answer)
                errors |= {person: gone[person] for person in people if person in gone}
                people = [person for person in people if person not in gone]
        return answer, errors

    async def _admitted(self, letters: Sequence[Letter], times: int, *, reply: bool) -> tuple[list[str], Errors]:
        """Who may be written to now. One alone is waited for a little; of many, who may not gives way."""
        people = sorted({letter.address.lower() for letter in letters})
        if len(people) == 1 and 0 < (wait := self._wait(people[0], times, reply=reply)) <= self._traffic.rates.patience:
            await asyncio.sleep(wait)
        waits = {person: self._wait(person, times, reply=reply) for person in people}
        held = {person: _too_much(wait) for person, wait in waits.items() if wait > 0}
        return [person for person in people if person not in held], held

    def _wait(self, person: str, times: int, *, reply: bool) -> float:
        return self._traffic.opens(person, reply=reply, times=times) - self._now()

    async def _sent(self, people: Sequence[str], body: JSON, left: float) -> JSON:
        try:
            return await self._call(body | {"touser": "|".join(people), "agentid": self._client.keys.agent_id})
        except Refused as refused:
            if refused.errcode in RATE:
                raise _too_much(self._traffic.refuse(self._now())) from None
            if refused.errcode in NOBODY:
                return {"invaliduser": "|".join(people)}
            raise
        finally:
            for person in people:
                self._traffic.arrive(person, left, self._now())

    async def _call(self, body: JSON) -> JSON:
        try:
            return await self._client.call("message/send", body)
        except Refused as refused:
            if refused.errcode != SAME_TASK or "template_card" not in body:
                raise
        log.warning("a task_id was known to WeCom, which no longer knows what was sent with it; sent anew")
        return await self._client.call(
            "message/send", body | {"template_card": body["template_card"] | {"task_id": secrets.token_hex(16)}}
        )


def _repeatable(letters: Sequence[Letter], people: Sequence[str], body: JSON, number: int, *, reply: bool) -> JSON:
    """The same letters to the same people make the same request, which WeCom shows only once. What is not recorded is
    never sent twice."""
    recorded = all(letter.id for letter in letters)
    said = json.dumps([sorted(letter.id for letter in letters), list(people), number, body], sort_keys=True)
    digest = hashlib.sha256(said.encode()).hexdigest()[:32] if recorded else secrets.token_hex(16)
    is_card = "template_card" in body
    if is_card:
        body |= {"template_card": body["template_card"] | {"task_id": digest}}
    if not recorded or (reply and not is_card):
        return body
    interval = CARD_AGAIN if is_card else TEXT_AGAIN + int(digest, 16) % SPREAD
    return body | {"enable_duplicate_check": 1, "duplicate_check_interval": interval}


def _missed(answer: JSON) -> Errors:
    """Whom WeCom names as not reached, in small letters."""
    named = {name: str(answer.get(name) or "").lower().split("|") for name in ("invaliduser", "unlicenseduser")}
    licensed = {person: unreached(licensed=True) for person in named["invaliduser"] if person}
    return licensed | {person: unreached(licensed=False) for person in named["unlicenseduser"] if person}


def _too_much(wait: float) -> SendError:
    return SendError(f"WeCom shows no more for {wait:.0f} s", permanent=False, retry_after=wait)
