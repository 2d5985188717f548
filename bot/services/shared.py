"""The meeting's shared question: chosen for the branch, asked of everybody present at once, and its result."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from bot.chat.message import Message
from bot.chat.words import Words
from bot.services.asking import Played, question_of
from bot.services.caller import Caller, known
from bot.services.sittings import Occasion, open_sitting
from bot.store import answers, meetings, outbox, people, sittings
from bot.store.tables import Meeting, Person, Slot, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import meeting as views
from bot.views import quiz
from drills.choosing import Pick, Reason
from drills.marking import Shown, Verdict
from drills.people import Post
from drills.shared import Rate, choose_focus, choose_shared, weakest
from drills.sitting import Kind

LATELY = timedelta(days=7)
MEETINGS = 5
"""Meetings that a checkpoint rests after one was about it: a week of them."""
URGENT = 1


def weak(turn: Reader, unit: Unit, day: date) -> tuple[str, ...]:
    """The branch's weakest checkpoints of the last days."""
    totals = answers.by_checkpoint(turn, unit.path, day - LATELY, day)
    return weakest([Rate(checkpoint=str(t.key), right=t.right, asked=t.asked) for t in totals])


def focus(turn: Reader, unit: Unit, rules: InForce, day: date) -> str:
    """The checkpoint a day's meeting is about."""
    lately = {m.checkpoint for m in meetings.before(turn, known(unit.id), day, MEETINGS)}
    return choose_focus(rules.bank, weak(turn, unit, day), lately, day)


def choose(turn: Reader, unit: Unit, meeting: Meeting, there: list[Person]) -> str:
    """The code of the question; empty where none fits."""
    rules = turn.in_force(unit.path)
    ids = {known(p.id) for p in there}
    own = sittings.of_unit(turn, known(unit.id), meeting.day)
    avoid = {slot.question for played in own if played.sitting.person_id in ids for slot in played.slots}
    wanted = (meeting.checkpoint, *weak(turn, unit, meeting.day))
    posts = {Post(p.post) for p in there if p.post}
    found = choose_shared(rules.bank, posts, wanted, avoid, meeting.day, Random(f"shared/{meeting.id}"))
    return found.code if found else ""


def send(turn: Turn, unit: Unit, meeting: Meeting, person: Person, code: str) -> None:
    """The question to one of those present, drawn as for all."""
    rules = turn.in_force(unit.path)
    occasion = Occasion(
        person=person,
        unit=unit,
        day=meeting.day,
        kind=Kind.SHARED,
        part=str(meeting.id),
        together=f"shared/{meeting.id}",
    )
    sitting = open_sitting(turn, occasion, [Pick(code, Reason.SHARED)], rules.policy.makeup_until, rules)
    if sitting is None:
        return
    (slot,) = sittings.slots(turn, sitting)
    topic = rules.bank.topics[rules.bank.checkpoints[slot.checkpoint].topic].name
    message = views.question(turn.words[person.language], Shown.from_json(slot.shown), known(slot.id), topic)
    outbox.tell(turn, known(person.id), f"shared/{meeting.id}/{person.id}", message, urgency=URGENT)


def verdict(turn: Turn, who: Caller, played: Played, slot: Slot, said: Verdict, lead: str = "") -> Message:
    """What somebody hears who has answered: right or not, why, and where it is written."""
    question = question_of(turn, played, slot)
    if said.right:
        return views.right(who.words, question, lead)
    missed = quiz.Missed(
        shown=Shown.from_json(slot.shown),
        verdict=said,
        question=question,
        slot=known(slot.id),
        sitting=known(played.sitting.id),
        last=True,
    )
    message = quiz.wrong(who.words, missed)
    doubt = message.buttons[0][1:]
    return Message(lead=message.lead, tone=message.tone, body=message.body, note=message.note, buttons=(doubt,))


def after_answer(turn: Turn, played: Played) -> None:
    """Whoever leads hears once that nobody is waited for. Who counts holds the meeting, so that of two who answer at
    once one sees both."""
    found = meetings.of_day(turn, played.sitting.unit_id, played.sitting.day)
    meeting = meetings.find(turn, known(found.id)) if found else None
    every = of_meeting(turn, meeting) if meeting else []
    if meeting is None or not all(one.answers for one in every):
        return
    leader = next(
        (e.by for e in reversed(meetings.events(turn, known(meeting.id))) if e.by is not None), meeting.host_id
    )
    message = views.all_answered(turn.words[people.get(turn, leader).language], known(meeting.id), len(every))
    outbox.tell(turn, leader, f"shared-all/{meeting.id}/{len(every)}", message, urgency=URGENT)


def of_meeting(turn: Reader, meeting: Meeting) -> list[Played]:
    """Everybody's shared question of a meeting."""
    return sittings.of_unit(turn, meeting.unit_id, meeting.day, Kind.SHARED)


def result(turn: Reader, meeting: Meeting) -> views.Result | None:
    """How it was answered in time; None where none was asked."""
    every = of_meeting(turn, meeting)
    if not every:
        return None
    shown = Shown.from_json(every[0].slots[0].shown)
    counted = Counter(int(a.said) for played in every for a in played.answers.values() if a.kind == Kind.SHARED)
    counts = [counted[i] for i in range(len(shown.options) or 2)]
    why = question_of(turn, every[0], every[0].slots[0]).why
    return views.Result(shown=shown, counts=counts, of=len(every), why=why)


def source_of(turn: Reader, words: Words, meeting: Meeting) -> str:
    """Where its answer is written, in words."""
    played = of_meeting(turn, meeting)[0]
    return views.source(words, question_of(turn, played, played.slots[0]))


def close(turn: Turn, meeting: Meeting) -> None:
    """The result is shown: who has not answered hears what was right; an answer from now on is practice."""
    sittings.end(turn, meeting.unit_id, meeting.day, [Kind.SHARED], turn.now)
    for played in of_meeting(turn, meeting):
        if played.answers:
            continue
        slot, person = played.slots[0], people.get(turn, played.sitting.person_id)
        message = views.unanswered(
            turn.words[person.language], Shown.from_json(slot.shown), question_of(turn, played, slot)
        )
        outbox.tell(turn, known(person.id), f"shared-result/{meeting.id}/{person.id}", message, urgency=URGENT)
