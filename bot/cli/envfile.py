"""The file of settings, changed line by line: what init does not know stays as it was."""

import os
import pwd
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.chat.words import Words
from bot.cli.speaking import Told
from bot.cli.whole import Whole, why_not
from bot.config import key_of

_PLAIN = re.compile(r"[\w:/.,@%+=-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What stands in the file now; empty where there is none."""

    path: Path
    text: str = ""

    @property
    def values(self) -> dict[str, str]:
        """The settings that have a value; of a key written twice the last counts."""
        return {b.key: b.value for b in _bindings(self.text) if b.key and b.value}

    def now(self, field: str) -> str:
        """What a setting is, in the environment or else here: its value, or the path of its file of secrets."""
        keys = (key_of(field), key_of(field) + "_FILE")
        return next((place[key] for place in (os.environ, self.values) for key in keys if place.get(key)), "")

    def secret(self, field: str) -> str:
        """What a setting is, read from its file of secrets where it has one; "" where that can't be read."""
        key = key_of(field)
        for place in (os.environ, self.values):
            if place.get(key):
                return place[key]
            if path := place.get(f"{key}_FILE"):
                with suppress(OSError, UnicodeDecodeError):
                    return Path(path).read_text(encoding="utf-8").strip()
        return ""

    def save(self, values: Mapping[str, str], words: Words) -> None:
        """Write these values into the file, for its owner alone, as a whole or not at all. Raises Told."""
        try:
            with Whole(self.path) as whole:
                whole.write(rewritten(self.text, values, words("init.file")))
        except OSError as error:
            raise Told(why_not(words, self.path, error)) from None


def read(path: Path, words: Words) -> EnvFile:
    """The file as it is. Raises Told for one that is somebody else's, that cannot be read, or where there is no room
    to write it: better before the questions than after."""
    try:
        with Whole(path):
            pass
        if not path.exists():
            return EnvFile(path)
        owner = path.stat().st_uid
        if owner != os.geteuid():
            raise Told(words("init.not_yours", file=path, owner=_name_of(owner)))
        return EnvFile(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Told(why_not(words, path, error)) from None
    except UnicodeDecodeError:
        raise Told(words("init.not_text", file=path)) from None


def rewritten(text: str, values: Mapping[str, str], lead: str = "") -> str:
    """The text with these values: in place of the old one, below the line that shows the key as a comment, or at the
    end. A new file begins with `lead`."""
    pieces = [b.original.string for b in _bindings(text)]
    if pieces and not pieces[-1].endswith("\n"):
        pieces[-1] += "\n"
    if not "".join(pieces).strip() and lead:
        pieces = [f"# {lead}\n"]
    for key, value in values.items():
        _put(pieces, key, f"{key}={quoted(value)}\n")
    return "".join(pieces)


def _put(pieces: list[str], key: str, line: str) -> None:
    keys = [next((b.key for b in _bindings(piece) if b.key), None) for piece in pieces]
    if key in keys:
        at = len(keys) - 1 - keys[::-1].index(key)
        before = re.match(r"(\s*(#[^\n]*\n\s*)*)", pieces[at])
        export = "export " if re.match(r"\s*export\s", pieces[at][before.end() if before else 0 :]) else ""
        pieces[at] = (before[0] if before else "") + export + line
        return
    commented = re.compile(rf"^[ \t]*#[ \t]*{re.escape(key)}=[^\n]*\n", re.MULTILINE)
    for at, piece in enumerate(pieces):
        if found := commented.search(piece):
            pieces[at : at + 1] = [piece[: found.end()], line, piece[found.end() :]]
            return
    pieces.append(line)


def quoted(value: str) -> str:
    """The value as it is read again."""
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _bindings(text: str) -> list[Binding]:
    return list(parse_stream(StringIO(text)))


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
