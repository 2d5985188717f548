"""Editions of content and policy: immutable, the newest in force."""

from typing import Any

from sqlmodel import col, select

from bot.store.tables import Edition
from bot.store.turn import InForce, Reader, Turn
from drills.questions import Bank


def publish(turn: Turn, body: dict[str, Any], digest: str) -> int:
    """Put an edition in force, unless it is the one in force already. Returns its id.

    A former edition may come back: then it is published again under a new id, because the newest is in force."""
    newest = current(turn)
    if newest is not None and newest.digest == digest:
        return known_id(newest)
    row = Edition(digest=digest, body=body, published_at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    turn.editions.published(turn.session)
    return known_id(row)


def current(turn: Reader) -> Edition | None:
    """The edition in force."""
    return turn.session.exec(select(Edition).order_by(col(Edition.id).desc()).limit(1)).first()


def of(turn: Reader, edition_id: int) -> InForce:
    """An edition as it was. Raises LookupError if there is none."""
    return turn.editions.get(turn.session, edition_id)


def bank_of(turn: Reader, edition_id: int) -> Bank:
    """The questions of an edition, as they were when it was asked from."""
    return of(turn, edition_id).bank


def known_id(edition: Edition) -> int:
    """The id of a written edition."""
    assert edition.id is not None  # noqa: S101 -- it has been flushed
    return edition.id
