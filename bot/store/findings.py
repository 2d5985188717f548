"""Findings: what was seen neglected, on which branch, and by whom."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from bot.store.tables import Finding
from bot.store.turn import Reader, Turn


def add(turn: Turn, finding: Finding) -> Finding:
    """Write one; it has its id afterwards."""
    turn.session.add(finding)
    turn.session.flush()
    return finding


def of_unit(turn: Reader, unit_id: int, since: date) -> Sequence[Finding]:
    """A branch's findings entered since a day, oldest first."""
    query = select(Finding).where(Finding.unit_id == unit_id, col(Finding.day) >= since)
    return turn.session.exec(query.order_by(col(Finding.id))).all()
