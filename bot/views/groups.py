"""What a branch's group reads, and what is said about it. Never a question, never a name beside a fault."""

from collections.abc import Sequence
from datetime import time
from itertools import groupby

from bot.chat.message import ADD_TO_GROUP, PRIVATE_CHAT, Button, Message
from bot.chat.words import Words
from bot.views.boards import Board
from bot.views.text import clock, listed, long_day


def hello(words: Words) -> Message:
    """We have just been added: who it is for, and how the group becomes a branch's."""
    return Message(title=words("group.hello"), body=words("group.hello_body"))


def back(words: Words, unit: str) -> Message:
    """We are in the group again, and it is still linked."""
    return Message(body=words("group.back", unit=unit))


def explain(words: Words, linked: Sequence[tuple[str, str, bool]]) -> Message:
    """In the private chat: how a group is linked, and which are (branch, title, whether we can write there)."""
    rows = [
        (unit, (title or words("group.linked_row")) if is_open else words("group.lost_row"))
        for unit, title, is_open in linked
    ]
    button = Button(words("group.add"), url=ADD_TO_GROUP)
    body = "\n".join((words("group.explain_body"), words("group.explain_wecom"), words("group.explain_telegram")))
    return Message(title=words("group.explain"), body=body, rows=tuple(rows), buttons=((button,),))


def linked(words: Words, *, unit: str, push: time, closes: time) -> Message:
    """The group is the branch's from now on: what comes here, and what never does."""
    body = words("group.linked_body", push=clock(push), closes=clock(closes))
    return Message(title=words("group.linked", unit=unit), body=body, note=words("group.linked_note"))


def linked_already(words: Words, unit: str) -> Message:
    """It was the branch's already."""
    return Message(body=words("group.already", unit=unit))


def choose(words: Words, branches: Sequence[tuple[str, int]], asker: int) -> Message:
    """Which branch is meant; only who asked may say."""
    buttons = [Button(name, f"grl:{unit}:{asker}") for name, unit in branches]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Message(body=words("group.choose"), buttons=rows)


def name_it(words: Words, wanted: str) -> Message:
    """Too many branches for buttons, or none of that name."""
    return Message(body=words("group.not_found", name=wanted) if wanted else words("group.too_many"))


def instead(words: Words, *, unit: str, unit_id: int, asker: int, title: str = "", other: str = "") -> Message:
    """The branch has another group (called `title`), or the group is another branch's (`other`): ask first."""
    if other:
        body = words("group.instead_of_branch", unit=unit, other=other)
    elif title:
        body = words("group.instead_of_group", unit=unit, title=title)
    else:
        body = words("group.instead", unit=unit)
    return Message(body=body, buttons=((Button(words("group.move"), f"grm:{unit_id}:{asker}"),),))


def left(words: Words, unit: str) -> Message:
    """To the group a branch had before."""
    return Message(body=words("group.left", unit=unit))


def unlinked(words: Words, unit: str) -> Message:
    """The group is no branch's any more."""
    return Message(body=words("group.unlinked", unit=unit))


def not_linked(words: Words) -> Message:
    """The group is no branch's."""
    return Message(body=words("group.not_linked"))


def in_private(words: Words) -> Message:
    """What is one's own is said in the private chat only."""
    return Message(body=words("group.in_private"), buttons=_to_private(words))


def posts(words: Words, *, unit: str, closes: time) -> Message:
    """The branch has a WeCom group by its webhook now."""
    return Message(title=words("group.posts", unit=unit), body=words("group.posts_body", closes=clock(closes)))


def greeting(words: Words, *, unit: str, closes: time) -> Message:
    """The first words in such a group."""
    return Message(title=words("group.hello"), body=words("group.greeting", unit=unit, closes=clock(closes)))


def name_beside(words: Words, wanted: str) -> Message:
    """Whoever leads several branches says beside the address which one is meant."""
    return Message(body=words("group.not_found_beside", name=wanted) if wanted else words("group.name_beside"))


def stranger(words: Words) -> Message:
    """Somebody we don't know wants to link the group."""
    return Message(body=words("group.stranger"), buttons=_to_private(words))


def as_yourself(words: Words) -> Message:
    """Somebody writes in the group's own name: we can't know who that is."""
    return Message(body=words("group.as_yourself"))


def live(words: Words, *, finished: int, of: int, closes: time) -> Message:
    """How many have finished so far; the same message all morning."""
    count = words("group.live", finished=finished, of=of)
    key = "group.live_all" if finished >= of else "group.live_body"
    return Message(title=count, body=words(key, closes=clock(closes)), buttons=_to_private(words))


def board(words: Words, values: Board) -> Message:
    """The branch's day: together, and who did best. No figure stands beside a name."""
    rows = [(words("board.participation"), f"{values.answered}/{values.expected}")]
    if values.asked:
        rows.append((words("board.correct"), f"{values.right}/{values.asked}"))
    for place, tied in groupby(values.top, key=lambda t: t.place):
        rows.append((words("board.top", place=place), listed(words, [t.name for t in tied])))
    title = words("board.title", unit=values.unit, day=long_day(words, values.day))
    body = "" if values.asked else words("group.nobody")
    return Message(title=title, body=body, rows=tuple(rows), note=words("group.own"), buttons=_to_private(words))


def lost(words: Words, *, unit: str, title: str, by_webhook: bool = False) -> Message:
    """To those who lead the branch, once: nothing can be said in its group any more."""
    body = words("group.lost_where", title=title) if title else words("group.lost_body")
    mend = words("group.lost_posts" if by_webhook else "group.lost_mend")
    return Message(title=words("group.lost", unit=unit), body=f"{body}{mend}")


def _to_private(words: Words) -> tuple[tuple[Button, ...], ...]:
    return ((Button(words("group.private"), url=PRIVATE_CHAT),),)
