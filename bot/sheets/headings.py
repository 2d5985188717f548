"""The columns of a staff list, what people call them, and the words that stand in them."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, TypeVar
from unicodedata import normalize

from drills.people import Post, Role

T = TypeVar("T", bound=str)

COLUMNS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "name": ("姓名", "name", ("员工姓名", "名字", "staff name", "full name")),
    "number": ("工号", "staff number", ("员工号", "员工编号", "人员编号", "柜员号", "staff no", "staff no.", "number")),
    "post": ("岗位", "post", ("岗位名称", "职务", "岗位类别", "position")),
    "unit": ("网点", "branch", ("支行", "网点名称", "支行名称", "所属网点", "所属机构", "机构", "单位", "unit")),
    "roles": ("角色", "role", ("权限", "系统角色", "roles")),
    "above": ("上级单位", "above", ("上级", "上级机构", "上级行", "机构路径", "单位路径", "path", "parent")),
}
"""Field → the heading in Chinese, in English, and what else it may be called."""

ROTA: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "from": (
        "开始日期",
        "from",
        ("从", "起", "自", "开始", "起始日期", "开始时间", "日期", "start", "start date", "date"),
    ),
    "to": (
        "结束日期",
        "to",
        ("到", "至", "止", "结束", "截止日期", "结束时间", "终止日期", "end", "until", "end date"),
    ),
    "kind": ("类型", "kind", ("种类", "假别", "请假类型", "假期类型", "类别", "type")),
}
"""The same for a list of leave and shifts, which names people by the columns above."""

REQUIRED: Final = ("name", "number", "post")
USUAL: Final = (*REQUIRED, "unit", "roles")
"""What a list has; without the fourth it is one branch's, without the fifth all are staff."""

POSTS: Final[Mapping[Post, tuple[str, str, tuple[str, ...]]]] = {
    Post.TELLER: ("柜员", "teller", ("综合柜员", "高柜柜员", "低柜柜员")),
    Post.LOBBY: ("大堂经理", "lobby manager", ("大堂", "lobby")),
    Post.GUARD: ("保安", "guard", ("保安员",)),
}
ROLES: Final[Mapping[Role, tuple[str, str, tuple[str, ...]]]] = {
    Role.STAFF: ("员工", "staff", ()),
    Role.TRAINER: ("培训师", "trainer", ("内训师",)),
    Role.MANAGER: ("负责人", "manager", ("网点负责人", "支行长", "网点主任")),
    Role.ADMIN: ("管理员", "admin", ("系统管理员",)),
    Role.INSPECTOR: ("检查员", "inspector", ()),
}

_OTHERS = {"序号", "网址"}
"""Headings of other columns that look like misspelt ones of ours."""
_ASIDE = re.compile(r"\(.*?\)|[*:]")
_ALIKE = 0.75
"""So alike are two words, of 1, that one may be meant for the other."""
_SPLIT = re.compile(r"[、,;/\n]")  # normalize() has made full-width marks narrow


def plain(text: str) -> str:
    """Letters as they are meant: narrow, lower, without blanks at the ends."""
    return " ".join(normalize("NFKC", text).casefold().split())


def _index(table: Mapping[T, tuple[str, str, tuple[str, ...]]]) -> dict[str, T]:
    return {plain(word): key for key, (zh, en, more) in table.items() for word in (zh, en, *more)}


_FIELDS, _POSTS, _ROLES, _ROTA = _index(COLUMNS), _index(POSTS), _index(ROLES), _index(ROTA)


def field_of(text: str) -> str | None:
    """The field a heading means; blanks, stars and what is in brackets do not matter."""
    bare = plain(_ASIDE.sub("", plain(text)))
    return _FIELDS.get(bare) or _FIELDS.get(bare.replace(" ", ""))


def rota_field_of(text: str) -> str | None:
    """The field a heading of a list of leave means."""
    return _ROTA.get(plain(_ASIDE.sub("", plain(text)))) or field_of(text)


def heading(field: str, language: str) -> str:
    """A column's heading; a day's is as it stands in the file, and nothing for no column."""
    words = COLUMNS.get(field) or ROTA.get(field)
    return _word(words, language) if words else field


def field_near(text: str) -> str | None:
    """The field a heading that means none may have meant."""
    bare = plain(_ASIDE.sub("", plain(text)))
    return None if field_of(text) or bare in _OTHERS else _near(bare, _FIELDS)


def word_near(field: str, text: str, language: str) -> str:
    """The post or role that somebody may have meant; nothing where that is anybody's guess."""
    if field == "post":
        post = _near(plain(text), _POSTS)
        return _word(POSTS[post], language) if post else ""
    role = _near(plain(text), _ROLES)
    return _word(ROLES[role], language) if role else ""


def _near(text: str, known: Mapping[str, T]) -> T | None:
    """By one wrong character in a word as long as that, or a few in a longer one. What is there in full with more
    beside it, such as 柜员A, needs no guess."""
    for word, meant in known.items():
        if len(word) == len(text) and sum(a != b for a, b in zip(word, text, strict=True)) == 1:
            return meant
    found = [word for word in get_close_matches(text, known, n=1, cutoff=_ALIKE) if word not in text]
    return known[found[0]] if found else None


def post_of(text: str) -> Post | None:
    """The post somebody wrote."""
    return _POSTS.get(plain(text))


def roles_of(text: str) -> tuple[frozenset[Role], tuple[str, ...]]:
    """The roles somebody wrote, and the words that are none."""
    parts = [part for part in map(plain, _SPLIT.split(normalize("NFKC", text))) if part]
    known = frozenset(_ROLES[part] for part in parts if part in _ROLES)
    return known, tuple(part for part in parts if part not in _ROLES)


def post_word(post: str, language: str) -> str:
    """How a post is written; nothing for none."""
    return _word(POSTS[Post(post)], language) if post else ""


def role_words(roles: frozenset[Role], language: str) -> str:
    """How roles are written, in the table's order."""
    return ("," if language == "en" else "、").join(_word(ROLES[role], language) for role in ROLES if role in roles)


def choices(field: str, language: str) -> str:
    """What may stand in a column."""
    words = [_word(each, language) for each in (POSTS.values() if field == "post" else ROLES.values())]
    return " / ".join(words)


def _word(words: tuple[str, str, tuple[str, ...]], language: str) -> str:
    return words[1] if language == "en" else words[0]
