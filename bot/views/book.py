"""The wrong-answer book."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.message import Button, Message
from bot.chat.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One entry: the question, what is right, and, while its mark may be appealed, its slot."""

    stem: str
    right: str
    may: int | None = None


def book(words: Words, faults: Sequence[Fault], *, total: int) -> Message:
    """The newest faults that have not been answered right since."""
    if not faults:
        return Message(title=words("book.none"), body=words("book.none_body"))
    entries = [f"{n}. {f.stem}\n{words('book.right', right=f.right)}" for n, f in enumerate(faults, 1)]
    note = words("book.shown", n=len(faults)) if total > len(faults) else ""
    practise = Button(words("book.practise"), "pr")
    appeals = tuple(Button(words("appeal.nth", n=n), f"ap:a:{f.may}") for n, f in enumerate(faults, 1) if f.may)
    buttons = tuple(row for row in ((practise,), appeals) if row)
    return Message(title=words("book.title", n=total), body="\n".join(entries), note=note, buttons=buttons)
