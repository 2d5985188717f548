"""Scenes: who acted which, and what was seen of it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    people = ("actor", "partner", "observer")
    op.create_table(
        "scene_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("scene", sa.String(length=80), nullable=False),
        sa.Column("checkpoint", sa.String(length=80), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        *(sa.Column(f"{who}_id", sa.Integer(), nullable=False) for who in people),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_scene_run_unit_id_unit")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_scene_run_edition_id_edition")),
        sa.ForeignKeyConstraint(["case_id"], ["training_case.id"], name=op.f("fk_scene_run_case_id_training_case")),
        *(
            sa.ForeignKeyConstraint([f"{who}_id"], ["person.id"], name=op.f(f"fk_scene_run_{who}_id_person"))
            for who in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene_run")),
    )
    op.create_index(op.f("ix_scene_run_unit_id_day"), "scene_run", ["unit_id", "day"], unique=False)
    op.create_index(op.f("ix_scene_run_actor_id_day"), "scene_run", ["actor_id", "day"], unique=False)
    op.create_index(op.f("ix_scene_run_case_id"), "scene_run", ["case_id"], unique=False)
    op.create_table(
        "scene_mark",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("broken", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["scene_run.id"], name=op.f("fk_scene_mark_run_id_scene_run")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_scene_mark_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scene_mark")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_scene_mark_run_id_place")),
    )
