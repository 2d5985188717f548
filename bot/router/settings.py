"""The day's settings by chat: what a unit sets for itself, days without a drill, who leads the meeting, a test."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, day_of, number
from bot.services import calling_off, hosting, setting
from bot.services.caller import Caller
from bot.store.closings import Kind
from bot.store.turn import Reader, Turn
from drills.people import Act
from drills.refused import Refused
from drills.settings import Name

KINDS: dict[str, Kind] = {"n": "no-drill", "c": "closed"}


def _word(args: Words, i: int) -> str:
    return args[i] if len(args) > i else ""


def _change(turn: Turn, who: Caller, args: Words) -> Reply:
    """A value as a button carries it: a time without its colon, because colons part the arguments."""
    if len(args) < len(("unit", "name", "value")):
        raise Refused("unknown")
    unit_id, name, value = number(args), args[1], args[2]
    if name not in set(Name):
        raise Refused("unknown")
    return setting.change(turn, who, unit_id, name, value)


def _close(turn: Turn, who: Caller, args: Words) -> Reply:
    unit_id, day, kind = number(args), day_of(args, 1), KINDS.get(_word(args, 2))
    if kind is None:
        raise Refused("unknown")
    return calling_off.close(turn, who, unit_id, day, kind=kind)


def _name_host(turn: Turn, who: Caller, args: Words) -> Reply:
    return hosting.name(turn, who, number(args), day_of(args, 1), number(args[2:]))


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "stv": _change,
    "stw": lambda turn, who, args: setting.write(turn, who, number(args), _word(args, 1)),
    "stt": lambda turn, who, args: setting.try_out(turn, who, number(args)),
    "clq": lambda turn, who, args: calling_off.ask(turn, who, number(args), day_of(args, 1)),
    "clw": lambda turn, who, args: calling_off.write(turn, who, number(args)),
    "cln": _close,
    "clx": lambda turn, who, args: calling_off.lift(turn, who, number(args), day_of(args, 1)),
    "hos": _name_host,
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "st": lambda turn, who, args: setting.show(turn, who, number(args)),
    "stn": lambda turn, who, args: setting.choose(turn, who, number(args), _word(args, 1)),
    "stu": lambda turn, who, args: setting.below(turn, who, number(args)),
    "stb": lambda _turn, who, _args: Reply(toast=who.words("test.button_works")),
    "cl": lambda turn, who, args: calling_off.show(turn, who, number(args)),
    "ho": lambda turn, who, args: hosting.show(turn, who, number(args)),
    "hod": lambda turn, who, args: hosting.choose(turn, who, number(args), day_of(args, 1)),
}

AWAITED: dict[str, Callable[[Turn, Caller, Words, str], Reply]] = {
    "stw": lambda turn, who, args, text: setting.change(turn, who, number(args), _word(args, 1), text),
    "clw": lambda turn, who, args, text: calling_off.written(turn, who, number(args), text),
    "clq": lambda turn, who, args, text: calling_off.with_reason(turn, who, number(args), day_of(args, 1), text),
}

COMMANDS: tuple[Command, ...] = (
    Command("settings", Act.SET_DAY, setting.home),
    Command("host", Act.HOST, hosting.home),
)
