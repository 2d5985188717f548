"""An event comes in, letters come out: who is it, what do they want, may it be done, and how is it said."""

import logging

from bot.addresses import group_key
from bot.chat.incoming import Changed, File, Incoming, Moved, Other, Reach, Tap, Text
from bot.chat.message import Message, Reply
from bot.router import files, groups
from bot.router.proofs import Fetch, may_prove
from bot.router.routes import AWAITED, COMMANDS, LEAVE, READS, TAPS, commands_for, lent_to, menu, refusal
from bot.services import following, joining, leave, posting, proving, wordless
from bot.services.caller import Caller, caller, known, speaking
from bot.store import awaited, inbox, links, outbox
from bot.store.outbox import Claimed
from bot.store.store import Store
from bot.store.tables import Person
from bot.store.turn import Look, Turn
from bot.views import people as views
from drills.refused import Refused

log = logging.getLogger(__name__)
START = "/start"


async def hear(store: Store, incoming: Incoming, language: str = "zh-CN", fetch: Fetch | None = None) -> list[Claimed]:
    """Do what an event asks, and give the letters to send now. When this returns, it is on disk. Without a way to
    `fetch` it, no file is opened."""
    if isinstance(incoming.said, Changed):
        return await store.do(following.hear, incoming, incoming.said)
    if incoming.group or isinstance(incoming.said, Reach | Moved):
        return await groups.hear(store, incoming, language)
    if _reads(incoming):
        return await store.look(read, incoming, language)
    sent = await files.bring(store, incoming, fetch) if fetch else None
    try:
        return await store.do(act, incoming, language, sent)
    except Refused as refused:
        return await store.do(act, incoming, language, sent, refused)


def _reads(incoming: Incoming) -> bool:
    if isinstance(incoming.said, Tap):
        verb = incoming.said.data.partition(":")[0]
        return verb in READS or (verb.startswith("/") and verb not in {f"/{LEAVE}", START})
    word = _command(_written(incoming))
    return bool(word) and word not in {START, f"/{LEAVE}"}


def _written(incoming: Incoming) -> str:
    """The words of a message; none where it has none."""
    return incoming.said.text if isinstance(incoming.said, Text) else ""


def _command(text: str) -> str:
    return text.split(maxsplit=1)[0].lower() if text.strip().startswith("/") else ""


def read(turn: Look, incoming: Incoming, language: str) -> list[Claimed]:
    """Answer a question that changes nothing; the reply is not recorded."""
    speaker = links.speaker(turn, incoming.channel, incoming.address)
    if speaker is None:
        return [_unrecorded(incoming, Reply(message=views.stranger(turn.words[language])))]
    who = speaking(turn, speaker)
    try:
        reply = _read(turn, who, incoming)
    except Refused as refused:
        reply = refusal(who, incoming, refused)
    return [_unrecorded(incoming, reply)]


def _read(turn: Look, who: Caller, incoming: Incoming) -> Reply:
    said = incoming.said.data if isinstance(incoming.said, Tap) else _written(incoming).strip()
    if said.startswith("/"):
        word, rest = _command(said), said.partition(" ")[2].strip()
        command = next((c for c in COMMANDS if f"/{c.name}" == word), None)
        if command is None:
            return menu(who, lead=who.words("menu.again"))
        if command.name not in commands_for(who) and command.name not in lent_to(turn, who):
            return _not_yours(who)
        return command.find(turn, who, rest) if command.find and rest else command.run(turn, who)
    verb, *args = said.split(":")
    return READS[verb](turn, who, args)


def act(
    turn: Turn, incoming: Incoming, language: str, sent: files.Brought | None = None, refused: Refused | None = None
) -> list[Claimed]:
    """One event, one Turn. A repeated event changes nothing and gets its letter again if that had not gone out.

    Raises Refused, and nothing is kept: then a second Turn says that it was `refused`. So the many that are not pay for
    no savepoint of their own."""
    if not inbox.hear(turn, incoming):
        earlier = outbox.repeat_of(turn, incoming)
        return [earlier] if earlier else []
    speaker = links.speaker(turn, incoming.channel, incoming.address)
    if speaker is not None and speaker.blocked:
        links.unblock(turn, incoming.channel, incoming.address)
    code = _code(incoming, stranger=speaker is None)
    if code:
        return [_join(turn, incoming, code, speaker.person if speaker else None, language)]
    if speaker is None:
        return [_recorded(turn, incoming, Reply(message=views.stranger(turn.words[language])), None)]
    who = speaking(turn, speaker)
    reply = refusal(who, incoming, refused) if refused else _done(turn, who, incoming, sent)
    return [_recorded(turn, incoming, reply, who.id)] if reply else []


def _done(turn: Turn, who: Caller, incoming: Incoming, sent: files.Brought | None) -> Reply | None:
    """What an event does, and what is said to it at once, if anything is."""
    if sent is not None:
        return files.done(turn, who, sent)
    match incoming.said:
        case Tap(data):
            return _tap(turn, who, data)
        case Other() | File():
            if not (may_prove(incoming.said) and proving.declined(turn, who)):
                wordless.puzzled(turn, who, "file" if isinstance(incoming.said, File) else incoming.said.kind)
            return None
        case _:
            return _text(turn, who, incoming)


def _not_yours(who: Caller) -> Reply:
    """WeCom shows one menu to everybody: whoever presses what others have gets what they have themselves."""
    return menu(who, lead=who.words("menu.not_yours"))


def _leave(turn: Turn, who: Caller) -> Reply:
    return leave.offer(turn, who) if LEAVE in commands_for(who) else _not_yours(who)


def _tap(turn: Turn, who: Caller, data: str) -> Reply:
    verb, *args = data.split(":")
    if verb == f"/{LEAVE}":
        return _leave(turn, who)
    if verb == START:
        return menu(who, lent=lent_to(turn, who))
    if verb not in TAPS:
        raise Refused("unknown")
    return TAPS[verb](turn, who, args)


def _text(turn: Turn, who: Caller, incoming: Incoming) -> Reply:
    text = _written(incoming)
    word = _command(text)
    if word == START or _is(text, who.words("menu.word")):
        return menu(who, lent=lent_to(turn, who))
    if word == f"/{LEAVE}":
        return _leave(turn, who)
    if (found := _named(turn, who, text.strip())) is not None:
        return found
    *beside, last = text.split() or [""]
    if key := group_key(last):
        return posting.paste(turn, who, key, " ".join(beside))
    waiting = awaited.of(turn, who.id)
    if waiting and text.strip():
        verb, *args = waiting.split(":")
        return AWAITED[verb](turn, who, args, text)
    return menu(who, lead=who.words("menu.again"))


def _named(turn: Turn, who: Caller, text: str) -> Reply | None:
    """What a command says that is called by its name in words, as a menu shows it; with whom it is about behind it."""
    for name in commands_for(who):
        called = who.words(f"menu.{name}")
        command = next((c for c in COMMANDS if c.name == name), None)
        if _is(text, called):
            return command.run(turn, who) if command else leave.offer(turn, who)
        first, rest = text[: len(called)], text[len(called) :]
        if command and command.find and _is(first, called) and rest[:1].isspace():
            return command.find(turn, who, rest.strip())
    other = next((c for c in COMMANDS if _is(text, who.words(f"menu.{c.name}"))), None)
    if other is not None and other.name in lent_to(turn, who):
        return other.run(turn, who)
    return _not_yours(who) if other is not None or _is(text, who.words(f"menu.{LEAVE}")) else None


def _is(text: str, word: str) -> bool:
    return text.strip().casefold() == word.casefold()


def _code(incoming: Incoming, *, stranger: bool) -> str:
    """The invitation code in “/start CODE”; from somebody unknown also a text that looks like nothing but a code."""
    said = _written(incoming).strip()
    if _command(said) == START:
        return said[len(START) :].strip()
    return joining.plain(said) if stranger else ""


def _join(turn: Turn, incoming: Incoming, code: str, person: Person | None, language: str) -> Claimed:
    joined = joining.join(turn, incoming, code)
    if isinstance(joined, Refused):
        words = turn.words[person.language if person else language]
        reply = Reply(message=Message(body=words(f"refused.{joined.why}")))
        return _recorded(turn, incoming, reply, known(person.id) if person else None)
    return _recorded(turn, incoming, Reply(message=welcome(turn, joined)), known(joined.id))


def welcome(turn: Turn, person: Person) -> Message:
    """The first words to whoever has a chat with us now: when the questions come, and what they may ask for."""
    who = caller(turn, person)
    policy = who.rules.policy
    times = (policy.push, policy.close) if person.post else None
    return views.joined(who.words, name=person.name, unit=who.unit.name, times=times, commands=commands_for(who))


def _recorded(turn: Turn, incoming: Incoming, reply: Reply, person_id: int | None) -> Claimed:
    return outbox.reply(turn, incoming, reply.message, reply.toast, reply.replaces, person_id)


def _unrecorded(incoming: Incoming, reply: Reply) -> Claimed:
    return Claimed(
        address=incoming.back,
        message=reply.message,
        toast=reply.toast,
        handle=incoming.handle,
        replaces=reply.replaces,
        channel=incoming.channel,
        token=0,
    )


async def park(store: Store, incoming: Incoming, error: BaseException, reference: str) -> list[Claimed]:
    """An event that broke us: counted as heard, logged once with a reference, and the person gets that number."""
    log.error("event %s on %s failed (%s)", incoming.event, incoming.channel, reference, exc_info=error)
    return await store.do(_parked, incoming, reference)


def _parked(turn: Turn, incoming: Incoming, reference: str) -> list[Claimed]:
    if not inbox.hear(turn, incoming) or isinstance(incoming.said, Changed):
        return []
    person = links.person_at(turn, incoming.channel, incoming.address)
    words = turn.words[person.language if person else "zh-CN"]
    reply = Reply(message=Message(body=words("trouble.body", reference=reference)))
    return [_recorded(turn, incoming, reply, known(person.id) if person else None)]
