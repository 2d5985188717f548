"""What a branch is asked about first: the checkpoints that inspections found wanting there lately."""

from datetime import date

from bot.services.caller import known
from bot.services.duty import recent_days
from bot.store import findings
from bot.store.tables import Unit
from bot.store.turn import InForce, Reader
from drills.findings import Found, raised


def first_today(turn: Reader, unit: Unit, rules: InForce, day: date) -> frozenset[str]:
    """The checkpoints raised on a day by what was found before it."""
    days = recent_days(turn, unit, rules, day, rules.policy.finding_days + 1)
    found = [Found(f.checkpoint, f.day) for f in findings.of_unit(turn, known(unit.id), days[0]) if f.day < day]
    return raised(found, days, rules.bank.checkpoints)
