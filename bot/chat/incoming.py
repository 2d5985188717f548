"""What we hear: somebody tapped, wrote, sent something, came or went. Whose tap it may be is checked against the row it
names."""

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


@dataclass(frozen=True, slots=True)
class File:
    """A file was sent. `media` is what Channel.fetch needs to bring it; `size` is in bytes as the platform says (0: it
    does not), `text` what was written beside it."""

    name: str
    size: int
    media: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Something that is neither words nor a file: `kind` is sticker, voice, photo, video, location, contact, poll, card
    (one of ours or of another bot, passed on) or other. A voice, photo or video has the `media` that Channel.fetch
    needs, unless the platform gives none; `size` is in bytes as the platform says (0: it does not)."""

    kind: str
    media: str = field(default="", repr=False)
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether we may write to this address has changed: a chat was blocked or let back in; in a group, we were put in
    or taken out by the sender. `title` is the group's name."""

    open: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group goes on under a new address."""

    to: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The organisation's own contacts have changed: somebody's entry (`who`, an address; `to` is their new one, if they
    got another), or, where it is nobody's, its departments. `gone`: that entry is no longer there."""

    who: str = ""
    to: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of one platform. `event` is the platform's id for it (the same when it is repeated), `address` the
    sender's address on that channel, `handle` what the platform needs to change the message the tap came from.
    `group` is the address of the group it happened in (and where the reply goes), empty in a private chat; `title` is
    that group's name. Whoever speaks as the group itself has its address, or none. `changes`: what we say there can be
    changed later."""

    channel: str
    event: str
    address: str
    said: Tap | Text | File | Other | Reach | Moved | Changed
    handle: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    title: str = ""
    changes: bool = True

    @property
    def back(self) -> str:
        """Where a reply goes."""
        return self.group or self.address
