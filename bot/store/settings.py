"""A unit's own values: appended, never changed, so that it can be told who said what and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select

from bot.store import overlay, units
from bot.store.tables import UnitSetting
from bot.store.turn import Reader, Turn


def say(turn: Turn, unit_id: int, values: Mapping[str, str], holds_from: datetime, by: int | None) -> None:
    """A unit's values (an empty one: as above it) from an instant on. Whoever sets something waits for whoever is
    setting something, so that the newest row tells every process how far it has to read."""
    units.hold(turn)
    for name, value in values.items():
        row = UnitSetting(unit_id=unit_id, name=name, value=value, holds_from=holds_from, by_id=by, at=turn.now)
        turn.session.add(row)
        turn.session.flush()
    overlay.said_here(turn.session)


def history(turn: Reader, unit_id: int) -> Sequence[UnitSetting]:
    """Everything a unit ever said, oldest first."""
    return turn.session.exec(
        select(UnitSetting).where(UnitSetting.unit_id == unit_id).order_by(col(UnitSetting.id))
    ).all()
