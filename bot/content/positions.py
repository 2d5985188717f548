"""Reads what the positions (职务) of WeCom's contacts mean: each post with the words a bank has for it."""

from pathlib import Path

from bot.content.problems import Notes
from bot.content.tree import mapping
from drills.contacts import plain
from drills.people import Post

FILE = "positions.yaml"


def read_positions(folder: Path, notes: Notes) -> dict[str, Post]:
    """Position → post, from positions.yaml; nothing where a folder has none."""
    root = mapping(folder, FILE, notes) if (folder / FILE).exists() else None
    found: dict[str, Post] = {}
    for post in Post if root else ():
        for position in root.texts(post, needed=False) if root else ():
            if found.setdefault(plain(position), post) != post and root:
                root.note("position-twice", post, position=position)
    if root:
        root.finish()
    return found
