"""A message in a chat: what it says now, its buttons, and what it said before."""

from dataclasses import dataclass, field

from tests.fakes.telegram.keyboards import Button, Keyboard, keyboard_json
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.text import Written


@dataclass
class Message:
    """One message. `extra` is what stands in it beside words: a file, a contact, whom it answers, a service note.
    A message that is `frozen` can no longer be edited."""

    id: int
    date: int
    written: Written
    sender: JSON
    from_bot: bool = False
    buttons: Keyboard = field(default_factory=list)
    extra: JSON = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    edited: int | None = None
    deleted: bool = False
    frozen: bool = False

    @property
    def text(self) -> str:
        """As people read it, without markup; a file's caption too."""
        return self.written.text

    @property
    def html(self) -> str:
        """As it was sent."""
        return self.written.html

    @property
    def is_media(self) -> bool:
        """Whether the words are a caption."""
        return not MEDIA.isdisjoint(self.extra)

    @property
    def labels(self) -> list[list[str]]:
        """The buttons' texts, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    def button(self, wanted: str) -> Button | None:
        """The button with this text, else with this data."""
        every = [button for row in self.buttons for button in row]
        by_text = (button for button in every if button.text == wanted)
        return next(by_text, None) or next((button for button in every if button.data == wanted), None)

    def age(self) -> None:
        """From now on Telegram lets nobody change this message."""
        self.frozen = True

    def same(self, written: Written, buttons: Keyboard) -> bool:
        seen = (self.written.text, self.written.entities, keyboard_json(self.buttons))
        return seen == (written.text, written.entities, keyboard_json(buttons))

    def edit(self, written: Written, buttons: Keyboard, at: int) -> None:
        if written.text != self.written.text:
            self.history.append(self.written.text)
        self.written, self.buttons, self.edited = written, buttons, at

    def json(self, chat: JSON) -> JSON:
        body: JSON = {"message_id": self.id, "from": self.sender, "chat": chat, "date": self.date}
        words, entities = ("caption", "caption_entities") if self.is_media else ("text", "entities")
        if self.text:
            body[words] = self.text
        if self.written.entities:
            body[entities] = self.written.entities
        if self.edited is not None:
            body["edit_date"] = self.edited
        if self.buttons:
            body["reply_markup"] = keyboard_json(self.buttons)
        return body | self.extra

    def quoted(self, chat: JSON) -> JSON:
        """As it stands in an answer to it: what it answered itself is not repeated."""
        return {key: value for key, value in self.json(chat).items() if key != "reply_to_message"}


MEDIA = frozenset({"animation", "audio", "document", "photo", "video", "voice"})
