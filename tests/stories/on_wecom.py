"""The same stories on WeCom: each letter goes through our real channel to the fake as well, and whatever can be pressed
or written there comes in as WeCom brings it: encrypted, over real HTTP, by our real callback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from bot.chat.channel import Letter, Receipt
from bot.chat.incoming import Incoming, Other, Tap, Text
from bot.wecom.cards import CHOOSE, SEVERAL
from bot.wecom.channel import WeComChannel
from bot.wecom.fit import LIMITS
from bot.wecom.traffic import Rates
from tests.fakes.wecom import Delivery, Limits, Shown, User, WeComFake
from tests.stories.bank import Phones
from tests.telegram.conftest import Ears
from tests.wecom.door import DOOR, QUICK, door, listening

PATIENT = Limits(member_minute=10**4, member_hour=10**5)
PACE = replace(QUICK, patience=5, rates=Rates(minute=10**4, hour=10**5))
"""Days pass in seconds, so a member takes more of them."""
REMEMBERED = timedelta(hours=1)
"""Longer than any of our texts asks to be told from another that says the same."""


class WeComPhones(Phones):
    """Phones with WeCom on them. A group is no part of it: there WeCom has a channel of its own."""

    limits = LIMITS

    def join(self, fake: WeComFake, channel: WeComChannel, ears: Ears) -> None:
        self.fake, self.line, self.ears = fake, channel, ears
        self.said_at = self._clock()

    async def show_again(self) -> None:
        """What stood there before there was a WeCom."""
        for address, phone in self.phones.items():
            for _, message in sorted(phone.messages.items()):
                await self._tell(Letter(address=address, message=message))

    async def brings(self, incoming: Incoming) -> Incoming:
        """The event as WeCom brings it, if there is a way to do that on this phone."""
        delivery = await self._acted(incoming)
        if delivery is None:
            return incoming
        assert (await delivery.wait()).tries == [200], delivery
        (event,) = self.ears.heard
        self.ears.heard.clear()
        if isinstance(incoming.said, Tap):
            assert event.said == incoming.said, "a press means what the button meant"
        return replace(incoming, said=event.said, handle={**incoming.handle, **event.handle})

    async def _acted(self, incoming: Incoming) -> Delivery | None:
        user = self.fake.user(incoming.address)
        match incoming.said:
            case Text(text) if text.strip() and not incoming.group:
                return await user.say(text)
            case Tap(data) if not incoming.group:
                return await pressed(user, data)
            case Other(kind, media) if media in self.files and not incoming.group:
                send = {"voice": user.send_voice, "video": user.send_video, "photo": user.send_image}[kind]
                return await send(self.files[media])
        return None

    async def fetch(self, media: str, most: int) -> bytes:
        """What came by WeCom is brought from there."""
        return await (super().fetch(media, most) if media in self.files else self.line.fetch(media, most))

    async def _deliver(self, letter: Letter) -> Receipt:
        receipt = await super()._deliver(letter)
        told = await self._tell(letter)
        return replace(receipt, handle={**receipt.handle, **told.handle})

    async def _tell(self, letter: Letter) -> Receipt:
        if letter.address.startswith("-"):
            return Receipt(letter.id)
        if self._clock() - self.said_at > REMEMBERED:
            self.fake.world.recent.clear()  # by the story's clock, which it does not see, it has forgotten
        self.said_at = self._clock()
        self.fake.user(letter.address)
        (told,) = await self.line.send([letter])
        assert told.error is None, told.error
        return told


async def pressed(user: User, data: str) -> Delivery | None:
    """Press what carries this on the newest card that has it."""
    for message in reversed(user.messages):
        if message.frozen:
            continue
        if data in [button.get("key") for button in message.card.get("button_list", [])]:
            return await user.tap(data, message)
        if (ticks := _ticks(message, data)) is not None:
            return await user.vote(ticks, message)
    return None


def _ticks(message: Shown, data: str) -> list[str] | None:
    box = message.card.get("checkbox", {})
    if box.get("question_key") == CHOOSE and data in [option["id"] for option in box["option_list"]]:
        return [data]
    key, _, ticks = data.rpartition(":")
    if box.get("question_key") == SEVERAL and message.card["submit_button"]["key"] == key:
        return ticks.split(",")
    return None


@asynccontextmanager
async def wecom() -> AsyncIterator["tuple[WeComFake, WeComChannel, Ears]"]:
    """A WeCom with our app on it, heard by our edge behind a real web server. In the end nothing was dropped, and no
    client had to cut anything off."""
    ears = Ears()
    async with WeComFake(limits=PATIENT) as fake, door(fake, PACE) as knocker, listening(knocker.edge, ears):
        await fake.set_callback(knocker.url, DOOR.token, DOOR.aes_key)
        yield fake, knocker.edge.channel, ears
        users = [fake.user(userid) for userid in fake.world.directory.people]
        assert not [(user, one) for user in users for one in user.chat.dropped]
        assert not [(one.clipped, one.body) for user in users for one in user.messages if one.clipped]
