"""Leave and shifts can be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("absence") as absence:
        absence.add_column(sa.Column("withdrawn_at", sa.BigInteger(), nullable=True))
        absence.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        absence.create_foreign_key(op.f("fk_absence_withdrawn_by_person"), "person", ["withdrawn_by"], ["id"])
