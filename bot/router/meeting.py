"""The meeting by chat. A button that goes on names the stage it leaves: pressed twice, it takes one step."""

from collections.abc import Callable

from bot.chat.message import Reply
from bot.router.verbs import Command, Words, long_number, number
from bot.services import meeting, minutes, run_sheet
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from drills.people import Act


def _word(args: Words, i: int) -> str:
    return args[i] if len(args) > i else ""


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "mtb": lambda turn, who, args: meeting.begin(turn, who, number(args)),
    "mtn": lambda turn, who, args: meeting.step(turn, who, long_number(args), _word(args, 1)),
    "mtp": lambda turn, who, args: meeting.step(turn, who, long_number(args), _word(args, 1), back=True),
    "mtr": lambda turn, who, args: meeting.mark(turn, who, long_number(args), number(args[1:]), _word(args, 2)),
    "mta": lambda turn, who, args: meeting.rest_here(turn, who, long_number(args)),
    "mtd": lambda turn, who, args: meeting.reviewed(turn, who, long_number(args)),
    "mts": lambda turn, who, args: meeting.ask(turn, who, long_number(args)),
    "mtv": lambda turn, who, args: meeting.reveal(turn, who, long_number(args)),
    "mte": lambda turn, who, args: meeting.end(turn, who, long_number(args)),
    "rsm": lambda turn, who, args: run_sheet.last(turn, who, number(args), _word(args, 1), number(args[2:])),
    "rsp": lambda turn, who, args: run_sheet.place(turn, who, number(args), _word(args, 1), number(args[2:])),
    "rsu": lambda turn, who, args: run_sheet.usual(turn, who, number(args)),
}

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "mt": lambda turn, who, args: meeting.show(turn, who, number(args)),
    "mth": lambda turn, who, args: minutes.earlier(turn, who, number(args), number(args[1:])),
    "rs": lambda turn, who, args: run_sheet.show(turn, who, number(args)),
    "rss": lambda turn, who, args: run_sheet.show_stage(turn, who, number(args), _word(args, 1)),
    "mtq": lambda turn, who, args: meeting.sure(turn, who, long_number(args)),
}

COMMANDS: tuple[Command, ...] = (Command("meeting", Act.HOST, meeting.home, today=meeting.named_today),)
