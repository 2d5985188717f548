"""A Turn: one transaction, one instant, the content and policy in force then. A Look: the same, reading only."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel, col, select

from bot.chat.site import Site
from bot.chat.words import Words
from bot.content import Content, Sayings, parse
from bot.files import Vault
from bot.store import overlay
from bot.store.dialect import insert_or_leave
from bot.store.tables import Edition
from bot.store.trouble import StoreTrouble
from drills.calendar import Calendar
from drills.people import Post
from drills.policy import Policy
from drills.questions import Bank
from drills.scenes import Scene
from drills.settings import Held

_CERTAIN = sa.select(col(Edition.id), col(Edition.digest))
_NEWEST = sa.select(col(Edition.id), col(Edition.digest), *overlay.STAMP).order_by(col(Edition.id).desc()).limit(1)
_KEPT = 8


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for a unit at an instant: the questions, the policy, the calendar, what positions in WeCom's contacts
    mean, the scenes and what the meeting says, of one edition, with the unit's own values laid over its policy."""

    edition_id: int
    bank: Bank
    policy: Policy
    calendar: Calendar
    positions: Mapping[str, Post] = field(default_factory=dict)
    scenes: Mapping[str, Scene] = field(default_factory=dict)
    sayings: Sayings = field(default_factory=Sayings)


class Editions:
    """Parsed editions, shared by every Turn of a store; a Turn asks the database about each only once."""

    def __init__(self, read: Callable[[dict[str, Any]], Content] = parse) -> None:
        self._read = read
        self._kept: dict[tuple[int, str], InForce] = {}
        self._lock = threading.Lock()
        self._overlay = overlay.Overlay()

    def newest(self, session: Session) -> InForce:
        """The newest edition. Raises StoreTrouble if nothing has been published."""
        return self._known(session, "newest", _NEWEST) or _raise(
            StoreTrouble("The database holds no content yet. Run: chenlian migrate")
        )

    def for_unit(self, session: Session, path: str, now: datetime) -> InForce:
        """The newest edition with what a unit and those above it set over it."""
        return self._overlay.over(session, self.newest(session), path, now)

    def held(self, session: Session, path: str, now: datetime) -> dict[str, Held]:
        """The values a unit and those above it set."""
        self.newest(session)
        return self._overlay.held(session, path, now)

    def get(self, session: Session, edition_id: int) -> InForce:
        """An edition by its id; nearly always the newest, which this Turn has asked for already."""
        newest: InForce | None = session.info.get("newest")
        if newest is not None and newest.edition_id == edition_id:
            return newest
        which = _CERTAIN.where(col(Edition.id) == edition_id)
        return self._known(session, edition_id, which) or _raise(LookupError(f"no edition {edition_id}"))

    def published(self, session: Session) -> None:
        """This Turn has just published: what it knew as the newest is so no longer."""
        session.info.pop("newest", None)

    def _known(self, session: Session, name: object, which: sa.Select[*tuple[Any, ...]]) -> InForce | None:
        if name not in session.info:
            found = session.connection().execute(which).first()
            session.info[name] = None if found is None else self._parsed(session, found[0], found[1])
            if found is not None and which is _NEWEST:
                overlay.stamp(session, found[2], found[3])
        known: InForce | None = session.info[name]
        return known

    def _parsed(self, session: Session, edition_id: int, digest: str) -> InForce:
        """An id alone is no key: a Turn that fails gives the id of its edition back."""
        key = (edition_id, digest)
        with self._lock:
            if key not in self._kept:
                body = session.exec(select(col(Edition.body)).where(Edition.id == edition_id)).one()
                content = self._read(body)
                while len(self._kept) >= _KEPT:
                    del self._kept[min(self._kept)]
                self._kept[key] = InForce(
                    edition_id,
                    content.bank,
                    content.policy,
                    content.calendar,
                    content.positions,
                    content.scenes,
                    content.sayings,
                )
            return self._kept[key]


def _raise(error: Exception) -> NoReturn:
    raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A read-only snapshot. `now` is the trade's clock (a demo may move it), `wall` the real one, for leases only;
    `site` leads to our own pages (None: they have no address people could reach), `vault` seals files (None: there is
    no key to seal them with)."""

    session: Session
    now: datetime
    wall: datetime
    process: str
    words: Mapping[str, Words]
    editions: Editions
    site: Site | None = None
    vault: Vault | None = None

    def __post_init__(self) -> None:
        if self.now.tzinfo is None or self.wall.tzinfo is None:
            raise ValueError("a clock without a time zone")

    def in_force(self, unit_path: str, at: datetime | None = None) -> InForce:
        """What holds for the unit with this path, now or at another instant (by what has been said so far)."""
        return self.editions.for_unit(self.session, unit_path, at or self.now)

    def held(self, unit_path: str, at: datetime | None = None) -> dict[str, Held]:
        """The values that the unit with this path, or one above it, has set for itself."""
        return self.editions.held(self.session, unit_path, at or self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Look):
    """One use case at work: all of it is kept, or nothing."""

    def insert_once(self, row: SQLModel) -> bool:
        """Insert, or leave things as they are when a unique key says it was done before. Other violations raise.

        No savepoint is needed for it, nor the ORM's unit of work: this is on the way of every answer."""
        values = {name: value for name, value in row.__dict__.items() if name in row.__class__.model_fields}
        if values.get("id") is None:
            values.pop("id", None)
        row_id = insert_or_leave(type(row)).run(self, values).scalar()
        if row_id is None:
            return False
        vars(row)["id"] = row_id
        make_transient_to_detached(row)
        self.session.add(row)
        return True


Reader = Turn | Look
"""Whoever can be asked."""
