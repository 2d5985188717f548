"""Column types that keep what databases forget: instants in UTC and days as integers, ids that do not run out, paths
that sort by their bytes. The names of keys and indexes are settled here too, before the first table."""

from datetime import UTC, date, datetime

from sqlalchemy import BigInteger, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An aware instant, stored as milliseconds since 1970 in UTC. A naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Instant to milliseconds. Raises ValueError for a naive instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant without a time zone: {value!r}")
        return round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Milliseconds to an aware instant."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class Day(TypeDecorator[date]):
    """A calendar day in the branch's zone, stored as the integer 20261123."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """Day to integer. Raises TypeError for an instant, which has no day without a zone."""
        if value is None:
            return None
        if isinstance(value, datetime):
            raise TypeError(f"an instant is not a day: {value!r}")
        return value.year * 10_000 + value.month * 100 + value.day

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """Integer to day."""
        return None if value is None else date(value // 10_000, value // 100 % 100, value % 100)


class Id(TypeDecorator[int]):
    """The number of a row in a table that grows every day: 64 bits, and on SQLite the rowid."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """SQLite numbers rows by itself only where the type is called INTEGER."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


PATH_LENGTH = 120


class Path(TypeDecorator[str]):
    """A unit's path, /1/29/, compared byte by byte, so that everything below it is one range."""

    impl = String(PATH_LENGTH)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL would sort by language and ignore the slashes."""
        return dialect.type_descriptor(String(PATH_LENGTH, collation="C" if dialect.name == "postgresql" else None))
