"""What Telegram remembers: people, chats, messages, button presses, menus, a webhook."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.bell import Bell
from tests.fakes.telegram.chats import Chat, GroupChat, Person, PrivateChat
from tests.fakes.telegram.delivery import Delivery
from tests.fakes.telegram.files import Files
from tests.fakes.telegram.keyboards import Keyboard
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import JSON, bad_request
from tests.fakes.telegram.text import Written
from tests.fakes.telegram.updates import Updates

BOT: JSON = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "晨练",
    "username": "chenlian_fake_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
SENDER = {key: BOT[key] for key in ("id", "is_bot", "first_name", "username")}
USERNAME: str = BOT["username"]


@dataclass
class Query:
    """A button press. `toast` is what the bot answered ("" for nothing), None until it did."""

    id: str
    data: str
    born: float
    bell: Bell = field(default_factory=Bell)
    update_id: int = 0
    toast: str | None = None
    alert: bool = False

    async def wait(self, timeout: float = 20) -> str:  # noqa: ASYNC109 - the words of asyncio.wait_for
        """The toast, as soon as the bot answered; a person sees the spinner until then."""
        toast = await self.bell.until(lambda: self.toast, timeout)
        if toast is None:
            raise AssertionError(f"the bot did not answer the press of {self.data!r} within {timeout} s")
        return toast


class World:
    """The state behind the methods; changes happen only here and in what it hands out."""

    def __init__(self, now: Callable[[], float], epoch: int, query_lifetime: float) -> None:
        self._now = now
        self.ahead = 0.0
        self.epoch = epoch
        self.query_lifetime = query_lifetime
        self.updates = Updates(self.now)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.menus: dict[str, list[JSON]] = {}
        self.webhook: JSON = {}
        self.files = Files()
        self.delivery = Delivery(self.updates, self.now)
        self.privacy = True
        self.strict = False
        self.local = False
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_300_000_000_000_001)
        self._group_ids = itertools.count(-4_000_001, -1)
        self._supergroup_ids = itertools.count(-1_002_000_000_001, -1)

    def now(self) -> float:
        return self._now() + self.ahead

    def date(self) -> int:
        return self.epoch + int(self.now())

    def remember_allowed(self, params: JSON) -> None:
        """The list of wanted kinds stays in force until another is given; an empty one means the default."""
        allowed = params.get("allowed_updates")
        if isinstance(allowed, list):
            self.updates.allowed = frozenset(allowed) or None

    def private_chat(self, number: int, name: str, language: str) -> PrivateChat:
        """The chat with this person, both made at the first call."""
        chat = self.chats.get(number)
        if chat is None:
            person = self.people.setdefault(number, Person(number, name, language))
            chat = self.chats[number] = PrivateChat(id=number, person=person)
        assert isinstance(chat, PrivateChat), f"{number} is a group"
        return chat

    def group_chat(self, title: str, *, supergroup: bool, number: int | None = None) -> GroupChat:
        """A new group, in which nobody is."""
        number = number or next(self._supergroup_ids if supergroup else self._group_ids)
        assert number not in self.chats, f"{number} is there already"
        chat = GroupChat(id=number, title=title, kind="supergroup" if supergroup else "group")
        self.chats[number] = chat
        return chat

    def chat(self, number: object) -> Chat:
        """The chat of this id, whether or not the bot may write there."""
        if number is None or number == "":
            raise bad_request("chat_id is empty")
        found = self.chats.get(number) if isinstance(number, int) else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def open_chat(self, number: object) -> Chat:
        """The chat, if the bot may write there (§2.5, §2.6)."""
        chat = self.chat(number)
        if refusal := chat.refusal():
            raise refusal
        return chat

    def write(self, chat: Chat, written: Written, buttons: Keyboard, extra: JSON | None = None) -> Message:
        """Put a message of the bot's into the chat."""
        return self.place(chat, written, SENDER, buttons=buttons, extra=extra)

    def place(
        self, chat: Chat, written: Written, sender: JSON, *, buttons: Keyboard | None = None, extra: JSON | None = None
    ) -> Message:
        """Put a message into the chat. Supergroups number their own; all other chats share one count."""
        is_supergroup = isinstance(chat, GroupChat) and chat.kind == "supergroup"
        number = next(reversed(chat.messages), 0) + 1 if is_supergroup else next(self._message_ids)
        message = Message(number, self.date(), written, sender, sender is SENDER, buttons or [], extra or {})
        chat.messages[number] = message
        chat.bell.ring()
        return message

    def hear(self, chat: Chat, message: Message) -> int:
        """The bot is told of a message; the update's id."""
        return self.updates.push("message", message.json(chat.json()))

    def press(self, chat: Chat, presser: JSON, data: str, message_id: int) -> Query:
        """Somebody pressed a button, or pretends to have: the message may be gone, the data made up (§2.2)."""
        query = Query(str(next(self._query_ids)), data, self.now())
        message = chat.message(message_id)
        gone = {"message_id": message_id, "chat": chat.json(), "date": 0}
        body = {
            "id": query.id,
            "from": presser,
            "message": message.json(chat.json()) if message else gone,
            "chat_instance": str(chat.id * 31),
            "data": data,
        }
        self.queries[query.id] = query
        query.update_id = self.updates.push("callback_query", body, self.query_lifetime)
        return query

    def membership(self, chat: Chat, by: JSON, was: str, now: str) -> int:
        """The bot is told that its own place in a chat has changed; the update's id."""
        body = {
            "chat": chat.json(),
            "from": by,
            "date": self.date(),
            "old_chat_member": member_json(SENDER, was),
            "new_chat_member": member_json(SENDER, now),
        }
        return self.updates.push("my_chat_member", body)


_RIGHTS: JSON = {
    "can_be_edited": False,
    "can_change_info": False,
    "can_delete_messages": False,
    "can_delete_stories": False,
    "can_edit_stories": False,
    "can_invite_users": False,
    "can_manage_chat": True,
    "can_manage_video_chats": False,
    "can_post_stories": False,
    "can_promote_members": False,
    "can_restrict_members": False,
    "can_send_welcome_messages": False,
    "is_anonymous": False,
}
_MORE: dict[str, JSON] = {
    "administrator": _RIGHTS,
    "creator": {"is_anonymous": False},
    "kicked": {"until_date": 0},
}


def member_json(user: JSON, status: str) -> JSON:
    """Somebody's place in a chat."""
    return {"status": status, "user": user} | _MORE.get(status, {})
