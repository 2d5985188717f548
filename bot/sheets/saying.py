"""People of a staff list in a few words: who somebody is, and what of them changes."""

from bot.sheets.headings import heading, post_word, role_words
from bot.sheets.problems import told
from drills.roster import Entry, Move

_COLUMN = {"number": "number", "name": "name", "post": "post", "place": "unit", "roles": "roles"}


def who(entry: Entry, language: str) -> str:
    """1001 · 王芳 · 城东支行 · 柜员 · 员工."""
    words = (entry.number, entry.name, *(_value(entry, f, language) for f in ("place", "post", "roles")))
    return " · ".join(word for word in words if word)


def difference(move: Move, language: str) -> str:
    """岗位 柜员 → 大堂经理 · 角色 员工 → 员工、培训师."""
    none = told("plan", "none", language)
    return " · ".join(
        f"{heading(_COLUMN[f], language)} {_value(move.before, f, language) or none}"
        f" → {_value(move.after, f, language) or none}"
        for f in move.differs
    )


def _value(entry: Entry, field: str, language: str) -> str:
    if field == "post":
        return post_word(entry.post, language)
    if field == "roles":
        return role_words(entry.roles, language)
    return entry.place[-1] if field == "place" else entry.name
