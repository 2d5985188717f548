import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.views.spoken import ROOT, files

REASONS = {
    "drills/numerals.py": "reads Chinese numerals",
    "drills/letters.py": "reads 对 and 错 as people write them",
    "drills/leave.py": "reads dates as people write them",
    "drills/recordings.py": "reads times as people write them",
    "drills/settings.py": "reads times, on and off, and days as people write them",
    "bot/content/sentences.py": "the sentences of `chenlian check`, both languages side by side",
    "bot/content/scene_sentences.py": "the same of scenes",
    "bot/content/notation.py": "knows how a Chinese sentence ends",
    "bot/content/fees.py": "the placeholder 金额 of a question's stem",
    "bot/content/questions.py": "the unit 元; what a part of a question is called in both languages; lists of codes",
    "bot/content/scenes.py": "what a part of a scene is called in both languages",
    "bot/content/tree.py": "a hint in both languages; lists of codes",
    "bot/content/policy.py": "lists of codes",
    "bot/content/loading.py": "lists of codes",
    "bot/sheets/sentences.py": "what is said of a sheet, both languages side by side",
    "bot/sheets/headings.py": "knows what people call the columns of a staff list",
    "bot/wecom/markdown.py": "twins of full width for what would mark up",
    "bot/config.py": "the names of fields in WeCom's console, which has them in Chinese only",
    "bot/wecom/socket.py": "the name of a switch in WeCom, which has it in Chinese only",
    "bot/wecom/fit.py": "knows how a Chinese sentence ends",
    "bot/sheets/marks.py": "reads days and marks as people write them into a rota",
    "bot/cli/commands.py": "the command line greets in both languages",
    "bot/cli/roster.py": "an example names a branch as a bank would",
    "bot/cli/first.py": "the names of fields in WeCom's console, which has them in Chinese only",
    "bot/cli/branch.py": "examples name a branch as a bank would",
    "bot/services/own.py": "joins options with 、; to be mended with quiz.key_text",
    "bot/rehearsal/town.py": "a made-up bank has names",
    "bot/rehearsal/demo.py": "the made-up bank of the demo has names",
}
"""A sentence a person reads belongs into the catalogue. These know Chinese for another reason."""
BLANK = "\u3000"  # the wide blank between a label and its value is layout


def chinese(path: Path) -> Iterator[str]:
    """Literals that hold Han characters or full-width punctuation; docstrings do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value.replace(BLANK, "")
            if any("\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uffef" for c in text):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"


@pytest.mark.parametrize("room", ["bot", "drills"])
def test_what_a_person_reads_is_in_the_catalogue(room: str) -> None:
    found = [line for path in files(room) if str(path.relative_to(ROOT)) not in REASONS for line in chinese(path)]
    assert not found


def test_every_exception_is_still_there() -> None:
    assert [path for path in REASONS if not (ROOT / path).exists()] == []
