"""What a branch's group reads, moment by moment, and what is said about it in private."""

from dataclasses import replace
from datetime import time

from bot.chat.message import Message
from bot.chat.words import Words
from bot.views import groups
from tests.views.leader_moments import TOP, board_values
from tests.views.staff_moments import Moment

UNIT, TITLE = "城东支行", "城东支行晨会群"
PUSH, CLOSES = time(8, 3), time(8, 45)
BOARD = board_values(TOP, None)


def _refused(words: Words, why: str) -> Message:
    return Message(body=words(f"refused.{why}"))


GROUPS: dict[str, Moment] = {
    "group, hello": groups.hello,
    "group, back": lambda w: groups.back(w, UNIT),
    "group, how to link it": lambda w: groups.explain(w, ()),
    "group, how to link it, linked": lambda w: groups.explain(w, [(UNIT, TITLE, True), ("城西支行", "", True)]),
    "group, how to link it, lost": lambda w: groups.explain(w, [(UNIT, TITLE, False)]),
    "group, linked": lambda w: groups.linked(w, unit=UNIT, push=PUSH, closes=CLOSES),
    "group, linked already": lambda w: groups.linked_already(w, UNIT),
    "group, which branch": lambda w: groups.choose(w, [(UNIT, 6), ("城西支行", 7), ("城南支行", 8)], 3),
    "group, too many branches": lambda w: groups.name_it(w, ""),
    "group, no such branch": lambda w: groups.name_it(w, "城北"),
    "group, another one": lambda w: groups.instead(w, unit=UNIT, unit_id=6, asker=3),
    "group, another one with a name": lambda w: groups.instead(w, unit=UNIT, unit_id=6, asker=3, title=TITLE),
    "group, another branch's": lambda w: groups.instead(w, unit=UNIT, unit_id=6, asker=3, other="城西支行"),
    "group, left": lambda w: groups.left(w, UNIT),
    "group, unlinked": lambda w: groups.unlinked(w, UNIT),
    "group, not linked": groups.not_linked,
    "group, no right": lambda w: _refused(w, "link-no-right"),
    "group, others'": lambda w: _refused(w, "link-others"),
    "group, not the one who asked": lambda w: _refused(w, "link-asker"),
    "group, a personal command": groups.in_private,
    "group, a stranger": groups.stranger,
    "group, anonymous": groups.as_yourself,
    "group, count": lambda w: groups.live(w, finished=7, of=12, closes=CLOSES),
    "group, count, all": lambda w: groups.live(w, finished=12, of=12, closes=CLOSES),
    "group, board": lambda w: groups.board(w, BOARD),
    "group, board, nobody": lambda w: groups.board(w, replace(BOARD, answered=0, right=0, asked=0, top=())),
    "group, by its webhook": lambda w: groups.posts(w, unit=UNIT, closes=CLOSES),
    "group, by its webhook, hello": lambda w: groups.greeting(w, unit=UNIT, closes=CLOSES),
    "group, by its webhook, too many branches": lambda w: groups.name_beside(w, ""),
    "group, by its webhook, no such branch": lambda w: groups.name_beside(w, "城北"),
    "group lost, by its webhook": lambda w: groups.lost(w, unit=UNIT, title="", by_webhook=True),
    "group lost": lambda w: groups.lost(w, unit=UNIT, title=TITLE),
    "group lost, nameless": lambda w: groups.lost(w, unit=UNIT, title=""),
}
