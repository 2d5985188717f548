"""A verb and its arguments as a button carries them, read with mistrust; and what a command is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.chat.message import Reply
from bot.services.caller import Caller
from bot.store.turn import Reader
from drills.people import Act
from drills.refused import Refused
from drills.sitting import COUNTED, Kind

Words = Sequence[str]
"""The arguments of a verb, as the button carried them: parted by colons, and never to be trusted."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command in the chat, which is also a button: who may use it, and how it is done; `find` takes what is written
    behind it. `today` tells who else may use it just now, without a role."""

    name: str
    act: Act
    run: Callable[[Reader, Caller], Reply]
    find: Callable[[Reader, Caller, str], Reply] | None = None
    today: Callable[[Reader, Caller], bool] | None = None


LONGEST_ID = 19  # digits of a 64-bit id


def number(args: Words, largest: int = 2**31 - 1) -> int:
    """The id a button carries. Raises Refused("unknown") for what no row of ours could have."""
    text = args[0] if args else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID and int(text) <= largest):
        raise Refused("unknown")
    return int(text)


def long_number(args: Words) -> int:
    """The id of a sitting or a slot: of those there are more."""
    return number(args, 2**63 - 1)


def day_of(args: Words, i: int) -> date:
    try:
        return datetime.strptime(args[i], "%Y%m%d").date()  # noqa: DTZ007 -- a day, not an instant
    except (IndexError, ValueError):
        raise Refused("unknown") from None


def counted_kind(args: Words, i: int) -> Kind:
    """The day's own sitting, or its make-up: of the other kinds there may be several a day."""
    kind = next((each for each in sorted(COUNTED) if each == args[i]), None) if len(args) > i else None
    if kind is None:
        raise Refused("unknown")
    return kind


def maybe_day(args: Words) -> date | None:
    return day_of(args, 1) if len(args) > 1 else None


Letter = TypeVar("Letter", bound=StrEnum)


def one_of(kind: type[Letter], args: Words, i: int) -> Letter | None:
    """What a button means by a letter; None where it says nothing. Raises Refused("unknown") for another letter."""
    if len(args) <= i:
        return None
    try:
        return kind(args[i])
    except ValueError:
        raise Refused("unknown") from None


def options(args: Words) -> frozenset[int]:
    chosen = args[1] if len(args) > 1 else ""
    try:
        return frozenset(int(part) for part in chosen.split(",") if part)
    except ValueError:
        raise Refused("unknown") from None
