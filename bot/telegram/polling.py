"""Our own getUpdates loop. The offset, which lets Telegram forget an update, moves only past what is done with."""

import asyncio
import logging
from functools import partial

from telegram.error import TelegramError

from bot.edge.hand import Hand, Hear, HearFailed
from bot.edge.pace import rest
from bot.telegram.line import Ear

log = logging.getLogger(__name__)


class Poller:
    """Hears updates until told to stop."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._line, self._pace = ear.line, ear.pace

    async def listen(self, hear: Hear, hear_failed: HearFailed, stop: asyncio.Event) -> None:
        """Poll until `stop`, then finish what is in hand. Raises ChannelRefused when our token is not taken."""
        hand, offset = Hand(hear, hear_failed, self._ear.dice, self._pace), 0
        until_done = self._ear.until_done
        async with hand:
            await until_done(self._line.delete_webhook, stop)
            await until_done(self._line.get_me, stop)  # in a group we must know which commands are for us
            while not stop.is_set():
                offset = hand.offset()
                batch = await until_done(partial(self._line.raw_updates, offset, self._pace.poll), stop)
                for raw in batch or []:
                    hand.take(raw["update_id"], self._ear.read(raw))
                await hand.settle(self._pace.settle)
                if not batch:
                    await rest(self._pace.settle, stop)  # a server that holds no poll must not make us spin
        if hand.offset() != offset:
            await self._confirm(hand.offset())

    async def _confirm(self, offset: int) -> None:
        """Say how far we came, so that less is brought twice after a restart. Not vital, so not waited for long."""
        try:
            async with asyncio.timeout(self._pace.farewell):
                await self._line.raw_updates(offset, 0, limit=1)
        except (TelegramError, TimeoutError) as error:
            log.info("the last offset was not taken (%s)", type(error).__name__)
