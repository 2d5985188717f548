"""Alembic's entry: always with a connection handed in, whose transaction the caller ends."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString, SQLModel

import bot.store.tables  # noqa: F401 -- fills the metadata
from bot.store.tables.types import Day, Id, Path, Utc

PLAIN = {
    Utc: "sa.BigInteger()",
    Day: "sa.Integer()",
    Id: 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")',
    Path: 'sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")',
}


def plain(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """A migration names the database's types, not ours, which may change."""
    if isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return PLAIN.get(type(item), False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
