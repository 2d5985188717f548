"""The catalogue of sentences: a key and its values become words in one language. A missing key or value is an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's sentences by key, such as `push.body`."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of a key, its {placeholders} filled. Raises KeyError for an unknown key or a value not given."""
        return self.sentences[key].format_map(values)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.sentences


def load_words(folder: Path) -> dict[str, Words]:
    """Every language's catalogue: `<folder>/<language>.yaml`, nested mappings joined by dots."""
    return {language: Words(language, _flat(folder / f"{language}.yaml")) for language in LANGUAGES}


def _flat(path: Path) -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(prefix: str, node: object) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                walk(f"{prefix}.{key}" if prefix else str(key), value)
        else:
            flat[prefix] = str(node).rstrip("\n")

    walk("", yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    return flat
