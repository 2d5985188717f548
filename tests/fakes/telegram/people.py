"""The people of the tests: what they press, type and see."""

from collections.abc import Callable

from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.world import Chat, Query, World


class User:
    """A person and their private chat with the bot."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat

    def __repr__(self) -> str:
        return f"{self.name} ({self.id})"

    @property
    def id(self) -> int:
        return self._chat.id

    @property
    def name(self) -> str:
        return self._chat.name

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote and did not delete, oldest first."""
        return [message for message in self._chat.messages.values() if message.from_bot and not message.deleted]

    async def start(self, payload: str = "") -> int:
        """Press Start (through a deep link, with its payload); lets a blocked bot back in. The update's id."""
        if self._chat.blocked:
            self.unblock()
        self._chat.started = True
        return self._world.hear(self._chat, f"/start {payload}".rstrip())

    async def say(self, text: str) -> int:
        """Type a message to the bot; the update's id."""
        assert self._chat.started, f"{self} sees nothing but the Start button: await user.start() first"
        assert not self._chat.blocked, f"{self} has blocked the bot: user.unblock() first"
        return self._world.hear(self._chat, text)

    async def tap(self, wanted: str, message: Message | None = None) -> Query:
        """Press the button with this text or data, of this message or the newest one that has buttons."""
        target = message or next((one for one in reversed(self.messages) if one.buttons), None)
        assert target, f"{self} sees no message with buttons:\n{self._seen()}"
        button = target.button(wanted)
        assert button, f"{self} sees no button {wanted!r} on {target.text!r}, only {target.labels}"
        assert button.data is not None, f"the button {wanted!r} opens something, it sends the bot nothing"
        return self._world.press(self._chat, button.data, target.id)

    async def tap_raw(self, data: str, message_id: int) -> Query:
        """Press what may never have been a button: made-up data, another's message, a deleted one."""
        return self._world.press(self._chat, data, message_id)

    def block(self) -> int:
        return self._world.block(self._chat, blocked=True)

    def unblock(self) -> int:
        return self._world.block(self._chat, blocked=False)

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = 5,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> Message:
        """The newest message of the bot's that satisfies, as soon as there is one."""
        found = await self._world.bell.until(
            lambda: next((one for one in reversed(self.messages) if predicate(one)), None), timeout
        )
        if found is None:
            raise AssertionError(f"{self} did not see such a message within {timeout} s, but:\n{self._seen()}")
        return found

    def _seen(self) -> str:
        return "\n".join(f"  #{one.id} {one.text!r} {one.labels or ''}" for one in self.messages) or "  nothing"
