"""Files that somebody sent as proof of an evening: their consent, what was kept, the sealed bytes, and who looked."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Day, Utc


class Consent(SQLModel, table=True):
    """Somebody said whether their files may be kept, and for how many days at most. Appended: the newest holds."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    given: bool
    days: int
    at: datetime = Field(sa_type=Utc)


class Proof(SQLModel, table=True):
    """A file as proof of a person's evening. `kind` is a drills.proofs.Kind, `media` what a browser calls its type,
    `size` its bytes, `digest` their SHA-256. The row stays when the bytes go: `gone_at`, and why (over, withdrawn)."""

    __table_args__ = (Index(None, "person_id", "evening"), Index(None, "unit_id", "evening"))
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    evening: date = Field(sa_type=Day)
    kind: str = Field(max_length=10)
    media: str = Field(max_length=40)
    size: int
    digest: str = Field(max_length=64)
    at: datetime = Field(sa_type=Utc)
    until: datetime = Field(sa_type=Utc)
    gone_at: datetime | None = Field(default=None, sa_type=Utc)
    gone_why: str = Field(default="", max_length=10)


class ProofBytes(SQLModel, table=True):
    """The bytes of a proof, sealed, as long as they are kept."""

    __tablename__ = "proof_bytes"
    proof_id: int = Field(primary_key=True, foreign_key="proof.id", sa_column_kwargs={"autoincrement": False})
    until: datetime = Field(sa_type=Utc, index=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class Viewing(SQLModel, table=True):
    """Somebody opened a proof, by a link that was good until `link`. A film that is played asks for its bytes several
    times over; by one link that is one viewing."""

    __table_args__ = (UniqueConstraint("proof_id", "by_id", "link"),)
    id: int | None = Field(default=None, primary_key=True)
    proof_id: int = Field(foreign_key="proof.id")
    by_id: int = Field(foreign_key="person.id")
    link: datetime = Field(sa_type=Utc)
    at: datetime = Field(sa_type=Utc)
