"""What happens in a branch's group, and when a chat is opened, closed or moved.

Nothing personal is said in a group, and no card is answered there. Talk among people is none of our business."""

from collections.abc import Callable, Sequence

from bot.chat.incoming import Incoming, Moved, Reach, Tap, Text
from bot.chat.message import Reply
from bot.chat.words import Words
from bot.router.routes import COMMANDS, LEAVE, refusal
from bot.router.verbs import number
from bot.services import linking, live, reaching
from bot.services.caller import Caller, caller, known
from bot.services.linking import Place
from bot.store import groups, inbox, links, outbox, units
from bot.store.outbox import Claimed
from bot.store.store import Store
from bot.store.turn import Turn
from bot.views import groups as views
from drills.refused import Refused

LINK, UNLINK, START, BOARD = "/link", "/unlink", "/start", "/board"
OURS = {LINK, UNLINK, START, BOARD, f"/{LEAVE}", *(f"/{command.name}" for command in COMMANDS)}

TAPS: dict[str, Callable[[Turn, Caller, Place, Sequence[int]], Reply]] = {
    "grl": lambda turn, who, place, ids: linking.chosen(turn, who, place, *ids),
    "grm": lambda turn, who, place, ids: linking.chosen(turn, who, place, *ids, moving=True),
}
"""Buttons that stand in a group, each with the unit's id and that of whoever may press it."""


async def hear(store: Store, incoming: Incoming, language: str) -> list[Claimed]:
    """Do what an event in a group asks, or note that somebody came, went or moved; the letters to send now."""
    if isinstance(incoming.said, Tap | Reach | Moved) or _command(incoming)[0] in OURS:
        return await store.do(act_in_group, incoming, language)
    return []


def _command(incoming: Incoming) -> tuple[str, str]:
    """The command and what stands behind it; two empty words where people just talk."""
    text = incoming.said.text.strip() if isinstance(incoming.said, Text) else ""
    word, _, rest = text.partition(" ")
    command, rest = (word.lower(), rest.strip()) if word.startswith("/") else ("", "")
    if command == START and rest == LINK.strip("/"):  # what a link that adds us to a group says
        return LINK, ""
    return command, rest


def act_in_group(turn: Turn, incoming: Incoming, language: str) -> list[Claimed]:
    """One event, one Turn; a repeated one changes nothing."""
    if not inbox.hear(turn, incoming):
        earlier = outbox.repeat_of(turn, incoming)
        return [earlier] if earlier else []
    person = links.person_at(turn, incoming.channel, incoming.address)
    who = caller(turn, person) if person is not None else None
    words = who.words if who else turn.words[language]
    match incoming.said:
        case Moved(to):
            groups.move(turn, incoming.channel, incoming.group, to)
            return []
        case Reach(is_open, title):
            reply = _reach(turn, incoming, words, is_open=is_open, title=title)
        case Tap(data):
            reply = _tap(turn, incoming, who, words, data)
        case _:
            reply = _said(turn, incoming, who, words)
    if reply is None:
        return []
    return [
        outbox.reply(turn, incoming, reply.message, reply.toast, reply.replaces, known(who.person.id) if who else None)
    ]


def _reach(turn: Turn, incoming: Incoming, words: Words, *, is_open: bool, title: str) -> Reply | None:
    """We may write there now, or no longer. A group hears from us when we come; a private chat will when it asks."""
    if not is_open:
        reaching.lost(turn, incoming.channel, [incoming.back])
        return None
    group = reaching.regained(turn, incoming.channel, incoming.back)
    if not incoming.group:
        return None
    if group is None:
        return Reply(message=views.hello(words))
    group.title = title or group.title
    return Reply(message=views.back(words, units.get(turn, group.unit_id).name))


def _tap(turn: Turn, incoming: Incoming, who: Caller | None, words: Words, data: str) -> Reply:
    verb, *args = data.split(":")
    if who is None:
        return Reply(toast=words("group.stranger"))
    if verb not in TAPS:
        return Reply(toast=words("group.in_private"))

    def tap() -> Reply:
        ids = [number(args[i : i + 1]) for i in range(2)]
        return TAPS[verb](turn, who, _place(incoming), ids)

    return _or_refusal(turn, incoming, who, tap)


def _said(turn: Turn, incoming: Incoming, who: Caller | None, words: Words) -> Reply:
    command, rest = _command(incoming)
    if command in {LINK, UNLINK}:
        if incoming.address in {"", incoming.group}:
            return Reply(message=views.as_yourself(words))
        if who is None:
            return Reply(message=views.stranger(words))
        return _linking(turn, incoming, who, command, rest)
    if command == BOARD:
        here = groups.at(turn, incoming.channel, incoming.group)
        return Reply(message=live.board(turn, here) if here else views.not_linked(words))
    return Reply(message=views.hello(words) if command == START else views.in_private(words))


def _linking(turn: Turn, incoming: Incoming, who: Caller, command: str, wanted: str) -> Reply:
    place = _place(incoming)
    if command == UNLINK:
        return _or_refusal(turn, incoming, who, lambda: linking.unlink(turn, who, place))
    return _or_refusal(turn, incoming, who, lambda: linking.link(turn, who, place, wanted))


def _or_refusal(turn: Turn, incoming: Incoming, who: Caller, use_case: Callable[[], Reply]) -> Reply:
    try:
        with turn.session.begin_nested():
            return use_case()
    except Refused as refused:
        return refusal(who, incoming, refused)


def _place(incoming: Incoming) -> Place:
    return Place(channel=incoming.channel, address=incoming.group, title=incoming.title, changes=incoming.changes)
