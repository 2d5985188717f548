"""What we hear: somebody tapped or wrote, somewhere. Whose tap it may be is checked against the row it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was pressed; `data` is what the button carried, and may be forged."""

    data: str


@dataclass(frozen=True, slots=True)
class Text:
    """Something was written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of one platform. `event` is the platform's id for it (the same when it is repeated), `address` the
    sender's address on that channel, `handle` what the platform needs to change the message the tap came from."""

    channel: str
    event: str
    address: str
    said: Tap | Text
    handle: Mapping[str, str] = field(default_factory=dict)
