"""Appeals by chat: making one, judging one."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, long_number, number, one_of
from bot.services import appealing, ruling
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from drills.appeals import Because, Ground, Outcome
from drills.people import Act
from drills.refused import Refused


def _against(args: Words) -> tuple[str, int]:
    if not args:
        raise Refused("unknown")
    return args[0], long_number(args[1:])


def _make(turn: Turn, who: Caller, args: Words) -> Reply:
    ground = one_of(Ground, args, 2)
    if ground in {None, Ground.WORDS}:
        raise Refused("unknown")
    return appealing.make(turn, who, *_against(args), ground or Ground.WORDS)


def _keep(turn: Turn, who: Caller, args: Words) -> Reply:
    why = one_of(Because, args, 1)
    if why in {None, Because.WORDS}:
        raise Refused("unknown")
    return ruling.judge(turn, who, number(args), Outcome.KEPT, why or "")


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "apm": _make,
    "apo": lambda turn, who, args: appealing.write(turn, who, *_against(args)),
    "apb": lambda turn, who, args: appealing.take_back(turn, who, number(args)),
    "aju": lambda turn, who, args: ruling.judge(turn, who, number(args), Outcome.UPHELD),
    "ajs": lambda turn, who, args: ruling.judge(turn, who, number(args), Outcome.STRUCK),
    "ajn": _keep,
    "ajo": lambda turn, who, args: ruling.write(turn, who, number(args)),
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "ap": lambda turn, who, args: appealing.offer(turn, who, *_against(args)),
    "aj": lambda turn, who, args: ruling.show(turn, who, number(args)),
    "ajk": lambda turn, who, args: ruling.why_kept(turn, who, number(args)),
}

AWAITED: dict[str, Callable[[Turn, Caller, Words, str], Reply]] = {
    appealing.WRITE: lambda turn, who, args, text: appealing.make(turn, who, *_against(args), Ground.WORDS, text),
    ruling.WRITE: lambda turn, who, args, text: ruling.judge(
        turn, who, number(args), Outcome.KEPT, Because.WORDS, text
    ),
}

COMMANDS: tuple[Command, ...] = (Command("appeal", Act.APPEAL, appealing.home),)
