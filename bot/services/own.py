"""A person's own things, read only: today, my figures, the wrong-answer book, why I am on the list, the material."""

from collections.abc import Sequence
from datetime import date

from bot.chat.message import Button, Reply
from bot.services import appealing, caseflow, closing, consenting
from bot.services.caller import Caller, caller, known
from bot.services.duty import next_at_work, on_duty, opens
from bot.services.finishing import spare_days
from bot.services.morning import open_makeup
from bot.services.sittings import Occasion, open_sitting
from bot.store import answers, cases, sittings, steps
from bot.store.sittings import Played
from bot.store.tables import Answer, Slot, TrainingCase
from bot.store.turn import Reader, Turn
from bot.views import boards, people, proofs, quiz, retraining
from bot.views import book as book_views
from bot.views import closing as closing_views
from bot.views import evening as evening_views
from bot.views.text import clock
from drills.cases import OPEN
from drills.choosing import Pick, Reason
from drills.day import Step
from drills.marking import Shown
from drills.people import Post
from drills.refused import Refused
from drills.sitting import Kind
from drills.study import study

BOOK_SHOWN = 3
MAKE_UP = "mu"
"""What the button of a make-up carries that has not been opened yet."""


def today(turn: Reader, who: Caller) -> Reply:
    """What today asks of this person, with the button that goes there."""
    line, data = _today(turn, who)
    key = "makeup.start" if data == MAKE_UP else "reminder.go"
    button = Button(who.words(key), data) if data else None
    return Reply(message=quiz.today(who.words, day=who.today, line=line, button=button))


def _today(turn: Reader, who: Caller) -> tuple[str, str]:
    """The line, and what its button carries."""
    words = who.words
    if not who.person.post:
        return words("today.nothing"), ""
    closed = closing.today(turn, who.unit)
    if closed is not None:
        return closing_views.called_off(words, closed, who.today).body, ""
    if not opens(turn, who.unit, who.rules, who.today):
        return words("today.closed"), ""
    if who.id not in {p.id for p in on_duty(turn, who.unit, who.today)}:
        return words("today.leave"), ""
    played = sittings.of_day(turn, who.id, who.today, Kind.MORNING) or sittings.of_day(
        turn, who.id, who.today, Kind.MAKEUP
    )
    return _asked(turn, who, played) if played else _not_asked(turn, who)


def _not_asked(turn: Reader, who: Caller) -> tuple[str, str]:
    """Before the push; or it never came to this person, who may make up for it."""
    policy, words = who.rules.policy, who.words
    if Step.PUSH not in steps.done(turn, known(who.unit.id), who.today):
        return words("today.ahead", time=clock(policy.push)), ""
    if who.local.time() >= policy.makeup_until:
        return words("today.over"), ""
    return words("today.makeup", until=clock(policy.makeup_until)), MAKE_UP


def make_up(turn: Turn, who: Caller) -> int:
    """Open the make-up of somebody to whom the push never came; the sitting's id. Raises Refused when there is none."""
    _, data = _today(turn, who)
    if data != MAKE_UP:
        raise Refused("old")
    return open_makeup(turn, who.person, who.unit, who.today)


def _asked(turn: Reader, who: Caller, played: Sequence[Played]) -> tuple[str, str]:
    policy, words = who.rules.policy, who.words
    morning, made_up = played[0], sittings.of_day(turn, who.id, who.today, Kind.MAKEUP)
    current = made_up[0] if made_up and not morning.answers else morning
    answered, of = len(current.answers), len(current.slots)
    if answered == of:
        return words("today.done", right=sum(a.right for a in current.answers.values()), of=of), ""
    data = f"s:{current.sitting.id}"
    if turn.now < current.sitting.closes_at:
        closes = clock(current.sitting.closes_at.astimezone(who.local.tzinfo).time())
        return words("today.open", answered=answered, of=of, closes=closes), data
    if not morning.answers and who.local.time() < policy.makeup_until:
        return words("today.makeup", until=clock(policy.makeup_until)), data
    return words("today.over"), ""


def me(turn: Reader, who: Caller) -> Reply:
    """My marks, my streak, what comes next."""
    first = who.today.replace(day=1)
    given = answers.counted_by_person(turn, [who.id], first, who.today).get(who.id, [])
    open_cases = cases.of_person(turn, who.id, list(OPEN))
    case = open_cases[-1] if open_cases else None
    days, spare = spare_days(turn, who)
    values = boards.Me(
        name=who.person.name,
        post=who.person.post,
        month=right_and_asked(given),
        today=right_and_asked([g for g in given if g.day == who.today]),
        streak=days,
        spare=spare,
        next_day=next_at_work(turn, who.unit, who.rules, who.id, who.today),
        push=who.rules.policy.push,
        case=(caseflow.checkpoint_name(who.rules, case.checkpoint), case.state) if case else None,
    )
    message = boards.me(who.words, values, who.today)
    return Reply(message=proofs.with_own(who.words, message) if consenting.concerns(turn, who) else message)


def right_and_asked(given: Sequence[answers.Given]) -> tuple[int, int]:
    """How many of some answers were right, and of how many."""
    return sum(g.right for g in given), len(given)


def book(turn: Reader, who: Caller) -> Reply:
    """The newest faults that were not answered right since."""
    faults = open_faults(turn, who)
    entries = []
    for _, slot in faults[:BOOK_SHOWN]:
        shown = Shown.from_json(slot.shown)
        may = slot.id if appealing.may(turn, who, appealing.AGAINST_MARK, known(slot.id)) else None
        entries.append(book_views.Fault(stem=shown.stem, right=quiz.key_text(who.words, shown), may=may))
    return Reply(message=book_views.book(who.words, entries, total=len(faults)))


def open_faults(turn: Reader, who: Caller) -> list[tuple[Answer, Slot]]:
    """What was answered wrong and not right since, the latest first, each question once."""
    latest = {given.question: given for given in answers.of_person(turn, who.id)}
    wrong = answers.wrong_of_person(turn, who.id, date.min)
    return [(answer, slot) for answer, slot in wrong if latest[answer.question].id == answer.id]


def practise(turn: Turn, who: Caller) -> int:
    """Open a practice of the oldest fault in the book; the sitting's id."""
    askable = {q.code for q in who.rules.bank.askable(Post(who.person.post), who.today)} if who.person.post else set()
    oldest = next((a for a, _ in reversed(open_faults(turn, who)) if a.question in askable), None)
    if oldest is None:
        raise Refused("no-question")
    n = len(sittings.of_day(turn, who.id, who.today, Kind.PRACTICE))
    occasion = Occasion(person=who.person, unit=who.unit, day=who.today, kind=Kind.PRACTICE, part=str(n + 1))
    picks = [Pick(question=oldest.question, reason=Reason.FILL)]
    sitting = open_sitting(turn, occasion, picks, who.rules.policy.evening_until, who.rules)
    if sitting is None:
        raise Refused("already")
    return sitting


def why(turn: Reader, who: Caller, case_id: int | None = None) -> Reply:
    """The rule, the answers and the dates behind a case of one's own (the newest open one when none is named)."""
    if case_id is None:
        mine = cases.of_person(turn, who.id, list(OPEN))
        if not mine:
            return Reply(message=evening_views.not_listed(who.words, who.rules.policy))
        return _why(turn, who, mine[-1])
    return _why(turn, who, _own_case(turn, who, case_id))


def _own_case(turn: Reader, who: Caller, case_id: int) -> TrainingCase:
    case = cases.find(turn, case_id)
    if case is None or case.person_id != who.id:
        raise Refused("not-yours")
    return case


def _why(turn: Reader, who: Caller, case: TrainingCase) -> Reply:
    proofs = []
    for given, slot in answers.with_slots(turn, case.evidence):
        shown = Shown.from_json(slot.shown)
        proofs.append(
            evening_views.Proof(
                slot=known(slot.id),
                day=given.day,
                stem=shown.stem,
                said=quiz.said_text(who.words, shown, given.said),
                right=quiz.key_text(who.words, shown),
                was_right=given.right,
            )
        )
    cause = caseflow.cause(turn, case, who.rules)
    may = case.id if appealing.may(turn, who, appealing.AGAINST_CASE, known(case.id)) else None
    policy = who.rules.policy
    message = evening_views.why(who.words, cause=cause, proofs=proofs, policy=policy, today=who.today, may=may)
    return Reply(message=message)


def material(turn: Reader, who: Caller, case_id: int) -> Reply:
    """The rule in three lines with its source, the right words, a worked sum, for one's own case."""
    case = _own_case(turn, who, case_id)
    post = Post(who.person.post) if who.person.post else None
    read = study(who.rules.bank, who.rules.scenes.values(), case.checkpoint, post, who.today, case_id)
    name = caseflow.checkpoint_name(who.rules, case.checkpoint)
    return Reply(message=retraining.material(who.words, checkpoint=name, read=read))


def language(turn: Reader, who: Caller) -> Reply:
    """Which language to speak, each called by its own name."""
    names = [(code, words("language.own_name")) for code, words in turn.words.items()]
    return Reply(message=people.language(who.words, names))


def speak(turn: Turn, who: Caller, code: str) -> Caller:
    """From now on this person hears this language. Raises Refused for one we do not speak."""
    if code not in turn.words:
        raise Refused("unknown")
    who.person.language = code
    return caller(turn, who.person)
