"""The evening's three recordings, as references only, and the hand-over of them to the county's department (SP-42)."""

from datetime import date

from bot.services.caller import known
from bot.services.duty import opens, previous_open
from bot.services.evening import results_of
from bot.store import outbox, people, recordings, units
from bot.store.tables import Unit
from bot.store.turn import Reader, Turn
from bot.views import recordings as views
from drills.people import Role
from drills.recordings import Part

HANDOVER = 6


def send(turn: Turn, unit: Unit, day: date) -> None:
    """10:03: each inspector of this unit hears which recordings of the last evening are known and which are missing;
    nothing where nobody stayed."""
    last = previous_open(turn, unit, turn.in_force(unit.path), day)
    rows = handed(turn, unit, last)
    if not rows:
        return
    for inspector in people.with_role(turn, [Role.INSPECTOR], unit.path, on=known(unit.id)):
        message = views.handover(turn.words[inspector.language], rows, unit=unit.name, evening=last)
        once = f"handover/{day}/{unit.id}/{inspector.id}"
        outbox.tell(turn, known(inspector.id), once, message, urgency=HANDOVER)


def handed(turn: Reader, unit: Unit, evening: date) -> list[views.Handed]:
    """The branches below a unit where somebody stayed that evening, with what is known of its recordings; those with
    something missing first."""
    rules = turn.in_force(unit.path)
    rows = []
    for branch in units.branches(turn, unit.path):
        if not opens(turn, branch, rules, evening):
            continue
        stayed = {case.person_id for case, _ in results_of(turn, branch, evening)}
        if stayed:
            there = recordings.of_evening(turn, known(branch.id), evening)
            rows.append(
                views.Handed(branch.name, known(branch.id), len(stayed), tuple(part for part in Part if part in there))
            )
    return sorted(rows, key=lambda row: len(row.parts))
