"""What an appeal is about: the cases in it, its words, and who is to judge it."""

from collections.abc import Collection

from bot.chat.words import Words
from bot.services import caseflow, replaying
from bot.services.caller import known, local
from bot.store import answers, cases, people, units
from bot.store.tables import Appeal, Person, Ruling, TrainingCase, Unit
from bot.store.turn import InForce, Reader
from bot.views import appeals as views
from bot.views import evening as evening_views
from drills.appeals import ladder
from drills.marking import Shown

SHOWN = 2
"""Answers behind a case that its judge reads, the last ones."""


def judges(turn: Reader, unit: Unit, person_id: int, decided_by: Collection[int], above: int) -> list[Person]:
    """The first on the branch's ladder above a rung who are free to judge: neither the person nor anybody who had a
    part in the decision."""
    return _bench(turn, unit, {person_id, *decided_by}, above)[1]


def _bench(turn: Reader, unit: Unit, not_free: set[int], above: int) -> tuple[int, list[Person]]:
    for place, (role, path) in enumerate(ladder(unit.path)):
        if place <= above:
            continue
        seated = people.with_role(turn, [role], path, on=units.ids(path)[-1])
        free = [judge for judge in seated if known(judge.id) not in not_free]
        if free:
            return place, free
    return above, []


def asked(turn: Reader, row: Appeal) -> list[Person]:
    """Who is to judge an appeal now; once it is overdue, the next above them too."""
    unit, not_free = units.get(turn, row.unit_id), {row.person_id, *row.decided_by}
    place, first = _bench(turn, unit, not_free, row.rung)
    if local(turn, unit).date() <= row.due:
        return first
    return [*first, *_bench(turn, unit, not_free, place)[1]]


def about(turn: Reader, row: Appeal) -> list[TrainingCase]:
    """The cases an appeal has in it: the one it is against, or those that rest on its answer."""
    if row.case_id is not None:
        case = cases.find(turn, row.case_id)
        return [case] if case else []
    return [
        case
        for given, _ in answers.with_slots(turn, [row.answer_id or 0])
        for case in replaying.resting_on(turn, given)
    ]


def subject(turn: Reader, words: Words, row: Appeal, rules: InForce) -> views.Subject:
    """What an appeal is against, in words."""
    if row.case_id is not None:
        case = cases.find(turn, row.case_id)
        assert case is not None  # noqa: S101 -- a case is never deleted
        why = caseflow.cause(turn, case, rules)
        reason = evening_views.short_reason(words, why, rules.policy, row.day)
        shown = [(Shown.from_json(slot.shown), given) for given, slot in answers.with_slots(turn, case.evidence)]
        proofs = [f"{one.stem}\n{views.answered(words, one, given.said)}" for one, given in shown if not given.right]
        return views.Subject(name=why.checkpoint, lines=(reason, *proofs[-SHOWN:]), mark=False)
    ((given, slot),) = answers.with_slots(turn, [row.answer_id or 0])
    return views.of_mark(words, Shown.from_json(slot.shown), given.said, rules.bank.questions.get(slot.question))


def paper(row: Appeal) -> views.Paper:
    """An appeal as views say it."""
    mark = row.answer_id is not None
    return views.Paper(id=known(row.id), ground=row.ground, said=row.said, due=row.due, mark=mark)


def ended(end: Ruling) -> views.End:
    """A ruling as views say it."""
    return views.End(outcome=end.outcome, because=end.because, said=end.said)
