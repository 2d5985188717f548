"""A branch's WeCom group by its webhook (消息推送): boards and results go in, nothing comes back, nothing changes.

The address of such a group is the webhook's key. Whoever has it can write there: it stands in the database, and in no
log and no error."""

import logging
from collections.abc import Sequence

from bot.chat.channel import Letter, Limits, Receipt, SendError
from bot.chat.message import Message, plain
from bot.services.posting import CHANNEL
from bot.wecom.gate import Gate
from bot.wecom.markdown import markdown, shorten
from bot.wecom.request import JSON, Line
from bot.wecom.traffic import Rates
from bot.wecom.trouble import RATE, Refused, send_error

log = logging.getLogger(__name__)
LIMITS = Limits(text=4096, button_data=0, row=0, together=1, changes=False)
"""Text is counted in bytes of UTF-8."""
TEXT = 2048
TWENTY = Rates(minute=20, minute_kept=0, hour=20 * 60, hour_kept=0)
"""A key's."""
UNKNOWN_KIND = 40008
GONE = {
    93000: "the webhook has been taken out of the group",
    93001: "the group takes no pushes",
    93004: "pushing is switched off",
    93006: "the group is not there",
    93008: "the group is not there",
}
"""What WeCom says where we can no longer write ([path/90313])."""


class GroupPosts:
    """Writes into groups. Where a server does not know `markdown_v2` yet (a private deployment may lag), the words go
    as plain text."""

    name = CHANNEL
    limits = LIMITS

    def __init__(self, line: Line, gate: Gate | None = None) -> None:
        self._line = line
        self._gate = gate or Gate(TWENTY)
        self._plainly = False

    async def send(self, letters: Sequence[Letter]) -> list[Receipt]:
        """A receipt for each letter, in their order."""
        return [await self._send(letter) for letter in letters]

    async def fetch(self, media: str, most: int) -> bytes:
        """Nothing is ever sent to us here."""
        raise SendError("a webhook brings no files", permanent=True)

    async def _send(self, letter: Letter) -> Receipt:
        message = letter.message or Message(body=letter.toast)
        try:
            await self._gate.carry(letter.address, letter.urgency, lambda: self._write(letter.address, message))
        except Refused as refused:
            return Receipt(letter.id, error=self._refused(letter.address, refused))
        except Exception as error:  # noqa: BLE001 - a letter never breaks its neighbours
            return Receipt(letter.id, error=send_error(error))
        return Receipt(letter.id)

    async def _write(self, key: str, message: Message) -> None:
        if not self._plainly:
            try:
                await self._post(key, "markdown_v2", markdown(message, self.limits.text))
            except Refused as refused:
                if refused.errcode != UNKNOWN_KIND:
                    raise
                log.warning("this WeCom knows no markdown_v2; groups are written to in plain text")
                self._plainly = True
            else:
                return
        await self._post(key, "text", shorten(plain(message), TEXT))

    async def _post(self, key: str, kind: str, content: str) -> None:
        body: JSON = {"msgtype": kind, kind: {"content": content}}
        answer = await self._line.ask("webhook/send", {"key": key}, body)
        if errcode := int(answer.get("errcode", 0)):
            raise Refused(errcode)

    def _refused(self, key: str, refused: Refused) -> SendError:
        if why := GONE.get(refused.errcode):
            return SendError(f"{why} (WeCom's errcode {refused.errcode})", permanent=True, gone=True)
        if refused.errcode in RATE:
            self._gate.shut(key)
        return send_error(refused)
