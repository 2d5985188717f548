"""WeCom's contacts as far as we follow them: which department is which unit, what has changed and is to be read."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.types import Utc


class DepartmentUnit(SQLModel, table=True):
    """A department of WeCom's contacts and the unit it is, whatever it is called now. A `root` was chosen by an
    operator: what lies on or below it is ours to follow."""

    __tablename__ = "department_unit"
    __table_args__ = (UniqueConstraint("department"),)
    id: int | None = Field(default=None, primary_key=True)
    department: int = Field(sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    root: bool = False


class ContactChange(SQLModel, table=True):
    """A member whose entry has changed since we read it (nobody: the departments have), told first at `told_at` and for
    the last time at `at`; to be read at `due_at`."""

    __tablename__ = "contact_change"
    __table_args__ = (UniqueConstraint("userid"),)
    id: int | None = Field(default=None, primary_key=True)
    userid: str = Field(default="", max_length=100)
    told_at: datetime = Field(sa_type=Utc)
    at: datetime = Field(sa_type=Utc)
    due_at: datetime = Field(sa_type=Utc, index=True)
