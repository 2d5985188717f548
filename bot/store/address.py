"""Where the database is: reading its address, and showing it without its password."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.trouble import StoreTrouble

FORMS = "Write CHENLIAN_DATABASE_URL as sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE."


@dataclass(frozen=True, slots=True)
class Address:
    """A database address SQLAlchemy understands. `shown` has neither user nor password."""

    url: URL
    shown: str

    @property
    def embedded(self) -> bool:
        """Whether this is the embedded database, a file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path:
        """The embedded database's file."""
        return Path(self.url.database or "")


def read_address(text: str) -> Address:
    """The address of a setting. Raises StoreTrouble for one we cannot use; the text itself may hold a password."""
    try:
        url = make_url(text.strip())
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreTrouble(f"The database address cannot be read. {FORMS}") from error
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or url.host:
            raise StoreTrouble(f"The embedded database needs a file. {FORMS}")
        return Address(url.set(drivername="sqlite+pysqlite"), f"sqlite:///{url.database}")
    if backend in ("postgresql", "postgres"):
        where = f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"
        return Address(url.set(drivername="postgresql+psycopg"), f"postgresql://{where}")
    raise StoreTrouble(f"A database of the kind “{backend}” is not supported. {FORMS}")
