"""After a ruling: everybody who saw the old verdict, or the old figures, hears of the new ones."""

from datetime import date

from bot.services import live
from bot.services.appealed import ended, subject
from bot.services.caller import known
from bot.services.caseflow import checkpoint_name
from bot.services.duty import deciders
from bot.services.standing import standing
from bot.store import groups, outbox, people, units
from bot.store.tables import Appeal, Person, Ruling, TrainingCase, Unit
from bot.store.turn import InForce, Reader, Turn
from bot.views import appeals as views
from bot.views import groups as group_views
from bot.views.boards import Board
from drills.cases import Event
from drills.people import Role

URGENT, FIGURES = 4, 6
Follows = list[tuple[TrainingCase, Event]]
"""What became of each case."""


def tell(turn: Turn, row: Appeal, end: Ruling, follows: Follows) -> None:
    """The person, and whoever saw the verdict: who decides on the branch, its head, who decided before."""
    unit, person = units.get(turn, row.unit_id), people.get(turn, row.person_id)
    rules = turn.in_force(unit.path)
    became = [_became(rules, case, event) for case, event in follows]
    words = turn.words[person.language]
    message = views.ruled(
        words,
        ended(end),
        subject(turn, words, row, rules),
        judge=people.get(turn, end.by_id).name,
        became=became,
        evening=rules.policy.evening,
        today=row.day,
    )
    outbox.tell(turn, row.person_id, f"ruling/{end.id}", message, urgency=URGENT)
    for reader in _readers(turn, unit, row, end):
        words = turn.words[reader.language]
        said = views.told(words, ended(end), subject(turn, words, row, rules), name=person.name, became=became)
        outbox.tell(turn, known(reader.id), f"ruling/{end.id}/{reader.id}", said, urgency=URGENT)


def _became(rules: InForce, case: TrainingCase, event: Event) -> views.Became:
    name = checkpoint_name(rules, case.checkpoint)
    return views.Became(checkpoint=name, event=event, state=case.state, evening=case.evening)


def _readers(turn: Reader, unit: Unit, row: Appeal, end: Ruling) -> list[Person]:
    heads = people.with_role(turn, [Role.MANAGER], unit.path, on=known(unit.id))
    before = people.many(turn, row.decided_by).values()
    every = {known(p.id): p for p in (*deciders(turn, unit, row.person_id), *heads, *before)}
    return [p for key, p in every.items() if key not in {row.person_id, end.by_id}]


def tell_figures(turn: Turn, unit: Unit, day: date, before: Board, end: Ruling) -> None:
    """Where a board that people saw is another one now: the branch's groups get it anew, and the heads of the branch
    and of the units above, whose letter it stood in, the figure. No name but those the board praises."""
    now = standing(turn, unit, day)
    if now == before:
        return
    for group in groups.hold(turn, known(unit.id)):
        words = live.language(turn, group)
        message = views.corrected(words, group_views.board(words, now))
        groups.tell_group(turn, group, f"corrected/{end.id}", message, urgency=FIGURES)
    for unit_id in units.ids(unit.path):
        for head in people.with_role(turn, [Role.MANAGER], unit.path, on=unit_id):
            if head.id == end.by_id:
                continue
            words = turn.words[head.language]
            was, is_now = (before.right, before.asked), (now.right, now.asked)
            message = views.figure(words, unit=unit.name, unit_id=known(unit.id), day=day, before=was, now=is_now)
            outbox.tell(turn, known(head.id), f"corrected/{end.id}/{head.id}", message, urgency=FIGURES)
