"""An ordinary group with a webhook in it (§4.7)."""

from dataclasses import dataclass, field

from tests.fakes.wecom.limits import Meter
from tests.fakes.wecom.phones import Chat, Shown


@dataclass
class Group:
    """`refusal` is the code its webhook answers with from now on; None: it works."""

    name: str
    key: str
    url: str
    meter: Meter
    chat: Chat = field(default_factory=Chat)
    refusal: int | None = None

    @property
    def messages(self) -> list[Shown]:
        return self.chat.messages

    def remove(self) -> None:
        """Somebody takes the webhook out of the group."""
        self.refusal = 93000

    def disable(self) -> None:
        """The administrator forbids pushing."""
        self.refusal = 93004
