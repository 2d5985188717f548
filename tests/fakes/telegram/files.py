"""Files: what was sent, under which id, and for how long it can be fetched (§2.5)."""

import itertools
from dataclasses import dataclass
from pathlib import PurePath

from tests.fakes.telegram.refusals import JSON, Refused, bad_request

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LINK_LIVES = 3600.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Stored:
    """A file as Telegram keeps it; `size` may be claimed, so that a test need not make twenty million bytes. `until` is
    when its address ends."""

    id: str
    unique: str
    name: str
    mime: str
    data: bytes
    size: int
    until: float = 0.0

    def json(self) -> JSON:
        return {"file_id": self.id, "file_unique_id": self.unique, "file_size": self.size}

    def document(self) -> JSON:
        return self.json() | {"file_name": self.name, "mime_type": self.mime}

    @property
    def path(self) -> str:
        return f"documents/file_{self.unique}{PurePath(self.name).suffix}"


class Files:
    """Every file, by its id and by its address."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def keep(self, upload: Upload, size: int | None = None) -> Stored:
        """Store a file."""
        number = next(self._numbers)
        actual = len(upload.data) if size is None else size
        kept = Stored(f"BQACAgUAAxkBAAI{number:06}", f"AgAD{number:06}", upload.name, upload.mime, upload.data, actual)
        self._by_id[kept.id] = self._by_path[kept.path] = kept
        return kept

    def of(self, number: object) -> Stored:
        """The file of this id."""
        found = self._by_id.get(str(number))
        if found is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return found

    def address(self, number: object, now: float) -> JSON:
        """Where a file can be fetched, for an hour from now."""
        found = self.of(number)
        if found.size > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        found.until = now + LINK_LIVES
        return found.json() | {"file_path": found.path}

    def fetch(self, path: str, now: float) -> bytes:
        """The bytes at an address."""
        found = self._by_path.get(path)
        if found is None or found.until < now:
            raise Refused(404, "Not Found")
        return found.data
