"""What an evening begins with and leaves behind, by chat: findings, recordings, judging."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, day_of, number
from bot.services import finding, judging, recording
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from drills.cases import Event
from drills.findings import Seen
from drills.people import Act
from drills.recordings import Part
from drills.refused import Refused


def _word(args: Words, i: int) -> str:
    if len(args) <= i or not args[i]:
        raise Refused("unknown")
    return args[i]


def _seen(args: Words, i: int) -> Seen:
    if _word(args, i) not in set(Seen):
        raise Refused("unknown")
    return Seen(args[i])


def _part(args: Words, i: int) -> Part:
    if _word(args, i) not in set(Part):
        raise Refused("unknown")
    return Part(args[i])


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "fd": lambda turn, who, args: finding.enter(
        turn, who, number(args), number(args[1:]), _word(args, 3), _seen(args, 2)
    ),
    "rcp": lambda turn, who, args: recording.cameras(turn, who, number(args), day_of(args, 1), _part(args, 2)),
    "rcn": lambda turn, who, args: recording.note(
        turn, who, number(args), day_of(args, 1), _part(args, 2), number(args[3:]), _word(args, 4)
    ),
    "jp": lambda turn, who, args: judging.judge(turn, who, number(args), Event.PASS),
    "jf": lambda turn, who, args: judging.judge(turn, who, number(args), Event.FAIL),
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "fdb": lambda turn, who, args: finding.at_branch(turn, who, number(args)),
    "fdp": lambda turn, who, args: finding.topics(turn, who, number(args), number(args[1:])),
    "fdt": lambda turn, who, args: finding.checkpoints(turn, who, number(args), number(args[1:]), _word(args, 2)),
    "fdc": lambda turn, who, args: finding.seen(turn, who, number(args), number(args[1:]), _word(args, 2)),
    "rcs": lambda turn, who, args: recording.show(turn, who, number(args), day_of(args, 1)),
    "rcc": lambda turn, who, args: recording.spans(
        turn, who, number(args), day_of(args, 1), _part(args, 2), number(args[3:])
    ),
}

AWAITED: dict[str, Callable[[Turn, Caller, Words, str], Reply]] = {
    recording.WRITE: lambda turn, who, args, text: recording.written(
        turn, who, number(args), day_of(args, 1), _part(args, 2), text
    ),
}

COMMANDS: tuple[Command, ...] = (
    Command("finding", Act.ENTER_FINDING, finding.home),
    Command("recordings", Act.SEE_RECORDINGS, recording.home),
)
