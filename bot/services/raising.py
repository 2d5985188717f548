"""What a branch is asked about first: the checkpoints that inspections found wanting there lately."""

from datetime import date

from bot.services.caller import known
from bot.services.duty import recent_days
from bot.store import cases, findings
from bot.store.tables import Unit
from bot.store.turn import InForce, Reader
from drills.cases import State
from drills.findings import Found, raised


def first_today(turn: Reader, unit: Unit, rules: InForce, day: date) -> frozenset[str]:
    """The checkpoints raised on a day by what was found before it, unless an appeal against it was upheld."""
    days = recent_days(turn, unit, rules, day, rules.policy.finding_days + 1)
    entered = [f for f in findings.of_unit(turn, known(unit.id), days[0]) if f.day < day]
    void = {case.figures.get("finding") for case in cases.of_unit(turn, known(unit.id), [State.WITHDRAWN])}
    found = [Found(f.checkpoint, f.day) for f in entered if f.id not in void]
    return raised(found, days, rules.bank.checkpoints)
