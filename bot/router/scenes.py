"""Scenes by chat: which one, who acts, plays and marks, and the ticks of whoever marks."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, long_number, number, options
from bot.services import acting, observing
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from drills.people import Act
from drills.refused import Refused


def _code(args: Words, i: int) -> str:
    if len(args) <= i:
        raise Refused("unknown")
    return args[i]


def _begin(turn: Turn, who: Caller, args: Words) -> Reply:
    cast = acting.Cast(number(args[1:]), number(args[2:]), number(args[3:]))
    return acting.start(turn, who, _code(args, 0), cast)


def _ticked(args: Words) -> frozenset[int]:
    """The places ticked; what no rubric has counts for nothing."""
    return frozenset(i for i in options(args) if i >= 0)


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "scb": _begin,
    "scr": lambda turn, who, args: acting.at_random(turn, who, number(args), _code(args, 1)),
    "scm": lambda turn, who, args: observing.mark(turn, who, long_number(args), _ticked(args), _ticked(args[1:])),
    "sce": lambda turn, who, args: acting.tonight(turn, who, number(args), number(args[1:])),
    "sca": lambda turn, who, args: observing.again(turn, who, long_number(args)),
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "sc": lambda turn, who, args: acting.choose(turn, who, number(args)),
    "scw": lambda turn, who, args: acting.who_acts(turn, who, number(args), _code(args, 1)),
    "scx": lambda turn, who, args: acting.who_plays(turn, who, _code(args, 0), number(args[1:])),
    "scy": lambda turn, who, args: acting.who_marks(turn, who, _code(args, 0), number(args[1:]), number(args[2:])),
    "sct": lambda turn, who, args: observing.rubric(turn, who, long_number(args), _ticked(args)),
    "sco": lambda turn, who, args: observing.forbidden(turn, who, long_number(args), _ticked(args), None),
    "scg": lambda turn, who, args: observing.forbidden(
        turn, who, long_number(args), _ticked(args), _ticked(args[1:]) or None
    ),
}

COMMANDS: tuple[Command, ...] = (Command("scene", Act.PLAY, acting.home),)
