"""Putting a question: the card of one slot, drawn as it was stored, in the edition it was chosen from."""

from bot.chat.message import Message
from bot.services.caller import Caller, known
from bot.store import awaited, editions
from bot.store.sittings import Played
from bot.store.tables import Slot
from bot.store.turn import Reader, Turn
from bot.views import quiz
from drills.marking import Shown, Verdict
from drills.questions import Question

__all__ = ["Played", "ask", "missed_card", "question_of"]


def question_of(turn: Reader, played: Played, slot: Slot) -> Question:
    """The question behind a slot, as its edition had it."""
    return editions.bank_of(turn, played.sitting.edition_id).questions[slot.question]


def ask(
    turn: Turn, who: Caller, played: Played, slot: Slot, *, chosen: frozenset[int] = frozenset(), lead: str = ""
) -> Message:
    """The card of one slot. A number is answered in writing, an option may be: the next text is awaited for it."""
    bank = editions.bank_of(turn, played.sitting.edition_id)
    shown = Shown.from_json(slot.shown)
    awaited.expect(turn, who.id, f"a:{known(slot.id)}")
    card = quiz.Card(
        shown=shown,
        slot=known(slot.id),
        position=slot.position + 1,
        of=len(played.slots),
        topic=bank.topics[bank.checkpoints[slot.checkpoint].topic].name,
        title="retry.title" if played.sitting.kind == "retry" else "question.title",
    )
    return quiz.ask(who.words, card, chosen=chosen, lead=lead)


def missed_card(turn: Reader, played: Played, slot: Slot, verdict: Verdict) -> quiz.Missed:
    """What the card of a wrong answer shows."""
    return quiz.Missed(
        shown=Shown.from_json(slot.shown),
        verdict=verdict,
        question=question_of(turn, played, slot),
        slot=known(slot.id),
        sitting=known(played.sitting.id),
        last=played.next_slot() is None,
    )
