"""Answering: the tap on an option, the verdict with its reason, and what follows from it."""

from dataclasses import replace
from datetime import date

from bot.chat.message import Message, Reply, Tone
from bot.services import evening, finishing, shared, verifying
from bot.services.asking import Played, ask, missed_card, question_of
from bot.services.caller import Caller, known
from bot.services.duty import deciders
from bot.store import awaited, outbox, sittings
from bot.store.tables import Answer, Slot
from bot.store.turn import Turn
from bot.views import quiz
from bot.views.text import clock
from drills.marking import Choice, Shown, Verdict, Written, mark
from drills.refused import Refused
from drills.sitting import Kind


def begin(turn: Turn, who: Caller, sitting_id: int) -> Reply:
    """A start or continue button: the next question of this sitting, or its end."""
    return _begun(turn, who, _own(sittings.load(turn, sitting_id), who))


def go_on(turn: Turn, who: Caller, sitting_id: int) -> Reply:
    """The next button under a wrong answer: the same, and that card keeps how it was."""
    played = _own(sittings.load(turn, sitting_id), who)
    reply = _begun(turn, who, played)
    answered = [slot for slot in played.slots if known(slot.id) in played.answers]
    if reply.message is None or not answered or played.answers[known(answered[-1].id)].right:
        return reply
    return replace(reply, message=replace(reply.message, stamp=who.words("verdict.stamp")))


def _begun(turn: Turn, who: Caller, played: Played) -> Reply:
    if _late(turn, played) and played.sitting.kind == "morning" and not played.answers:
        return finishing.offer_makeup(turn, who, played)
    if played.sitting.started_at is None:
        sittings.start(turn, played.sitting)
        evening.begin(turn, played)
    slot = played.next_slot()
    if slot is None:
        return Reply(message=finishing.finish(turn, who, played), replaces=True)
    return Reply(message=ask(turn, who, played, slot), replaces=True)


def begin_day(turn: Turn, who: Caller, day: date, kind: Kind) -> Reply:
    """The same from a letter that says the same to everybody: whoever presses it means their own. Raises
    Refused("old") where they have none of that day."""
    for played in sittings.of_day(turn, who.id, day, kind):
        return begin(turn, who, known(played.sitting.id))
    raise Refused("old")


def answer(turn: Turn, who: Caller, slot_id: int, response: Choice | Written) -> Reply:
    """One answer to one slot, counted once. Raises Refused for somebody else's card, an old or answered one."""
    played = _own(sittings.by_slot(turn, slot_id), who)
    slot = played.slots_by_id[slot_id]
    shown = Shown.from_json(slot.shown)
    earlier = played.answers.get(slot_id)
    if earlier:
        raise Refused("answered", said=quiz.spoken(who.words, shown, earlier.said))
    if played.next_slot() is not slot:
        raise Refused("old")
    verdict = mark(shown, response)
    given = _given(turn, played, slot, verdict, counted=not _late(turn, played))
    if not turn.insert_once(given):
        raise Refused("answered", said=quiz.spoken(who.words, shown, verdict.said))
    played.answers[slot_id] = given
    follows = verifying.after_answer(turn, who, slot, given)
    finishing.after_answer(turn, who, played)
    if played.sitting.kind == Kind.SHARED and given.counted:
        shared.after_answer(turn, played)
    return Reply(message=_said(turn, who, played, slot, verdict, follows), replaces=isinstance(response, Choice))


def choose(turn: Turn, who: Caller, slot_id: int, chosen: frozenset[int]) -> Reply:
    """A several-right question with another option ticked; nothing is answered yet."""
    played = _own(sittings.by_slot(turn, slot_id), who)
    slot = played.slots_by_id[slot_id]
    if slot_id in played.answers or played.next_slot() is not slot:
        raise Refused("old")
    return Reply(message=ask(turn, who, played, slot, chosen=chosen), replaces=True)


def doubt(turn: Turn, who: Caller, slot_id: int) -> Reply:
    """Somebody says the question is faulty; the trainer will see it."""
    played = _own(sittings.by_slot(turn, slot_id), who)
    slot = played.slots_by_id[slot_id]
    if sittings.doubt(turn, slot_id, who.id):
        shown = Shown.from_json(slot.shown)
        for trainer in deciders(turn, who.unit, who.id):
            words = turn.words[trainer.language]
            message = quiz.doubted(words, shown, name=who.person.name, code=slot.question)
            outbox.tell(turn, known(trainer.id), f"doubt/{slot_id}/{trainer.id}", message)
    return Reply(toast=who.words("verdict.doubted"))


def _own(played: Played | None, who: Caller) -> Played:
    if played is None or played.sitting.person_id != who.id:
        raise Refused("not-yours")
    return played


def _late(turn: Turn, played: Played) -> bool:
    return turn.now >= played.sitting.closes_at


def _given(turn: Turn, played: Played, slot: Slot, verdict: Verdict, *, counted: bool) -> Answer:
    sitting = played.sitting
    return Answer(
        slot_id=known(slot.id),
        person_id=sitting.person_id,
        unit_id=sitting.unit_id,
        day=sitting.day,
        kind=sitting.kind if counted else "practice",
        question=slot.question,
        checkpoint=slot.checkpoint,
        reason=slot.reason,
        said=verdict.said,
        right=verdict.right,
        counted=counted,
        at=turn.now,
    )


def _said(turn: Turn, who: Caller, played: Played, slot: Slot, verdict: Verdict, follows: str) -> Message:
    """The verdict; a right one leads straight to the next question, a wrong one stops."""
    given = played.answers[known(slot.id)]
    if played.sitting.kind == Kind.SHARED:
        late = "" if given.counted else _late_lead(who, played, "verdict.right_late")
        return shared.verdict(turn, who, played, slot, verdict, late)
    if not verdict.right:
        awaited.clear(turn, who.id)
        card = missed_card(turn, played, slot, verdict)
        message = quiz.wrong(who.words, card, follows=follows)
        return message if given.counted else _as_practice(who, played, message)
    question = question_of(turn, played, slot)
    lead = quiz.right(who.words, question) if given.counted else _late_lead(who, played, "verdict.right_late")
    lead = "\n".join(part for part in (lead, follows) if part)
    following = played.next_slot()
    if following is None:
        awaited.clear(turn, who.id)
        return finishing.finish(turn, who, played, lead=lead)
    return ask(turn, who, played, following, lead=lead)


def _late_lead(who: Caller, played: Played, key: str) -> str:
    return who.words(key, closes=clock(played.sitting.closes_at.astimezone(who.local.tzinfo).time()))


def _as_practice(who: Caller, played: Played, message: Message) -> Message:
    late = _late_lead(who, played, "verdict.late")
    return Message(
        lead=f"{late}\n{message.lead}",
        tone=Tone.WRONG,
        body=message.body,
        note=message.note,
        buttons=message.buttons,
    )
