"""One's own leave and language, and the trainer's page on one person, by chat."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, day_of, number
from bot.services import leave, own, person
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from drills.leave import Kind
from drills.people import Act
from drills.refused import Refused

KINDS = {kind[0]: kind for kind in Kind}
"""Why somebody is off, as a button carries it."""


def _kind(args: Words, i: int) -> Kind:
    """Raises Refused for none of ours; a button of an earlier version carried none, and meant leave."""
    said = args[i] if len(args) > i else Kind.LEAVE[0]
    if said not in KINDS:
        raise Refused("unknown")
    return KINDS[said]


def _ask(turn: Turn, who: Caller, args: Words) -> Reply:
    day = day_of(args, 0)
    return leave.ask(turn, who, day, day, _kind(args, 1))


def _enter(turn: Turn, who: Caller, args: Words) -> Reply:
    return person.enter_leave(turn, who, number(args), day_of(args, 1), _kind(args, 2))


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "lv": _ask,
    "lg": lambda turn, who, args: leave.decide(turn, who, number(args), granted=True),
    "lr": lambda turn, who, args: leave.decide(turn, who, number(args), granted=False),
    "lx": lambda turn, who, args: person.take_back(turn, who, number(args)),
    "pl": lambda turn, who, args: leave.offer_for(turn, who, number(args)),
    "ple": _enter,
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "pe": lambda turn, who, args: person.page(turn, who, number(args)),
    "pp": lambda turn, who, args: person.whom(turn, who, number(args)),
}

AWAITED: dict[str, Callable[[Turn, Caller, Words, str], Reply]] = {
    leave.ASK: lambda turn, who, _args, text: leave.ask_in_words(turn, who, text),
    leave.ENTER: lambda turn, who, args, text: person.enter_in_words(turn, who, number(args), text),
}

COMMANDS: tuple[Command, ...] = (
    Command("person", Act.SEE_PERSON, person.home, person.called),
    Command("language", Act.SET_OWN, own.language),
)
