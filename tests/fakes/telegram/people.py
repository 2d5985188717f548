"""The people of the tests: what they press, type and see."""

from collections.abc import Callable

from tests.fakes.telegram import menus
from tests.fakes.telegram.attaching import Attaching
from tests.fakes.telegram.chats import PrivateChat
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.text import said
from tests.fakes.telegram.world import Query, World


class User(Attaching):
    """A person and their private chat with the bot, on one of their phones."""

    def __init__(self, world: World, chat: PrivateChat, language: str = "") -> None:
        self._world = world
        self._chat = chat
        self._language = language

    def __repr__(self) -> str:
        return f"{self.name} ({self.id})"

    @property
    def id(self) -> int:
        return self._chat.id

    @property
    def name(self) -> str:
        return self._chat.person.name

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote and did not delete, oldest first."""
        return list(self._chat.of_bot())[::-1]

    async def start(self, payload: str = "") -> int:
        """Press Start (through a deep link, with its payload); lets a blocked bot back in. The update's id."""
        if self._chat.blocked:
            self.unblock()
        self._chat.started = True
        return self._hear(f"/start {payload}".rstrip())

    async def say(self, text: str, *, reply_to: Message | None = None) -> int:
        """Type a message to the bot; the update's id."""
        self._can_write()
        return self._hear(text, {"reply_to_message": reply_to.quoted(self._chat.json())} if reply_to else {})

    async def edit(self, update_id: int, text: str) -> int:
        """Change a message that was sent as this update; the id of the new one."""
        message = self._chat.message(self._world.updates.every[update_id]["message"]["message_id"])
        assert message, "it is gone"
        message.edit(said(text), [], self._world.date())
        return self._world.updates.push("edited_message", message.json(self._chat.json()))

    def delete(self, message: Message) -> None:
        """Delete a message on both sides, the bot's too. The bot is not told."""
        message.deleted = True

    async def tap(self, wanted: str, message: Message | None = None) -> Query:
        """Press the button with this text or data, of this message or the newest one that has buttons."""
        target = message or next((one for one in self._chat.of_bot() if one.buttons), None)
        assert target, f"{self} sees no message with buttons:\n{seen(self.messages)}"
        return self._world.press(self._chat, self.sender(), data_of(wanted, target), target.id)

    async def tap_raw(self, data: str, message_id: int) -> Query:
        """Press what may never have been a button: made-up data, another's message, a deleted one."""
        return self._world.press(self._chat, self.sender(), data, message_id)

    # ---- who they are

    def another_phone(self, language: str = "") -> "User":
        """The same account on another phone, perhaps in another language."""
        return User(self._world, self._chat, language)

    def rename(self, name: str, last_name: str = "", username: str = "") -> None:
        """Somebody changes their names; the bot sees it with the next thing they do."""
        person = self._chat.person
        person.name, person.last_name, person.username = name, last_name, username

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The commands this phone shows: name and description."""
        return menus.shown(self._world, self._chat, self.id, self._language or self._chat.person.language)

    def block(self) -> int:
        """Stop the bot; it hears of that (§2.5)."""
        self._chat.blocked = True
        return self._world.membership(self._chat, self.sender(), "member", "kicked")

    def unblock(self) -> int:
        self._chat.blocked = False
        return self._world.membership(self._chat, self.sender(), "kicked", "member")

    def deactivate(self) -> None:
        """The account is no more. The bot is told only when it writes."""
        self._chat.person.deactivated = True

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> Message:
        """The newest message of the bot's that satisfies, as soon as there is one."""
        found = await self._chat.bell.until(
            lambda: next((one for one in self._chat.of_bot() if predicate(one)), None), timeout
        )
        if found is None:
            raise AssertionError(f"{self} did not see such a message within {timeout} s, but:\n{seen(self.messages)}")
        return found

    def sender(self) -> JSON:
        """As the bot sees who wrote or pressed."""
        return self._chat.person.json(self._language)

    def _can_write(self) -> None:
        assert self._chat.started, f"{self} sees nothing but the Start button: await user.start() first"
        assert not self._chat.blocked, f"{self} has blocked the bot: user.unblock() first"

    def _sent(self, text: str, extra: JSON) -> int:
        self._can_write()
        return self._hear(text, extra)

    def _hear(self, text: str, extra: JSON | None = None) -> int:
        return self._world.hear(self._chat, self._world.place(self._chat, said(text), self.sender(), extra=extra))


def data_of(wanted: str, message: Message) -> str:
    """What the button with this text or data sends to the bot."""
    button = message.button(wanted)
    assert button, f"there is no button {wanted!r} on {message.text!r}, only {message.labels}"
    assert button.data is not None, f"the button {wanted!r} opens something, it sends the bot nothing"
    return button.data


def seen(messages: list[Message]) -> str:
    return "\n".join(f"  #{one.id} {one.text!r} {one.labels or ''}" for one in messages) or "  nothing"
