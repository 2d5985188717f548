"""A first miss of a critical item: once more in chat, until it is right. Nobody stays; it is no second miss."""

from bot.chat.message import Message, Reply, Tone
from bot.services import caseflow
from bot.services.asking import Played, ask
from bot.services.caller import Caller
from bot.services.sittings import Occasion, dice, open_sitting, past
from bot.store import sittings
from bot.store.turn import Turn
from bot.views import quiz
from drills.choosing import choose_retry
from drills.people import Post
from drills.refused import Refused
from drills.sitting import Kind


def retry(turn: Turn, who: Caller, slot_id: int) -> Reply:
    """Another question of the checkpoint that this slot missed; an unfinished one is shown again."""
    missed = sittings.by_slot(turn, slot_id)
    if missed is None or missed.sitting.person_id != who.id:
        raise Refused("not-yours")
    checkpoint = missed.slots_by_id[slot_id].checkpoint
    return Reply(message=_next(turn, who, checkpoint), replaces=False)


def retry_checkpoint(turn: Turn, who: Caller, checkpoint: str) -> Reply:
    """The same from the letter at nine o'clock."""
    if checkpoint not in who.rules.bank.checkpoints:
        raise Refused("unknown")
    return Reply(message=_next(turn, who, checkpoint), replaces=True)


def finish(turn: Turn, who: Caller, played: Played, *, lead: str) -> Message:
    """Right: done for today. Wrong: the next one."""
    checkpoint = played.slots[0].checkpoint
    if all(a.right for a in played.answers.values()):
        message = quiz.retried(who.words, checkpoint=caseflow.checkpoint_name(who.rules, checkpoint))
        return message if not lead else _under(lead, message)
    return _next(turn, who, checkpoint)


def _under(lead: str, message: Message) -> Message:
    return Message(lead=message.body, tone=Tone.RIGHT, buttons=message.buttons) if lead else message


def _next(turn: Turn, who: Caller, checkpoint: str) -> Message:
    done = [p for p in sittings.of_day(turn, who.id, who.today, Kind.RETRY) if p.slots[0].checkpoint == checkpoint]
    unfinished = [p for p in done if p.next_slot()]
    if unfinished:
        return _card(turn, who, unfinished[-1])
    if any(a.right for p in done for a in p.answers.values()):
        raise Refused("already")
    return _card(turn, who, _open(turn, who, checkpoint, len(done) + 1))


def _open(turn: Turn, who: Caller, checkpoint: str, n: int) -> Played:
    if not who.person.post:
        raise Refused("no-question")
    part = f"{checkpoint}/{n}"[-60:]
    occasion = Occasion(person=who.person, unit=who.unit, day=who.today, kind=Kind.RETRY, part=part)
    history = past(turn, who.person)
    pick = choose_retry(who.rules.bank, Post(who.person.post), history, checkpoint, who.today, dice(occasion))
    if pick is None:
        raise Refused("no-question")
    sitting = open_sitting(turn, occasion, [pick], who.rules.policy.evening_until, who.rules)
    played = sittings.load(turn, sitting) if sitting else None
    if played is None:
        raise Refused("already")
    return played


def _card(turn: Turn, who: Caller, played: Played) -> Message:
    slot = played.next_slot()
    if slot is None:
        raise Refused("already")
    return ask(turn, who, played, slot)
