"""A group may be linked from the command line, and may be one whose messages never change"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_chat") as group:
        group.alter_column("linked_by", existing_type=sa.Integer(), nullable=True)
        group.add_column(sa.Column("changes", sa.Boolean(), nullable=False, server_default=sa.true()))
