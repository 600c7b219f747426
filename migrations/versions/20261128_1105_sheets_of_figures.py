"""Sheets of figures"""

import sqlalchemy as sa
from alembic import op

revision = "e48b0c6d92f1"
down_revision = "9c4e1f7a20b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("place_code", sa.String(length=13), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.Column("job_uuid", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_coverage_sheet_key")),
        sa.UniqueConstraint("uuid", name=op.f("uq_coverage_sheet_uuid")),
    )
    with op.batch_alter_table("coverage_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_sheet_asked_at"), ["asked_at"], unique=False)


def downgrade() -> None:
    op.drop_table("coverage_sheet")
