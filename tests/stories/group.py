"""A group with our bot in it: people speak there, press what stands there, and see what came."""

from dataclasses import dataclass, replace

from bot.chat.incoming import Incoming, Moved, Reach, Tap, Text
from bot.rehearsal.channel import Delivered
from tests.stories.bank import Bank, Said
from tests.stories.people import Someone, text_of, text_of_message

TITLE = "城东网点晨会群"


@dataclass(slots=True, repr=False)
class Group:
    """One group. `address` changes when it moves."""

    bank: Bank
    address: str = "-100"
    title: str = TITLE

    def __repr__(self) -> str:
        """What a failing story wants to know."""
        return f"the group, which shows:\n{self.phone()}\n"

    # ---- what happens in it

    async def adds_us(self, someone: Someone) -> None:
        """Somebody puts the bot into it."""
        await self.bank.hears(self.event(someone.address, Reach(open=True, title=self.title)))

    async def drops_us(self, someone: Someone) -> None:
        """Somebody takes the bot out of it."""
        await self.bank.hears(self.event(someone.address, Reach(open=False, title=self.title)))

    async def says(self, someone: Someone | str, text: str) -> None:
        """Somebody (or an address of nobody known) writes there."""
        await self.bank.hears(self.event(someone if isinstance(someone, str) else someone.address, Text(text)))

    async def taps(self, someone: Someone | str, words: str) -> None:
        """Somebody presses the newest button with these words."""
        number, data = self.button(words)
        await self.forges(someone, data, number)

    async def forges(self, someone: Someone | str, data: str, message: int = 0) -> None:
        """Somebody presses what no button of ours need ever have carried."""
        address = someone if isinstance(someone, str) else someone.address
        await self.bank.hears(self.event(address, Tap(data), message))

    async def moves(self, to: str) -> None:
        """The platform gives it another address."""
        await self.bank.hears(self.event(self.address, Moved(to)))
        self.address = to

    async def linked_by(self, someone: Someone) -> None:
        """Somebody links it."""
        await self.says(someone, "/link")
        assert self.sees("好，本群就是"), self

    def event(self, address: str, said: Said, message: int = 0) -> Incoming:
        """An event of this group."""
        return replace(self.bank.event(address, said, message), group=self.address, title=self.title)

    # ---- what it shows

    def came(self, since: int | None = None) -> list[Delivered]:
        """What has reached it since the last thing told began (or since a place in the record)."""
        return [seen for seen in self.bank.came(since) if seen.address == self.address]

    def seen(self) -> str:
        """The same, as it is read."""
        return "\n".join(text_of(seen) for seen in self.came())

    def sees(self, *words: str) -> bool:
        """Whether all these words came in what was last told."""
        return all(word in self.seen() for word in words)

    def messages(self) -> list[str]:
        """Every message as it stands now, oldest first."""
        shown = self.bank.channel.phones[self.address].messages
        return [text_of_message(message) for _, message in sorted(shown.items())]

    def phone(self) -> str:
        """Everything it shows now."""
        return "\n----\n".join(self.messages())

    def button(self, words: str) -> tuple[int, str]:
        """The newest button that says this: the number of its message, and what it carries."""
        shown = self.bank.channel.phones[self.address].messages
        for number in sorted(shown, reverse=True):
            for button in (b for row in shown[number].buttons for b in row):
                if words == button.text:
                    return number, button.data
        raise AssertionError(f"no button “{words}” in {self!r}")
