"""What the code says by key: read from its syntax, not by running it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

from bot.views import catalogue

ROOT = Path(__file__).parents[2]
CALLED = {"words", "_words"}
IN_PAGE = re.compile(r"""words\(\s*["']([\w.-]+)["']""")


@dataclass
class Spoken:
    """Keys in full, keys with a part filled in at run time ("state.{}"), the values each key is given, refusals."""

    keys: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    given: list[tuple[str, frozenset[str], str]] = field(default_factory=list)
    refusals: list[tuple[str, frozenset[str], str]] = field(default_factory=list)


def files(*rooms: str, ending: str = "py") -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob(f"*.{ending}"))]


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


@cache
def spoken() -> Spoken:
    """Every key of bot/**/*.py and of the pages, and every refusal of bot and drills."""
    found = Spoken()
    sections = {key.partition(".")[0] for key in catalogue()["zh-CN"].sentences}
    key_like = re.compile(rf"(?:{'|'.join(sorted(sections))})\.[\w.{{}}-]+")
    for path in files("bot", "drills"):
        if {"migrations", "tables"} & set(path.parts):  # names of columns look like keys
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.expr) and id(node) not in pieces:
                _note(found, node, f"{path.relative_to(ROOT)}:{node.lineno}", key_like)
    for path in files("bot/web/templates", ending="html"):
        for key in IN_PAGE.findall(path.read_text(encoding="utf-8")):
            where = str(path.relative_to(ROOT))
            found.patterns.setdefault(f"{key}{{}}", where) if key.endswith(".") else found.keys.setdefault(key, where)
    return found


def _note(found: Spoken, node: ast.expr, where: str, key_like: re.Pattern[str]) -> None:
    if isinstance(node, ast.JoinedStr):
        pattern = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        if key_like.fullmatch(pattern):
            found.patterns.setdefault(pattern, where)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and key_like.fullmatch(node.value):
        found.keys.setdefault(node.value, where)
    elif isinstance(node, ast.Call):
        _note_call(found, node, where)


def _note_call(found: Spoken, call: ast.Call, where: str) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    values = frozenset(word.arg or "**" for word in call.keywords)
    for key in _literals(call.args[0]) if call.args else ():
        if name in CALLED:
            found.keys.setdefault(key, where)
            found.given.append((key, values, where))
        elif name == "Refused":
            found.refusals.append((key, values, where))


def _literals(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _literals(argument.body)
        yield from _literals(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
