"""Files as proof: what people agreed to, what is kept, and who looked."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, update
from sqlmodel import col, func, select

from bot.store.dialect import core, hold, holding, table_of
from bot.store.tables import Consent, Person, Proof, ProofBytes, Viewing
from bot.store.turn import Reader, Turn

_person = table_of(Person).c
_WHOSE = holding(_person.id, _person.id == bindparam("whose"))


def alone(turn: Turn, person_id: int) -> None:
    """Until this Turn ends, nobody else's keeps a file of this person, nor lets one go."""
    hold(turn, _WHOSE, {"whose": person_id})


def say(turn: Turn, person_id: int, *, given: bool, days: int) -> None:
    """Append what somebody agreed to or took back."""
    turn.session.add(Consent(person_id=person_id, given=given, days=days, at=turn.now))
    turn.session.flush()


def consent(turn: Reader, person_id: int) -> Consent | None:
    """The newest word of somebody, yes or no; None while they have said nothing."""
    query = select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id).desc()).limit(1)
    return turn.session.exec(query).first()


def keep(turn: Turn, proof: Proof, sealed: bytes) -> int:
    """Keep a file; the id of its proof."""
    turn.session.add(proof)
    turn.session.flush()
    assert proof.id is not None  # noqa: S101 -- it has been flushed
    turn.session.add(ProofBytes(proof_id=proof.id, until=proof.until, sealed=sealed))
    turn.session.flush()
    return proof.id


def find(turn: Reader, proof_id: int) -> Proof | None:
    """One by its id."""
    return turn.session.get(Proof, proof_id)


def of_evening(turn: Reader, person_id: int, evening: date) -> Sequence[Proof]:
    """What a person sent for an evening, oldest first, with what has gone since."""
    query = select(Proof).where(Proof.person_id == person_id, Proof.evening == evening).order_by(col(Proof.id))
    return turn.session.exec(query).all()


def of_person(turn: Reader, person_id: int, most: int) -> Sequence[Proof]:
    """The newest of a person's."""
    query = select(Proof).where(Proof.person_id == person_id).order_by(col(Proof.id).desc()).limit(most)
    return turn.session.exec(query).all()


def count(turn: Reader, unit_id: int, evening: date) -> int:
    """How many files of a branch's evening are kept."""
    query = select(func.count()).select_from(Proof).where(Proof.unit_id == unit_id, Proof.evening == evening)
    return turn.session.exec(query.where(col(Proof.gone_at).is_(None))).one()


def sealed(turn: Reader, proof_id: int) -> bytes | None:
    """The bytes as they are kept; None once they have gone."""
    return turn.session.exec(select(ProofBytes.sealed).where(ProofBytes.proof_id == proof_id)).first()


def over(turn: Reader) -> Sequence[int]:
    """Proofs whose time is over, and whose bytes are still there."""
    return turn.session.exec(select(ProofBytes.proof_id).where(col(ProofBytes.until) <= turn.now)).all()


def kept_of(turn: Reader, person_id: int) -> Sequence[int]:
    """Proofs of a person whose bytes are there."""
    query = select(ProofBytes.proof_id).join(Proof, col(Proof.id) == col(ProofBytes.proof_id))
    return turn.session.exec(query.where(Proof.person_id == person_id)).all()


def let_go(turn: Turn, proof_ids: Collection[int], why: str) -> int:
    """Delete the bytes; the hash and the dates stay. How many there were."""
    connection = core(turn)
    gone = connection.execute(delete(ProofBytes).where(col(ProofBytes.proof_id).in_(proof_ids))).rowcount
    gone_now = update(Proof).where(col(Proof.id).in_(proof_ids), col(Proof.gone_at).is_(None))
    connection.execute(gone_now.values(gone_at=turn.now, gone_why=why))
    return gone


def looked(turn: Turn, viewing: Viewing) -> bool:
    """Append that somebody looked. False if by this link they had already."""
    return turn.insert_once(viewing)


def viewings(turn: Reader, proof_ids: Collection[int]) -> list[tuple[Viewing, str]]:
    """Who looked at these, by name, newest first."""
    query = select(Viewing, col(Person.name)).join(Person, col(Person.id) == col(Viewing.by_id))
    query = query.where(col(Viewing.proof_id).in_(proof_ids)).order_by(col(Viewing.id).desc())
    return list(turn.session.exec(query).all())
