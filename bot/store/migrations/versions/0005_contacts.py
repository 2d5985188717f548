"""WeCom's contacts: which department is which unit, and what is still to be read there"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "department_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("root", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_department_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_unit")),
        sa.UniqueConstraint("department", name=op.f("uq_department_unit_department")),
    )
    op.create_index(op.f("ix_department_unit_unit_id"), "department_unit", ["unit_id"], unique=False)
    op.create_table(
        "contact_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("userid", sa.String(length=100), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
        sa.UniqueConstraint("userid", name=op.f("uq_contact_change_userid")),
    )
    op.create_index(op.f("ix_contact_change_due_at"), "contact_change", ["due_at"], unique=False)
