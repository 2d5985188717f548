"""What is on a phone: the messages of a chat as they look now, and what never came."""

from dataclasses import dataclass, field

from tests.fakes.bell import Bell
from tests.fakes.wecom.refusals import JSON

CARD = "template_card"
_TEXTS = ("title", "desc", "description", "content", "sub_title_text", "keyname", "value", "text", "replace_text")


@dataclass
class Shown:
    """A message of an app's, a bot's or a webhook's in one chat. `body` is what stands under its msgtype, as WeCom took
    it; `clipped` are the paths of what this client does not show to the end."""

    msgid: str
    kind: str
    body: JSON
    at: float
    clipped: list[str] = field(default_factory=list)
    task_id: str = ""
    grey: str = ""
    recalled: bool = False
    history: list[JSON] = field(default_factory=list)

    @property
    def card(self) -> JSON:
        return self.body if self.kind == CARD else {}

    @property
    def text(self) -> str:
        """Every word of it that is seen, line by line."""
        return "" if self.recalled else "\n".join(_words(self.body))

    @property
    def buttons(self) -> list[str]:
        """What can be pressed now."""
        if self.frozen:
            return []
        submit = self.card.get("submit_button")
        return [one["text"] for one in self.card.get("button_list", [])] + ([submit["text"]] if submit else [])

    @property
    def frozen(self) -> bool:
        """Whether nothing more can be answered on it: no card, recalled, greyed, or every question locked."""
        questions = [self.card[name] for name in ("checkbox",) if name in self.card] + self.card.get("select_list", [])
        locked = bool(questions) and all(one.get("disable") for one in questions)
        return not self.card or self.recalled or bool(self.grey) or locked

    def change(self, card: JSON, clipped: list[str]) -> None:
        """The card is another one from now on."""
        self.history.append(self.body)
        self.body, self.clipped, self.kind = card, clipped, CARD
        self.grey = card.get("replace_text", "")


@dataclass(frozen=True)
class Dropped:
    """What WeCom said it had sent, and did not."""

    kind: str
    body: JSON
    why: str


@dataclass
class Chat:
    """One person's chat with an app or bot, or a group's."""

    messages: list[Shown] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    def show(self, message: Shown) -> None:
        self.messages.append(message)
        self.bell.ring()

    def drop(self, kind: str, body: JSON, why: str) -> None:
        self.dropped.append(Dropped(kind, body, why))
        self.bell.ring()


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [text for name in _TEXTS if isinstance(text := value.get(name), str) and text]
        return own + [word for each in value.values() for word in _words(each)]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    return []
