"""Reads topics and their checkpoints."""

from pathlib import Path

from bot.content.notation import read_code
from bot.content.problems import Notes
from bot.content.tree import Entry, mapping
from drills.questions import Checkpoint, Topic

FILE = "topics.yaml"
MATERIAL_LINES, MATERIAL_WIDTH = 3, 40


class Topics:
    """Topics and checkpoints by code, with the entries that know their lines."""

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}
        self.checkpoints: dict[str, Checkpoint] = {}
        self.entries: dict[str, Entry] = {}


def read_topics(folder: Path, notes: Notes) -> Topics:
    """Everything of topics.yaml that could be read."""
    read = Topics()
    root = mapping(folder, FILE, notes)
    for entry in root.entries("topics") if root else []:
        topic = Topic(code=read_code(entry), name=entry.text("name"), scripts=entry.flag("scripts", needed=False))
        if topic.code and _fresh(read, entry, topic.code):
            read.topics[topic.code] = topic
        for inner in entry.entries("checkpoints"):
            _checkpoint(read, inner, topic.code)
        entry.finish()
    if root:
        root.finish()
    return read


def _fresh(read: Topics, entry: Entry, code: str) -> bool:
    other = read.entries.setdefault(code, entry)
    if other is not entry:
        entry.note("duplicate-code", "code", code=code, other=f"{other.file}:{other.line}")
    return other is entry


def _checkpoint(read: Topics, entry: Entry, topic: str) -> None:
    checkpoint = Checkpoint(
        code=read_code(entry),
        name=entry.text("name"),
        topic=topic,
        critical=entry.flag("critical", needed=False),
        because=entry.text("because", needed=False),
        material=entry.texts("material"),
    )
    code, longest = checkpoint.code, max(map(len, checkpoint.material), default=0)
    if checkpoint.critical and not checkpoint.because:
        entry.note("no-because", "critical", code=code)
    if len(checkpoint.material) > MATERIAL_LINES or longest > MATERIAL_WIDTH:
        entry.note("long-material", "material", count=len(checkpoint.material), longest=longest)
    if code and topic and not code.startswith(f"{topic}."):
        entry.note("foreign-checkpoint", "code", code=code, topic=topic)
    entry.finish()
    if code and _fresh(read, entry, code):
        read.checkpoints[code] = checkpoint
