"""How a platform's app would show what we say. The demo's page draws by it, and knows no platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.chat.channel import Letter

JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a letter becomes: texts, then cards, as the platform takes them. `change` is what it does to the card that
    was pressed for it, None where it leaves that alone; `is_all`: with that all is said, and nothing comes below."""

    texts: tuple[str, ...] = ()
    cards: tuple[JSON, ...] = ()
    change: JSON | None = None
    is_all: bool = False


class Skin(Protocol):
    """A platform's way with letters, presses and its menu, none of which needs a line to it."""

    @property
    def menu(self) -> JSON: ...

    def draw(self, letter: Letter) -> Drawn: ...

    def tapped(self, key: str, card_type: str, chosen: Mapping[str, Sequence[str]]) -> str:
        """The data of a press on a card's button; `chosen` are the ids by the question they answer."""
        ...
