"""The one list of what can be tapped and typed: a verb, what it does, and whether anything changes by it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.incoming import Incoming, Tap
from bot.chat.message import Message, Reply
from bot.chat.words import Words as Catalogue
from bot.router import appeals, files, meeting, people, proofs, scenes, settings, training
from bot.router.verbs import Command, Words, counted_kind, day_of, long_number, maybe_day, number, one_of, options
from bot.services import answering, deciding, exporting, leading, leave, linking, managing, own, retrying, reviewing
from bot.services.caller import Caller
from bot.store.turn import Reader, Turn
from bot.views import people as views
from drills.boards import By
from drills.cases import Event
from drills.marking import Choice, Written
from drills.people import MAY, Act, Role
from drills.refused import Refused
from drills.windows import Span


def _answer(turn: Turn, who: Caller, args: Words) -> Reply:
    chosen = options(args)
    if not chosen:
        return Reply(toast=who.words("question.none_chosen"))
    return answering.answer(turn, who, long_number(args), Choice(chosen))


def _begin_day(turn: Turn, who: Caller, args: Words) -> Reply:
    return answering.begin_day(turn, who, day_of(args, 0), counted_kind(args, 1))


def _practise(turn: Turn, who: Caller, _args: Words) -> Reply:
    reply = answering.begin(turn, who, own.practise(turn, who))
    return Reply(message=reply.message)


def _make_up(turn: Turn, who: Caller, _args: Words) -> Reply:
    return answering.begin(turn, who, own.make_up(turn, who))


def _speak(turn: Turn, who: Caller, args: Words) -> Reply:
    then = own.speak(turn, who, args[0] if args else "")
    return Reply(message=menu(then, lead=then.words("language.done")).message, replaces=True)


def _board(turn: Reader, who: Caller, args: Words) -> Reply:
    span, by = one_of(Span, args, 2) or Span.DAY, one_of(By, args, 3)
    reply = leading.board(turn, who, number(args), maybe_day(args), span, by)
    return replace(reply, replaces=len(args) > len(("unit", "day")))


def _export(turn: Reader, who: Caller, args: Words) -> Reply:
    what = exporting.what_of(args[1] if len(args) > 1 else "")
    return exporting.link(turn, who, number(args), what, day_of(args, len(("unit", "what"))).replace(day=1))


TAPS: dict[str, Callable[[Turn, Caller, Words], Reply]] = {
    "s": lambda turn, who, args: answering.begin(turn, who, long_number(args)),
    "sd": _begin_day,
    "gd": _begin_day,
    "n": lambda turn, who, args: answering.go_on(turn, who, long_number(args)),
    "a": _answer,
    "t": lambda turn, who, args: answering.choose(turn, who, long_number(args), options(args)),
    "d": lambda turn, who, args: answering.doubt(turn, who, long_number(args)),
    "r": lambda turn, who, args: retrying.retry(turn, who, long_number(args)),
    "rc": lambda turn, who, args: retrying.retry_checkpoint(turn, who, args[0] if args else ""),
    "pr": _practise,
    own.MAKE_UP: _make_up,
    "off": lambda turn, who, args: leave.rest_today(turn, who, day_of(args, 0)),
    "lan": _speak,
    "ok": lambda turn, who, args: deciding.confirm_all(turn, who, number(args), day_of(args, 1)),
    "cy": lambda turn, who, args: deciding.decide(turn, who, number(args), Event.CONFIRM),
    "cyy": lambda turn, who, args: deciding.decide(turn, who, number(args), Event.CONFIRM, sure=True),
    "cp": lambda turn, who, args: deciding.decide(turn, who, number(args), Event.POSTPONE),
    "ce": lambda turn, who, args: deciding.decide(turn, who, number(args), Event.EXCUSE),
    "x": lambda turn, who, args: deciding.busy(turn, who, number(args)),
    "nu": lambda turn, who, args: leading.nudge(turn, who, number(args), day_of(args, 1)),
    "rv": lambda turn, who, args: reviewing.held(turn, who, number(args), day_of(args, 1)),
    **people.TAPS,
    **settings.TAPS,
    **training.TAPS,
    **appeals.TAPS,
    **scenes.TAPS,
    **meeting.TAPS,
    **files.TAPS,
    **proofs.TAPS,
}
"""Taps that may change something: each is one Turn."""

READS: dict[str, Callable[[Reader, Caller, Words], Reply]] = {
    "c": lambda turn, who, args: deciding.show(turn, who, number(args)),
    "w": lambda turn, who, args: own.why(turn, who, number(args)),
    "m": lambda turn, who, args: own.material(turn, who, number(args)),
    "u": lambda turn, who, args: leading.below(turn, who, number(args), maybe_day(args)),
    "b": _board,
    "tn": lambda turn, who, args: leading.tonight_list(turn, who, number(args)),
    "ms": lambda turn, who, args: leading.missing(turn, who, number(args)),
    "wo": lambda turn, who, args: leading.worst(turn, who, number(args), maybe_day(args)),
    "ex": lambda turn, who, args: exporting.offer(turn, who, number(args)),
    "exc": lambda turn, who, args: exporting.choose(turn, who, number(args)),
    "exl": _export,
    "su": lambda turn, who, args: managing.summary_of(turn, who, number(args), day_of(args, 1)),
    "si": lambda turn, who, args: managing.idle(turn, who, number(args), day_of(args, 1)),
    "so": lambda turn, who, args: managing.overdue(turn, who, number(args), day_of(args, 1)),
    **people.READS,
    **settings.READS,
    **training.READS,
    **appeals.READS,
    **scenes.READS,
    **meeting.READS,
    **proofs.READS,
}
"""Taps that only read: a snapshot, and nothing recorded."""

AWAITED: dict[str, Callable[[Turn, Caller, Words, str], Reply]] = {
    "a": lambda turn, who, args, text: answering.answer(turn, who, long_number(args), Written(text)),
    **people.AWAITED,
    **settings.AWAITED,
    **training.AWAITED,
    **appeals.AWAITED,
}
"""What a free text can be the answer to."""

COMMANDS: tuple[Command, ...] = (
    Command("today", Act.SEE_OWN, own.today),
    Command("me", Act.SEE_OWN, own.me),
    Command("book", Act.SEE_OWN, own.book),
    Command("why", Act.SEE_OWN, own.why),
    Command("board", Act.SEE_BOARD, leading.board),
    Command("tonight", Act.SEE_TONIGHT, leading.tonight_list),
    Command("missing", Act.SEE_MISSING, leading.missing),
    Command("summary", Act.SEE_SUMMARY, managing.summary_now),
    Command("units", Act.SEE_UNITS, leading.below),
    Command("worst", Act.SEE_WORST, leading.worst),
    Command("export", Act.EXPORT, exporting.offer),
    Command("link", Act.LINK_GROUP, linking.explain),
    *scenes.COMMANDS,
    *meeting.COMMANDS,
    *settings.COMMANDS,
    *people.COMMANDS,
    *training.COMMANDS,
    *appeals.COMMANDS,
)
LEAVE = "leave"
"""The one command that changes something: it waits for a date."""


def commands_for(who: Caller) -> list[str]:
    """The commands this person has, in the order of the list."""
    tops = {h.path for h in who.held}
    names = [c.name for c in COMMANDS if any(who.may(c.act, path) for path in tops)]
    if who.may(Act.ASK_LEAVE):
        names.insert(names.index("why") + 1 if "why" in names else len(names), LEAVE)
    return names


def lent_to(turn: Reader, who: Caller) -> list[str]:
    """The commands that somebody has today only, such as the meeting's of its named host."""
    own = commands_for(who)
    return [c.name for c in COMMANDS if c.today and c.name not in own and c.today(turn, who)]


def menu_of(words: Catalogue) -> list[tuple[str, str]]:
    """What a platform's own menu offers somebody we do not know yet: what staff have. Whoever is known gets their own
    with the first words we say."""
    names = [c.name for c in COMMANDS if c.act in MAY[Role.STAFF]]
    return [(name, words(f"menu.{name}")) for name in (*names, LEAVE)]


def group_menu_of(words: Catalogue) -> list[tuple[str, str]]:
    """What a platform's own menu offers in a group."""
    return [(name, words(f"menu.{name}")) for name in ("board", "link")]


def refusal(who: Caller, incoming: Incoming, refused: Refused) -> Reply:
    """A refusal in words: over the button that was pressed, or as a message to who wrote."""
    said = who.words(f"refused.{refused.why}", **refused.values)
    return Reply(toast=said) if isinstance(incoming.said, Tap) else Reply(message=Message(body=said))


def menu(who: Caller, *, lead: str = "", lent: Sequence[str] = ()) -> Reply:
    """Hello, with a button for each command, the `lent` ones first."""
    roles = list(dict.fromkeys(h.role for h in who.held))
    message = views.menu(
        who.words,
        name=who.person.name,
        unit=who.unit.name,
        roles=roles,
        commands=[*lent, *commands_for(who)],
        lead=lead,
    )
    return Reply(message=message)
