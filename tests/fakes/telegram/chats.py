"""Where messages stand: a person's private chat with the bot, a group, a supergroup; and why one cannot write there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.fakes.bell import Bell
from tests.fakes.telegram import refusals
from tests.fakes.telegram.messages import Message
from tests.fakes.telegram.refusals import JSON, Refused


@dataclass
class Person:
    """Somebody with an account, however many phones."""

    id: int
    name: str
    language: str = "zh-hans"
    last_name: str = ""
    username: str = ""
    deactivated: bool = False

    def json(self, language: str = "") -> JSON:
        """As a sender; the language is that of the phone in their hand."""
        return self._names() | {"id": self.id, "is_bot": False, "language_code": language or self.language}

    def _names(self) -> JSON:
        names = {"first_name": self.name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}

    def chat_json(self) -> JSON:
        return self._names() | {"id": self.id, "type": "private"}


@dataclass
class Chat:
    """What private chats and groups have in common."""

    id: int
    messages: dict[int, Message] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)
    is_private = False

    def json(self) -> JSON:
        raise NotImplementedError

    def refusal(self, *, editing: bool = False) -> Refused | None:
        """Why the bot may not write here (or edit what it wrote), in Telegram's words; None if it may."""
        raise NotImplementedError

    def message(self, number: object) -> Message | None:
        found = self.messages.get(number) if isinstance(number, int) else None
        return found if found and not found.deleted else None

    def of_bot(self) -> Iterator[Message]:
        """What the bot wrote and did not delete, newest first."""
        return (one for one in reversed(self.messages.values()) if one.from_bot and not one.deleted)


@dataclass(kw_only=True)
class PrivateChat(Chat):
    """One person's chat with the bot, on all their phones."""

    person: Person
    started: bool = False
    blocked: bool = False
    is_private = True

    def json(self) -> JSON:
        return self.person.chat_json()

    def refusal(self, *, editing: bool = False) -> Refused | None:
        if self.person.deactivated:
            return Refused(*refusals.DEACTIVATED)
        if self.blocked:
            return Refused(*refusals.BLOCKED)
        if not self.started:
            return Refused(*refusals.NEVER_STARTED)
        return None


@dataclass(kw_only=True)
class GroupChat(Chat):
    """A group or supergroup. `members` holds people's status by id, `bot` the bot's own: "" if it never was here."""

    title: str
    kind: str = "group"
    members: dict[int, str] = field(default_factory=dict)
    bot: str = ""
    muted: bool = False
    gone: bool = False
    moved_to: int | None = None

    def json(self) -> JSON:
        return {"id": self.id, "type": self.kind, "title": self.title}

    def refusal(self, *, editing: bool = False) -> Refused | None:
        if self.moved_to is not None:
            return Refused(*refusals.MIGRATED, {"migrate_to_chat_id": self.moved_to})
        if self.gone:
            return Refused(*refusals.GROUP_DELETED)
        reasons = {
            "": refusals.bad_request("chat not found"),
            "kicked": Refused(403, f"Forbidden: bot was kicked from the {self.kind} chat"),
            "left": Refused(403, f"Forbidden: bot is not a member of the {self.kind} chat"),
        }
        if self.muted and not editing:
            reasons["member"] = refusals.bad_request("not enough rights to send text messages to the chat")
        return reasons.get(self.bot)
