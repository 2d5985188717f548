"""A real branch: groups, a unit's own settings, hosts, shifts, days without a drill, lists sent as files"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _a_units_own_ways()
    _groups()
    _uploads()
    with op.batch_alter_table("absence") as absence:
        absence.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="leave"))
    with op.batch_alter_table("closing") as closing:
        closing.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="closed"))
        closing.add_column(sa.Column("by_id", sa.Integer(), nullable=True))
        closing.add_column(sa.Column("said_at", sa.BigInteger(), nullable=True))
        closing.add_column(sa.Column("lifted_at", sa.BigInteger(), nullable=True))
        closing.create_foreign_key(op.f("fk_closing_by_id_person"), "person", ["by_id"], ["id"])
    op.add_column("letter", sa.Column("follows", sa.BigInteger(), nullable=True))
    following = sa.text("follows IS NOT NULL")
    op.create_index("ix_letter_follows", "letter", ["follows"], sqlite_where=following, postgresql_where=following)


def _a_units_own_ways() -> None:
    op.create_table(
        "unit_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("holds_from", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_setting_unit_id_unit")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_unit_setting_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_setting")),
    )
    op.create_index(op.f("ix_unit_setting_unit_id_name"), "unit_setting", ["unit_id", "name"])
    op.create_table(
        "hosting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hosting_unit_id_unit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hosting_person_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hosting_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting")),
    )
    op.create_index(op.f("ix_hosting_unit_id_day"), "hosting", ["unit_id", "day"])


def _groups() -> None:
    op.create_table(
        "group_chat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_group_chat_unit_id_unit")),
        sa.ForeignKeyConstraint(["linked_by"], ["person.id"], name=op.f("fk_group_chat_linked_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_group_chat_channel_address")),
        sa.UniqueConstraint("unit_id", "channel", name=op.f("uq_group_chat_unit_id_channel")),
    )


def _uploads() -> None:
    op.create_table(
        "upload",
        sa.Column("id", _LONG, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_person_id"), "upload", ["person_id"])
