"""A group of the tests: who is in it, and what is written there."""

from collections.abc import Callable

from tests.fakes.telegram import menus
from tests.fakes.telegram.chats import GroupChat
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.people import User, data_of, seen
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.text import COMMAND, NOTHING, said
from tests.fakes.telegram.world import SENDER, USERNAME, Query, World

ANONYMOUS: JSON = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


class Group:
    """A group or supergroup, as its members see it. What happens `by` nobody happens silently, as if long ago."""

    def __init__(self, world: World, chat: GroupChat) -> None:
        self._world = world
        self._chat = chat

    def __repr__(self) -> str:
        return f"{self.title} ({self.id})"

    @property
    def id(self) -> int:
        """As it is now: a group that becomes a supergroup gets another."""
        return self._chat.id

    @property
    def title(self) -> str:
        return self._chat.title

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote and did not delete, oldest first."""
        return list(self._chat.of_bot())[::-1]

    # ---- who is in it

    def join(self, *people: User, by: User | None = None) -> int | None:
        """These people are in it from now on."""
        self._chat.members.update({person.id: "member" for person in people})
        newcomers = {"new_chat_members": [person.sender() for person in people]}
        return self._note(by, newcomers) if by else None

    def leave(self, person: User, by: User | None = None) -> int | None:
        """Somebody left, or was removed by another."""
        self._chat.members.pop(person.id, None)
        return self._note(by or person, {"left_chat_member": person.sender()})

    def promote(self, person: User, *, creator: bool = False) -> None:
        """Somebody becomes an admin; the bot is not told."""
        self._chat.members[person.id] = "creator" if creator else "administrator"

    def add_bot(self, by: User | None = None, *, admin: bool = False, payload: str = "") -> int | None:
        """The bot is put in, perhaps through a link ?startgroup=payload; the id of the last update."""
        was, self._chat.bot = self._chat.bot, "administrator" if admin else "member"
        if by is None:
            return None
        self._chat.members.setdefault(by.id, "member")
        self._world.membership(self._chat, by.sender(), was or "left", self._chat.bot)
        number = self._note(by, {"new_chat_members": [SENDER]})
        return self._hear(by.sender(), f"/start@{USERNAME} {payload}") if payload else number

    def promote_bot(self, by: User, *, admin: bool = True) -> int:
        """The bot becomes an admin, or is none any more."""
        was, self._chat.bot = self._chat.bot, "administrator" if admin else "member"
        return self._world.membership(self._chat, by.sender(), was, self._chat.bot)

    def put_bot_out(self, by: User | None = None, *, kicked: bool = True) -> int | None:
        """The bot is removed; without `kicked`, in a way that lets it be added again."""
        was, self._chat.bot = self._chat.bot, "kicked" if kicked else "left"
        if by is None:
            return None
        number = self._world.membership(self._chat, by.sender(), was, self._chat.bot)
        self._note(by, {"left_chat_member": SENDER})
        return number

    def menu(self, person: User) -> list[tuple[str, str]]:
        """The commands somebody's phone shows here."""
        return menus.shown(self._world, self._chat, person.id, person.sender()["language_code"])

    # ---- what happens to it

    def rename(self, title: str, by: User) -> int | None:
        """It gets another title."""
        self._chat.title = title
        return self._note(by, {"new_chat_title": title})

    def mute(self, *, muted: bool = True) -> None:
        """Members may not write here; admins may."""
        self._chat.muted = muted

    def delete(self) -> None:
        """The group is no more."""
        self._chat.gone = True

    def upgrade(self, by: User | None = None) -> int:
        """It becomes a supergroup, under another id, which is returned; the old one answers where it moved to. Without
        `by` the bot is not told."""
        old = self._chat
        assert old.kind == "group", f"{self} is a supergroup already"
        new = self._world.group_chat(old.title, supergroup=True)
        new.members, new.bot, new.muted = old.members, old.bot, old.muted
        if by:
            self._note(by, {"migrate_to_chat_id": new.id})
        self._chat, old.moved_to = new, new.id
        if by:
            self._note(by, {"migrate_from_chat_id": old.id})
        return new.id

    # ---- what is said in it

    async def say(self, person: User, text: str, *, reply_to: Message | None = None) -> int | None:
        """Somebody writes; the update's id, None if privacy mode keeps it from the bot."""
        assert person.id in self._chat.members, f"{person} is not in {self}"
        return self._hear(person.sender(), text, reply_to=reply_to)

    async def say_anonymously(self, text: str) -> int | None:
        """An admin writes in the group's name."""
        return self._hear(ANONYMOUS, text, extra={"sender_chat": self._chat.json()})

    async def tap(self, person: User, wanted: str, message: Message | None = None) -> Query:
        """Somebody presses the button with this text or data, of this message or the newest one that has buttons."""
        target = message or next((one for one in self._chat.of_bot() if one.buttons), None)
        assert target, f"{self} has no message with buttons:\n{seen(self.messages)}"
        return self._world.press(self._chat, person.sender(), data_of(wanted, target), target.id)

    async def tap_raw(self, person: User, data: str, message_id: int) -> Query:
        """Press what may never have been a button."""
        return self._world.press(self._chat, person.sender(), data, message_id)

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
            raise AssertionError(f"{self} saw no such message within {timeout} s, but:\n{seen(self.messages)}")
        return found

    def _note(self, by: User, what: JSON) -> int | None:
        """A service message, which the bot always hears while it is here. Of a supergroup that it has left, it hears
        no more than that [server]."""
        message = self._world.place(self._chat, NOTHING, by.sender(), extra=what)
        told = self._chat.bot not in {"", "left", "kicked"} or what.get("left_chat_member") is SENDER
        return self._world.hear(self._chat, message) if told else None

    def _hear(
        self, sender: JSON, text: str, *, reply_to: Message | None = None, extra: JSON | None = None
    ) -> int | None:
        reply = {"reply_to_message": reply_to.quoted(self._chat.json())} if reply_to else {}
        message = self._world.place(self._chat, said(text), sender, extra=reply | (extra or {}))
        if self._chat.bot in {"", "left", "kicked"}:
            return None
        sees_all = self._chat.bot == "administrator" or not self._world.privacy
        if sees_all or (reply_to and reply_to.from_bot) or _is_command(text):
            return self._world.hear(self._chat, message)
        return None


def _is_command(text: str) -> bool:
    """A command for this bot, or for none by name, which Telegram brings to the last bot that spoke; here, to ours."""
    found = COMMAND.match(text)
    return found is not None and (found.group().partition("@")[2] or USERNAME).lower() == USERNAME
