"""totals have a span"""

import sqlalchemy as sa
from alembic import op

revision = "5a1de07c93b4"
down_revision = "c2ed24c01924"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("low_hundredths", sa.Integer(), nullable=True))
    op.add_column("audit", sa.Column("high_hundredths", sa.Integer(), nullable=True))
    op.create_index(
        "ix_audit_compared",
        "audit",
        [
            "round_id",
            "office_kind",
            "state",
            "hundredths",
            "low_hundredths",
            "high_hundredths",
            "office_id",
        ],
    )


def downgrade() -> None:
    op.drop_index("ix_audit_compared", table_name="audit")
    op.drop_column("audit", "high_hundredths")
    op.drop_column("audit", "low_hundredths")
