"""A message in a private chat: what it says now, its buttons, and what it said before."""

from dataclasses import dataclass, field

from tests.fakes.telegram.keyboards import Button, Keyboard, keyboard_json
from tests.fakes.telegram.refusals import JSON
from tests.fakes.telegram.text import Written


@dataclass
class Message:
    """One message of the bot's, or of the person's."""

    id: int
    date: int
    written: Written
    from_bot: bool
    buttons: Keyboard = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    edited: int | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """As people read it, without markup."""
        return self.written.text

    @property
    def html(self) -> str:
        """As it was sent."""
        return self.written.html

    @property
    def labels(self) -> list[list[str]]:
        """The buttons' texts, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    def button(self, wanted: str) -> Button | None:
        """The button with this text, else with this data."""
        every = [button for row in self.buttons for button in row]
        by_text = (button for button in every if button.text == wanted)
        return next(by_text, None) or next((button for button in every if button.data == wanted), None)

    def same(self, written: Written, buttons: Keyboard) -> bool:
        seen = (self.written.text, self.written.entities, keyboard_json(self.buttons))
        return seen == (written.text, written.entities, keyboard_json(buttons))

    def edit(self, written: Written, buttons: Keyboard, at: int) -> None:
        if written.text != self.written.text:
            self.history.append(self.written.text)
        self.written, self.buttons, self.edited = written, buttons, at

    def json(self, chat: JSON, sender: JSON) -> JSON:
        body: JSON = {"message_id": self.id, "from": sender, "chat": chat, "date": self.date, "text": self.text}
        if self.edited is not None:
            body["edit_date"] = self.edited
        if self.written.entities:
            body["entities"] = self.written.entities
        if self.buttons:
            body["reply_markup"] = keyboard_json(self.buttons)
        return body
