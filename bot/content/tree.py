"""A YAML file as a tree that remembers its lines, so that a problem can say where it is.

Scalars are taken as they were written: `right: 2`, `right: no` and `right: 2018-05-01` are what the trainer typed, not
what YAML would make of them."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from bot.content.problems import Notes

_NULL = "tag:yaml.org,2002:null"
_NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?(%?)")
_DEEPEST = 20
_SHOWN = 6  # how many words are listed when none of them was written
_FLAGS = {"true": True, "false": False}


class Entry:
    """One mapping in a file. Reading a key marks it as known; `finish` then tells of the keys nobody asked for."""

    def __init__(self, node: yaml.MappingNode, file: str, path: str, notes: Notes) -> None:
        self.file, self.path, self.notes, self.line = file, path, notes, node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            self._lines[name] = key.start_mark.line + 1
            if name in self._nodes:
                self.note("twice-key", name, name=name)
            self._nodes[name] = value

    def note(self, code: str, key: str = "", /, **values: object) -> None:
        """Tells of a problem at one of this entry's keys, or at its beginning."""
        place = ".".join(p for p in (self.path, key) if p)
        line = self._lines.get(key) or self._lines.get(key.partition(".")[0], self.line)
        self.notes.add(code, file=self.file, line=line, key=place, **values)

    def has(self, key: str) -> bool:
        self._asked.add(key)
        node = self._nodes.get(key)
        return node is not None and node.tag != _NULL

    def is_list(self, key: str) -> bool:
        return isinstance(self._nodes.get(key), yaml.SequenceNode)

    def names(self) -> tuple[str, ...]:
        return tuple(self._nodes)

    def _find(self, key: str, *, needed: bool) -> yaml.Node | None:
        if self.has(key):
            return self._nodes[key]
        if needed:
            self.note("missing-key", key, name=key)
        return None

    def _number_lines(self, key: str, node: yaml.SequenceNode) -> None:
        self._lines |= {f"{key}.{i}": n.start_mark.line + 1 for i, n in enumerate(node.value, 1)}

    def _scalar(self, node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self.note("not-text", key, name=key)
        return ""

    def text(self, key: str, *, needed: bool = True) -> str:
        node = self._find(key, needed=needed)
        if node is None:
            return ""
        text = self._scalar(node, key)
        if needed and not text and isinstance(node, yaml.ScalarNode):
            self.note("missing-key", key, name=key)
        return text

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        node = self._find(key, needed=needed)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.note("not-list", key, name=key)
            return ()
        self._number_lines(key, node)
        texts = tuple(self._scalar(n, f"{key}.{i}") for i, n in enumerate(node.value, 1))
        if needed and not all(texts or ("",)):
            self.note("missing-key", key, name=key)
        return texts

    def entries(self, key: str, *, needed: bool = True) -> list["Entry"]:
        node = self._find(key, needed=needed)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.note("not-list", key, name=key)
            return []
        self._number_lines(key, node)
        return [e for i, n in enumerate(node.value, 1) if (e := self._entry(n, f"{key}.{i}"))]

    def entry(self, key: str, *, needed: bool = True) -> "Entry | None":
        node = self._find(key, needed=needed)
        return None if node is None else self._entry(node, key)

    def _entry(self, node: yaml.Node, key: str) -> "Entry | None":
        if isinstance(node, yaml.MappingNode):
            return Entry(node, self.file, ".".join(p for p in (self.path, key) if p), self.notes)
        self.note("not-entry", key, name=key)
        return None

    def day(self, key: str, *, needed: bool = True) -> date | None:
        text = self.text(key, needed=needed)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.note("not-day", key, name=key, text=text)
            return None

    def number(self, key: str, *, needed: bool = True) -> Fraction | None:
        """An exact number, with thousands commas and % where wanted."""
        text = self.text(key, needed=needed)
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        if found is None:
            self.note("not-number", key, name=key, text=text)
            return None
        return Fraction(text.rstrip("%").replace(",", "")) / (100 if found[1] else 1)

    def flag(self, key: str, *, needed: bool = True) -> bool:
        text = self.text(key, needed=needed)
        if text and text not in _FLAGS:
            self.note("not-flag", key, name=key, text=text)
        return _FLAGS.get(text, False)

    def word(self, key: str, allowed: Iterable[str]) -> str:
        """One of a list of words; the nearest is proposed when it is none of them."""
        text, words = self.text(key), tuple(allowed)
        if text and words and text not in words:
            self.note_other(key, text, words)
        return text

    def note_other(self, key: str, text: str, allowed: Iterable[str]) -> None:
        """Tells that a word is none of those it could be, with the nearest."""
        words = tuple(allowed)
        shown = words if len(words) <= _SHOWN else difflib.get_close_matches(text, words, _SHOWN, cutoff=0)
        hint = near(text, words, self.notes)
        self.note("not-one-of", key, name=key, text=text, allowed="、".join(shown), hint=hint)

    def finish(self) -> None:
        """Tells of the keys that mean nothing here."""
        for name in self._nodes:
            if name not in self._asked:
                self.note("unknown-key", name, name=name, hint=near(name, self._asked, self.notes))


def near(text: str, words: Iterable[str], notes: Notes) -> str:
    """The word that was probably meant, as the beginning of a sentence; empty when none is near."""
    found = difflib.get_close_matches(text, sorted(words), n=1, cutoff=0.6)
    if not found:
        return ""
    return f"是不是想写 {found[0]}？" if notes.language == "zh" else f"Did you mean {found[0]}? "


def read(folder: Path, name: str, notes: Notes) -> yaml.Node | None:
    """The root of a file; None, with a problem noted, when there is no such file or it is not YAML."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
        _shallow(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except OSError:
        notes.add("no-file", file=name)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        notes.add("not-utf8", file=name, line=line)
    except yaml.YAMLError as error:
        _broken(error, name, notes)
    else:
        if node is not None:
            return node
        notes.add("empty-file", file=name)
    notes.complete = False
    return None


def _shallow(text: str) -> None:
    """Refuses what is nested without end: libyaml would end the whole process on it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)


def _broken(error: yaml.YAMLError, name: str, notes: Notes) -> None:
    """Tells where it is not YAML: for a quote that never ends, where it began."""
    reason = getattr(error, "problem", None) or "control character"
    endless = "end of stream" in reason
    mark = getattr(error, "context_mark" if endless else "problem_mark", None)
    notes.add("broken-yaml", file=name, line=mark.line + 1 if mark else 0, reason=reason)


def mapping(folder: Path, name: str, notes: Notes) -> Entry | None:
    """A file that holds one mapping."""
    node = read(folder, name, notes)
    if isinstance(node, yaml.MappingNode):
        return Entry(node, name, "", notes)
    if node is not None:
        notes.add("not-mapping-file", file=name, line=1)
        notes.complete = False
    return None


def sequence(folder: Path, name: str, notes: Notes) -> list[Entry]:
    """A file that holds a list of mappings; each is named by its code where it has one."""
    node = read(folder, name, notes)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        notes.add("not-list-file", file=name, line=1)
        notes.complete = False
        return []
    entries = []
    for place, item in enumerate(node.value, 1):
        if isinstance(item, yaml.MappingNode):
            entries.append(Entry(item, name, _label(item, place), notes))
        else:
            notes.add("not-entry", file=name, line=item.start_mark.line + 1, key=str(place), name=str(place))
    return entries


def _label(node: yaml.MappingNode, place: int) -> str:
    codes: Mapping[str, str] = {
        str(k.value): str(v.value) for k, v in node.value if isinstance(v, yaml.ScalarNode) and k.value == "code"
    }
    return codes.get("code") or str(place)
