"""What Telegram remembers: chats, messages, button presses, menus, a webhook."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.telegram.keyboards import Keyboard
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import BLOCKED, JSON, NEVER_STARTED, Refused, bad_request
from tests.fakes.telegram.text import Written, said
from tests.fakes.telegram.updates import Bell, Updates

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


@dataclass
class Chat:
    """One person's private chat with the bot."""

    id: int
    name: str
    language: str
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def person(self) -> JSON:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def json(self) -> JSON:
        return {"id": self.id, "type": "private", "first_name": self.name}

    def message(self, number: object) -> Message | None:
        found = self.messages.get(number) if isinstance(number, int) else None
        return found if found and not found.deleted else None


@dataclass
class Query:
    """A button press. `toast` is what the bot answered ("" for nothing), None until it did."""

    id: str
    data: str
    born: float
    bell: Bell
    update_id: int = 0
    toast: str | None = None
    alert: bool = False

    async def wait(self, timeout: float = 5) -> str:  # noqa: ASYNC109 - the words of asyncio.wait_for
        """The toast, as soon as the bot answered; a person sees the spinner until then."""
        toast = await self.bell.until(lambda: self.toast, timeout)
        if toast is None:
            raise AssertionError(f"the bot did not answer the press of {self.data!r} within {timeout} s")
        return toast


class World:
    """The state behind the methods; changes happen only here and in what it hands out."""

    def __init__(self, now: Callable[[], float], epoch: int, query_lifetime: float) -> None:
        self.now = now
        self.epoch = epoch
        self.query_lifetime = query_lifetime
        self.bell = Bell()
        self.updates = Updates(now, self.bell)
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.menus: dict[str, list[JSON]] = {}
        self.webhook: JSON = {}
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_300_000_000_000_001)

    def date(self) -> int:
        return self.epoch + int(self.now())

    def chat(self, number: object) -> Chat:
        """The chat of this id, whether or not the bot may write there."""
        if number is None or number == "":
            raise bad_request("chat_id is empty")
        found = self.chats.get(number) if isinstance(number, int) else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def open_chat(self, number: object) -> Chat:
        """The chat, if its person pressed Start and did not block the bot (§2.5, §2.6)."""
        chat = self.chat(number)
        if not chat.started:
            raise Refused(*NEVER_STARTED)
        if chat.blocked:
            raise Refused(*BLOCKED)
        return chat

    def write(self, chat: Chat, written: Written, buttons: Keyboard) -> Message:
        """Put a message of the bot's into the chat."""
        return self._place(chat, Message(next(self._message_ids), self.date(), written, from_bot=True, buttons=buttons))

    def hear(self, chat: Chat, text: str) -> int:
        """The person wrote to the bot; the id of the update."""
        message = Message(next(self._message_ids), self.date(), said(text), from_bot=False)
        return self.updates.push("message", self.show(chat, self._place(chat, message)))

    def press(self, chat: Chat, data: str, message_id: int) -> Query:
        """The person pressed a button, or pretends to have: the message may be gone, the data made up (§2.2)."""
        query = Query(str(next(self._query_ids)), data, self.now(), self.bell)
        message = chat.message(message_id)
        gone = {"message_id": message_id, "chat": chat.json(), "date": 0}
        body = {
            "id": query.id,
            "from": chat.person(),
            "message": self.show(chat, message) if message else gone,
            "chat_instance": str(chat.id * 31),
            "data": data,
        }
        self.queries[query.id] = query
        query.update_id = self.updates.push("callback_query", body, self.query_lifetime)
        return query

    def block(self, chat: Chat, *, blocked: bool) -> int:
        """The person stopped the bot, or let it back in; it hears of that (§2.5)."""
        chat.blocked = blocked
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        body = {
            "chat": chat.json(),
            "from": chat.person(),
            "date": self.date(),
            "old_chat_member": _membership(was),
            "new_chat_member": _membership(now),
        }
        return self.updates.push("my_chat_member", body)

    def show(self, chat: Chat, message: Message) -> JSON:
        return message.json(chat.json(), SENDER if message.from_bot else chat.person())

    def _place(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        self.bell.ring()
        return message


def _membership(status: str) -> JSON:
    return {"status": status, "user": SENDER} | ({"until_date": 0} if status == "kicked" else {})
