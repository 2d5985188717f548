"""A file that is there as a whole or not at all, and that only its owner may read."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.chat.words import Words

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Whole:
    """Write a file of secrets beside its place, then put it there in one step. Leaving the block without `write`, or by
    an error, leaves what was there. Raises OSError, at once where there is no room for a file."""

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))  # a link stays one
        self._beside = ""

    def __enter__(self) -> Self:
        descriptor, self._beside = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        os.close(descriptor)  # mkstemp makes it for its owner alone, mode 0600
        return self

    def write(self, text: str) -> None:
        """Put the file in its place, on disk."""
        with Path(self._beside).open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(self._beside).replace(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(FileNotFoundError):
            Path(self._beside).unlink()


def why_not(words: Words, path: Path, error: OSError) -> str:
    """Why a file could not be written, and what to do."""
    if error.errno in _FORBIDDEN:
        return words("file.forbidden", file=path)
    if error.errno in _FULL:
        return words("file.full", file=path)
    return words("file.failed", file=path, reason=error.strerror)
