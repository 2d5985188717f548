"""What units set for themselves, laid over the edition in force. Most banks have nothing here, and are not asked."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.store.tables import UnitSetting
from drills.settings import Held, Said, holding, lay

if TYPE_CHECKING:
    from bot.store.turn import InForce

Stamp = tuple[int, int] | None
"""The newest word any unit has said: its id and its instant (an id alone may come back after a commit that failed).
None: nobody has said anything yet."""

_newest = sa.select(col(UnitSetting.id)).order_by(col(UnitSetting.id).desc()).limit(1)
_newest_at = sa.select(sa.type_coerce(col(UnitSetting.at), sa.BigInteger)).order_by(col(UnitSetting.id).desc()).limit(1)
STAMP = (_newest.scalar_subquery(), _newest_at.scalar_subquery())
"""The stamp as two columns of the statement that asks for the newest edition: it costs no statement of its own."""
_STAMPED = "settings"
_MINE: Stamp = (-1, -1)
_said = (
    sa.select(col(UnitSetting.unit_id), col(UnitSetting.name), col(UnitSetting.value), col(UnitSetting.holds_from))
    .where(col(UnitSetting.unit_id).in_(sa.bindparam("units", expanding=True)))
    .order_by(col(UnitSetting.id))
)
_MOST = 4096
"""So many units are remembered; a bank with more asks again now and then."""


def ids(path: str) -> list[int]:
    """The ids in a path, the head office's first and the unit's own last; of / none."""
    return [int(part) for part in path.strip("/").split("/") if part]


def stamp(session: Session, newest: int | None, at: int | None) -> None:
    """Remember for this transaction how far the settings have come, unless it has said something itself."""
    session.info.setdefault(_STAMPED, None if newest is None else (newest, at))


def said_here(session: Session) -> None:
    """This transaction has set something: from now on it reads for itself, and leaves nothing for others."""
    session.info[_STAMPED] = _MINE


class Overlay:
    """What was said for each unit, by the stamp it was read at, shared by every Turn of a store."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Stamp, tuple[Said, ...]]] = {}
        self._laid: dict[str, tuple[InForce, Mapping[str, Held], InForce]] = {}
        self._lock = threading.Lock()

    def over(self, session: Session, base: "InForce", path: str, now: datetime) -> "InForce":
        """What holds for the unit with this path at an instant."""
        values = self.held(session, path, now)
        if not values:
            return base
        known = self._laid.get(path)
        if known is not None and known[0] is base and known[1] == values:
            return known[2]
        laid = replace(base, policy=lay(base.policy, {name: held.value for name, held in values.items()}))
        with self._lock:
            self._keep_few()
            self._laid[path] = (base, values, laid)
        return laid

    def held(self, session: Session, path: str, now: datetime) -> dict[str, Held]:
        """The values that hold for a unit and who says so."""
        if session.info.get(_STAMPED) is None:
            return {}
        return holding(self._words(session, path), ids(path), now)

    def _words(self, session: Session, path: str) -> tuple[Said, ...]:
        at: Stamp = session.info[_STAMPED]
        known = self._said.get(path)
        if at != _MINE and known is not None and known[0] == at:
            return known[1]
        said = tuple(Said(*row) for row in session.connection().execute(_said, {"units": ids(path)}))
        if at != _MINE:
            with self._lock:
                self._keep_few()
                self._said[path] = (at, said)
        return said

    def _keep_few(self) -> None:
        if len(self._said) >= _MOST or len(self._laid) >= _MOST:
            self._said.clear()
            self._laid.clear()
