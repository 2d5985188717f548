"""A smart bot: its connection, its chats, what it was asked, what it uploads (§7, [path/101463])."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.bell import Bell
from tests.fakes.wecom.calls import Upload
from tests.fakes.wecom.limits import Limits, Meter
from tests.fakes.wecom.media import Media
from tests.fakes.wecom.phones import Chat, Shown
from tests.fakes.wecom.refusals import JSON, Refused

if TYPE_CHECKING:
    from tests.fakes.wecom.socket import Connection

SINGLE, GROUP = "single", "group"
FILE_LIFE = 300.0
SESSION_LIFE = 1800.0


@dataclass
class Room:
    """One chat with the bot. It may be pushed to once somebody has written to the bot there (`opened`)."""

    id: str
    kind: str
    meter: Meter
    opened: bool = False
    entered_on: int = -1
    chat: Chat = field(default_factory=Chat)


@dataclass
class Asked:
    """A frame the bot was told, whose req_id it may answer. `replies` are the frames it answered with."""

    req_id: str
    what: str
    room: Room
    born: float
    frame: JSON
    shown: Shown | None = None
    replies: list[JSON] = field(default_factory=list)
    stream: "Stream | None" = None
    bell: Bell = field(default_factory=Bell)

    async def wait(self, timeout: float = 20) -> JSON:  # noqa: ASYNC109 - the words of asyncio.wait_for
        """The newest answer, as soon as there is one."""
        found = await self.bell.until(lambda: self.replies[-1] if self.replies else None, timeout)
        if found is None:
            raise AssertionError(f"the bot did not answer {self.frame['body']} within {timeout} s")
        return found


@dataclass
class Stream:
    """An answer that grows, under an id of the bot's."""

    id: str
    begun: float
    shown: Shown
    finished: bool = False


@dataclass
class UploadSession:
    kind: str
    filename: str
    size: int
    chunks: int
    md5: str
    born: float
    parts: dict[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """A file on its way to the bot: sealed bytes under an address that lives five minutes."""

    sealed: bytes
    expires: float


@dataclass(slots=True)
class Frame:
    """One frame of the bot's, with its outcome; None: it was not answered."""

    cmd: str
    req_id: str
    body: JSON
    errcode: int | None = None


class Bot:
    """`plain_userids`: whether its maker is a super administrator; if not, it hears encrypted userids (§7). `enabled`:
    whether the long connection is chosen for it."""

    def __init__(self, bot_id: str, secret: str, now: Callable[[], float], limits: Limits) -> None:
        self.bot_id, self.secret, self.name = bot_id, secret, "晨练"
        self.now = now
        self._limits = limits
        self.enabled = True
        self.plain_userids = True
        self.connection: Connection | None = None
        self.rooms: dict[tuple[str, str], Room] = {}
        self.asked: dict[str, Asked] = {}
        self.frames: list[Frame] = []
        self.missed: list[JSON] = []
        self.task_ids: set[str] = set()
        self.media = Media()
        self.uploads: dict[str, UploadSession] = {}
        self.upload_meter = Meter(30, 1000, slides=True)
        self.downloads: dict[str, Download] = {}
        self.bell = Bell()
        self._numbers = itertools.count(1)

    def number(self) -> int:
        return next(self._numbers)

    def room(self, id_: str, kind: str) -> Room:
        """The chat with this person or group, made at the first call."""
        found = self.rooms.get((kind, id_))
        if found is None:
            meter = Meter(self._limits.bot_minute, self._limits.bot_hour, slides=True)
            found = self.rooms[kind, id_] = Room(id_, kind, meter)
        return found

    async def tell(self, cmd: str, what: str, room: Room, body: JSON, shown: Shown | None = None) -> Asked:
        """Send a frame to whoever holds the connection; without one it is lost (UNVERIFIED)."""
        req_id = f"req-{self.number():06d}"
        frame = {"cmd": cmd, "headers": {"req_id": req_id}, "body": body}
        asked = self.asked[req_id] = Asked(req_id, what, room, self.now(), frame, shown)
        if self.connection is None or not await self.connection.send(frame):
            self.missed.append(frame)
        return asked

    def answering(self, req_id: str, wanted: str, life: float) -> Asked:
        """What this req_id answers: it must be of that kind, and young enough."""
        asked = self.asked.get(req_id)
        if asked is None or asked.what != wanted:
            raise Refused(846605)
        if self.now() >= asked.born + life:
            raise Refused(846604)
        return asked

    def serve_file(self, file: Upload, key: bytes, seal: Callable[[bytes, bytes], bytes]) -> str:
        """The name of a sealed file's address."""
        name = f"file-{self.number():06d}"
        self.downloads[name] = Download(seal(key, file.data), self.now() + FILE_LIFE)
        return name

    async def wait_frames(
        self,
        cmd: str,
        times: int = 1,
        timeout: float = 20,  # noqa: ASYNC109 - the words of asyncio.wait_for
    ) -> list[Frame]:
        """The bot's frames of one cmd, once there are so many."""

        def look() -> list[Frame] | None:
            found = [one for one in self.frames if one.cmd == cmd]
            return found if len(found) >= times else None

        found = await self.bell.until(look, timeout)
        if found is None:
            raise AssertionError(f"{cmd} did not come {times} times in {timeout} s: {[one.cmd for one in self.frames]}")
        return found
