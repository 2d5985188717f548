"""A group of the tests: who is in it, and what is written there."""

from collections.abc import Callable

from tests.fakes.telegram.chats import GroupChat
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.people import User, seen
from tests.fakes.telegram.world import World


class Group:
    """A group or supergroup, as its members see it."""

    def __init__(self, world: World, chat: GroupChat) -> None:
        self._world = world
        self._chat = chat

    def __repr__(self) -> str:
        return f"{self._chat.title} ({self.id})"

    @property
    def id(self) -> int:
        return self._chat.id

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote and did not delete, oldest first."""
        return list(self._chat.of_bot())[::-1]

    def join(self, *people: User) -> None:
        """These people are in it. The bot is not told."""
        self._chat.members.update({person.id: "member" for person in people})

    def add_bot(self, *, admin: bool = False) -> None:
        """The bot is in it."""
        self._chat.bot = "administrator" if admin else "member"

    def put_bot_out(self, *, kicked: bool = True) -> None:
        """The bot was removed from it; without `kicked` it left by itself."""
        self._chat.bot = "kicked" if kicked else "left"

    def mute(self, *, muted: bool = True) -> None:
        """Members may not write here; admins may."""
        self._chat.muted = muted

    def delete(self) -> None:
        """The group is no more."""
        self._chat.gone = True

    async def wait_for(
        self,
        predicate: Callable[[Message], bool],
        timeout: float = 5,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> Message:
        """The newest message of the bot's that satisfies, as soon as there is one."""
        found = await self._chat.bell.until(
            lambda: next((one for one in self._chat.of_bot() if predicate(one)), None), timeout
        )
        if found is None:
            raise AssertionError(f"{self} saw no such message within {timeout} s, but:\n{seen(self.messages)}")
        return found
